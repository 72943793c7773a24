import type { AccessGraph } from '../access/access-graph.js';
import { causesOf } from '../plan/cause.js';
import type { Planned } from '../reconcile.js';
import type { DriftReport } from '../render/report.js';
import type { LockFlags } from './limits-from-flags.js';
import type { ManifestFlags, TenantFlags } from './options.js';
import type { ReportFlags } from './outputs.js';

export interface DriftFlags extends ManifestFlags, TenantFlags, ReportFlags, LockFlags {
  readonly pending?: boolean;
  readonly undeclared?: boolean;
  /** Take over into the manifests what the tenant has. */
  readonly accept?: boolean;
  readonly acceptDeletions?: boolean;
  readonly dryRun?: boolean;
  /** A file that names tenants. */
  readonly tenants?: string;
  readonly concurrencyInAll?: string;
}

/** What a plan says of drift. */
export const driftReport = (
  planned: Planned,
  hashKey: string,
  { pending = false, undeclared = false }: Pick<DriftFlags, 'pending' | 'undeclared'>,
  access: { readonly access?: AccessGraph } = {},
): DriftReport => ({
  type: 'drift',
  command: 'drift',
  plan: planned.plan,
  causes: causesOf(planned.plan, planned.manifest.desired, planned.ledger, hashKey),
  pendingCounts: pending,
  ...access,
  ...(undeclared && { undeclared: planned.unmanaged }),
});
