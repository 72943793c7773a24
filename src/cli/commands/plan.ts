import { plan as makePlan } from '../../reconcile.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { limitsOf, type LimitFlags } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { ofPlans, outputsOf, type ReportFlags } from '../outputs.js';
import { inputsOf, savePlan } from '../saved-plan.js';
import { tellProblemsOfPlan } from '../tell.js';
import { withSession } from '../with-session.js';
import { accessFor, reportingFailures, writeReports } from '../write-reports.js';

export interface PlanFlags extends ManifestFlags, TenantFlags, LimitFlags, ReportFlags {
  readonly detailedExitcode?: boolean;
}

/** Shows what apply would do, and what it would refuse. */
export async function plan(flags: PlanFlags): Promise<ExitCode> {
  const outputs = await outputsOf(flags, ofPlans);
  return reportingFailures('plan', outputs, async () => {
    const manifest = await loadManifestFromFlags(flags);
    const { plan: made } = await withSession(flags, (session) =>
      makePlan(manifest, session, limitsOf(flags)),
    );
    for (const path of outputs.savedPlans) await savePlan(path, made, inputsOf(flags));
    const access = await accessFor(outputs, manifest, made);
    await writeReports(outputs, { type: 'plan', command: 'plan', plan: made, ...access });
    tellProblemsOfPlan('plan', made, manifest, flags);
    return flags.detailedExitcode && made.actions.length > 0 ? exitCode.changesFound : exitCode.done;
  });
}
