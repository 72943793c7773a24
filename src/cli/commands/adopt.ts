import { plan as makePlan } from '../../reconcile.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { limitsOf } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { outputsOf } from '../outputs.js';
import { tellProblemsOfPlan } from '../tell.js';
import { accessFor, reportingFailures, writeReports } from '../write-reports.js';
import { withSession } from '../with-session.js';
import { refuseWithoutAnybodyToAsk, showAndApply, type ApplyFlags } from './apply.js';

interface AdoptFlags extends ApplyFlags {
  readonly dryRun?: boolean;
}

/** Makes objects that exist already ours: writes only the ledger; what differs is left for the next apply. */
export async function adopt(flags: AdoptFlags): Promise<ExitCode> {
  const outputs = await outputsOf(flags);
  if (!flags.dryRun) refuseWithoutAnybodyToAsk(flags);
  return reportingFailures('adopt', outputs, async () => {
    const manifest = await loadManifestFromFlags(flags);
    return withSession(flags, async (session, progress) => {
      const options = { ...limitsOf({ ...flags, adopt: true }), onlyAdopt: true };
      const planned = await makePlan(manifest, session, options);
      if (!flags.dryRun) return showAndApply('adopt', planned, { session, progress, flags, outputs });
      progress.pause();
      const access = await accessFor(outputs, manifest, planned.plan);
      await writeReports(outputs, { type: 'plan', command: 'adopt', plan: planned.plan, ...access });
      tellProblemsOfPlan('adopt', planned.plan, manifest, flags);
      return planned.plan.blocked.length > 0 ? exitCode.refused : exitCode.done;
    });
  });
}
