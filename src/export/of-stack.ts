import { formatAddress } from '../address.js';
import type { JsonObject } from '../json.js';
import { kindOfAddress } from '../kinds/index.js';
import { declaredAddress } from '../state/generations.js';
import type { Ledger, LedgerEntry } from '../state/ledger.js';
import type { ExportedResource, ExportedTenant, Omission } from './exported.js';

/** An export with what the tenant does not tell of a stack's own resources, and its ledger does: their lifecycle. */
export const withLifecycles = (tenant: ExportedTenant, { entries }: Ledger): ExportedTenant => ({
  ...tenant,
  resources: tenant.resources.map((resource) => {
    const entry = entries.get(addressOf(resource));
    const lifecycle = entry?.id === resource.object.id ? lifecycleOf(entry) : {};
    if (Object.keys(lifecycle).length === 0) return resource;
    return { ...resource, spec: { ...resource.spec, lifecycle } };
  }),
});

const addressOf = ({ path }: ExportedResource): string => formatAddress(path);

const lifecycleOf = ({ protect, release, deletable }: LedgerEntry): JsonObject => ({
  ...(protect && { protect: true }),
  ...(release && { onRemove: 'release' }),
  ...(deletable && { deletable: true }),
});

/**
 * What a stack owns and a whole export does not state: users, certificates, how something is rotated. Somebody who puts the
 * export in the place of the stack's manifest has to know.
 */
export function ownedAndLeftOut({ resources }: ExportedTenant, ledger: Ledger): readonly Omission[] {
  const exported = new Set(resources.map(addressOf));
  const omissions = new Map<string, string>();
  for (const [address, { generation }] of ledger.entries) {
    if (generation) {
      const { base } = declaredAddress(address);
      omissions.set(`how ${base} is rotated`, 'the tenant does not tell it: state rotate again');
    }
    // Single links are in the lists of those that have them.
    const kind = kindOfAddress(address);
    if (!kind || kind.link || exported.has(address)) continue;
    omissions.set(
      address,
      'the stack owns it, and a plan of this export alone would take it for removed: state it too',
    );
  }
  return [...omissions].map(([what, why]) => ({ what, why }));
}
