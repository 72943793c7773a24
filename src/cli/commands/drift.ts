import { causesOf } from '../../plan/cause.js';
import { plan as makePlan } from '../../reconcile.js';
import { driftCounts, type DriftReport } from '../../render/report.js';
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
}

/** Tells what differs, and who changed it: the tenant, or the manifest that is not applied yet. */
export async function drift(flags: DriftFlags): Promise<ExitCode> {
  if (flags.accept) return (await import('./drift-accept.js')).driftAccept(flags);
  refuseWithoutAccept(flags);
  const outputs = await outputsOf(flags);
  return reportingFailures('drift', outputs, async () => {
    const { pending: pendingCounts = false, undeclared = false } = flags;
    const manifest = await loadManifestFromFlags(flags);
    const { planned, hashKey } = await withSession(flags, async (session) => ({
      planned: await makePlan(manifest, session, { everyKind: undeclared }),
      hashKey: session.hashKey,
    }));
    const report: DriftReport = {
      type: 'drift',
      command: 'drift',
      plan: planned.plan,
      causes: causesOf(planned.plan, planned.manifest.desired, planned.ledger, hashKey),
      pendingCounts,
      ...(await accessFor(outputs, manifest, planned.plan)),
      ...(undeclared && { undeclared: planned.unmanaged }),
    };
    await writeReports(outputs, report);
    const { drifted, pending } = driftCounts(report);
    return drifted > 0 || (pendingCounts && pending > 0) ? exitCode.changesFound : exitCode.done;
  });
}

/** @throws {UsageError} an option means something only with --accept */
function refuseWithoutAccept({ acceptDeletions, dryRun }: DriftFlags): void {
  const flag = acceptDeletions ? '--accept-deletions' : dryRun ? '--dry-run' : undefined;
  if (flag === undefined) return;
  throw new UsageError(
    `${flag} says how to accept`,
    `write drift --accept ${flag}; drift by itself writes nothing`,
  );
}
