import { causesOf } from '../../plan/cause.js';
import { plan as makePlan } from '../../reconcile.js';
import { driftCounts, type DriftReport } from '../../render/report.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { outputsOf, type ReportFlags } from '../outputs.js';
import { withSession } from '../with-session.js';
import { accessFor, reportingFailures, writeReports } from '../write-reports.js';

interface DriftFlags extends ManifestFlags, TenantFlags, ReportFlags {
  readonly pending?: boolean;
  readonly undeclared?: boolean;
}

/** Tells what differs, and who changed it: the tenant, or the manifest that is not applied yet. */
export async function drift(flags: DriftFlags): Promise<ExitCode> {
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
