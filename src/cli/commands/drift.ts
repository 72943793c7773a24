import type { AccessGraph } from '../../access/access-graph.js';
import { causesOf } from '../../plan/cause.js';
import { plan as makePlan, type Planned } from '../../reconcile.js';
import { hasDrifted, type DriftReport } from '../../render/report.js';
import { UsageError } from '../../errors.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import type { LockFlags } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { outputsOf, type ReportFlags } from '../outputs.js';
import { withSession } from '../with-session.js';
import { accessFor, reportingFailures, writeReports } from '../write-reports.js';

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

/** Tells what differs, and who changed it: the tenant, or the manifest that is not applied yet. */
export async function drift(flags: DriftFlags): Promise<ExitCode> {
  if (flags.tenants !== undefined) {
    return (await import('./drift-tenants.js')).driftOfTenants(flags, flags.tenants);
  }
  if (flags.accept) return (await import('./drift-accept.js')).driftAccept(flags);
  refuseWithoutAccept(flags);
  const outputs = await outputsOf(flags);
  return reportingFailures('drift', outputs, async () => {
    const manifest = await loadManifestFromFlags(flags);
    const { planned, hashKey } = await withSession(flags, async (session) => ({
      planned: await makePlan(manifest, session, { everyKind: flags.undeclared ?? false }),
      hashKey: session.hashKey,
    }));
    const report = driftReport(planned, hashKey, flags, await accessFor(outputs, manifest, planned.plan));
    await writeReports(outputs, report);
    return hasDrifted(report) ? exitCode.changesFound : exitCode.done;
  });
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

/** @throws {UsageError} an option means something only with --accept */
function refuseWithoutAccept({ acceptDeletions, dryRun }: DriftFlags): void {
  const flag = acceptDeletions ? '--accept-deletions' : dryRun ? '--dry-run' : undefined;
  if (flag === undefined) return;
  throw new UsageError(
    `${flag} says how to accept`,
    `write drift --accept ${flag}; drift by itself writes nothing`,
  );
}
