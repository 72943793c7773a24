import { plan as makePlan } from '../../reconcile.js';
import { hasDrifted } from '../../render/report.js';
import { UsageError } from '../../errors.js';
import { driftReport, type DriftFlags } from '../drift-report.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { outputsOf } from '../outputs.js';
import { withSession } from '../with-session.js';
import { accessFor, reportingFailures, writeReports } from '../write-reports.js';

/** Tells what differs, and who changed it: the tenant, or the manifest that is not applied yet. */
export async function drift(flags: DriftFlags): Promise<ExitCode> {
  refuseWithoutTenants(flags);
  if (!flags.accept) refuseWithoutAccept(flags);
  if (flags.tenants !== undefined) {
    return (await import('./drift-tenants.js')).driftOfTenants(flags, flags.tenants);
  }
  if (flags.accept) return (await import('./drift-accept.js')).driftAccept(flags);
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

/** @throws {UsageError} an option means something only with --accept */
function refuseWithoutAccept({ acceptDeletions, dryRun, tenants }: DriftFlags): void {
  const flag = acceptDeletions ? '--accept-deletions' : dryRun ? '--dry-run' : undefined;
  if (flag === undefined) return;
  throw new UsageError(
    `${flag} says how to accept`,
    tenants === undefined
      ? `write drift --accept ${flag}; drift by itself writes nothing`
      : 'leave it out: drift by itself writes nothing, and --accept is about one tenant',
  );
}

/** @throws {UsageError} an option means something only with --tenants */
function refuseWithoutTenants({ tenants, concurrencyInAll }: DriftFlags): void {
  if (tenants !== undefined || concurrencyInAll === undefined) return;
  throw new UsageError(
    '--concurrency-in-all is about many tenants, and there is no --tenants',
    'write --concurrency for one tenant',
  );
}
