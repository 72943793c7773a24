import { formatAddress } from '../address.js';
import { fieldsHash } from '../plan/digest.js';
import type { Session } from '../reconcile.js';
import { makeLedger, type Ledger } from '../state/ledger.js';
import { withLock, type LockOptions } from '../state/lock.js';
import type { Export } from './export-tenant.js';

/**
 * Makes every exported object ours: writes only the ledger. As the export knows which object is which, nothing has to be
 * found by its name.
 *
 * @returns how many objects were nobody's before
 */
export async function adoptExported(
  exported: Pick<Export, 'tenant' | 'manifest'>,
  session: Session,
  lock: LockOptions | false,
): Promise<number> {
  const { stack } = exported.tenant;
  const take = async (): Promise<number> => {
    const stored = await session.home.read(stack);
    const after = withExported(stored, exported, session.hashKey);
    await session.home.write(stored, after);
    return after.entries.size - stored.entries.size;
  };
  return lock === false ? take() : withLock(session.tenant, stack, lock, take);
}

function withExported(
  ledger: Ledger,
  { tenant, manifest }: Pick<Export, 'tenant' | 'manifest'>,
  hashKey: string,
): Ledger {
  const entries = new Map(ledger.entries);
  for (const { path, object } of tenant.resources) {
    const address = formatAddress(path);
    const resource = manifest.desired.get(address);
    const known = entries.get(address);
    // What there is one of may be declared in part by several stacks.
    const isForeign = !resource?.kind.singleton && ledger.foreign.has(object.id);
    if (!resource || isForeign) continue;
    const isOurs = known?.id === object.id;
    entries.set(address, {
      ...(isOurs ? known : { adopted: true }),
      id: object.id,
      hash: fieldsHash(hashKey, resource.fields),
    });
  }
  return makeLedger(ledger.stack, entries, ledger.intents, ledger.foreign);
}
