import { isWithin } from '../address.js';
import { fieldsHash } from '../plan/digest.js';
import type { Planned, Session } from '../reconcile.js';
import { makeLedger, type Ledger } from '../state/ledger.js';
import type { Acceptance } from './accept-drift.js';

/**
 * Lets the ledger know the manifests as they are now, as if they had been applied: otherwise the next change of the tenant
 * would be taken for one of the manifest. What somebody applied in the meantime is left alone.
 */
export async function recordAcceptance(
  before: Planned,
  acceptance: Acceptance,
  { home, hashKey }: Session,
): Promise<void> {
  const stored = await home.read(before.manifest.stack);
  await home.write(stored, ledgerAfter(stored, before, acceptance, hashKey));
}

function ledgerAfter(
  stored: Ledger,
  before: Planned,
  { accepted, planned }: Acceptance,
  hashKey: string,
): Ledger {
  const entries = new Map(stored.entries);
  for (const { address, edit } of accepted) {
    const [entry, known] = [stored.entries.get(address), before.ledger.entries.get(address)];
    if (!entry || entry.id !== known?.id || entry.hash !== known.hash) continue;
    const resource = planned.manifest.desired.get(address);
    if (edit.isDeletion) {
      for (const other of stored.entries.keys()) if (isWithin(other, address)) entries.delete(other);
    } else if (resource) {
      const { source } = resource;
      const place = source && { source: `${source.file}:${source.line}` };
      entries.set(address, { ...entry, ...place, hash: fieldsHash(hashKey, resource.fields) });
    }
  }
  return makeLedger(stored.stack, entries, stored.intents, stored.foreign);
}
