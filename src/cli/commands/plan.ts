import type { Manifest } from '../../manifest/manifest.js';
import type { Plan } from '../../plan/plan.js';
import { plan as makePlan } from '../../reconcile.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { limitsOf, type LimitFlags } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { ofPlans, outputsOf, type ReportFlags } from '../outputs.js';
import { inputsOf, savePlan } from '../saved-plan.js';
import { tellProblems } from '../tell.js';
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
    tellProblemsOf(made, manifest, flags);
    return flags.detailedExitcode && made.actions.length > 0 ? exitCode.changesFound : exitCode.done;
  });
}

function tellProblemsOf({ blocked, warnings }: Plan, manifest: Manifest, flags: PlanFlags): void {
  tellProblems(blocked, flags, { before: '\napply will refuse this plan:\n' });
  // Those of the manifest have been told when it was loaded.
  const further = warnings.filter((warning) => !manifest.warnings.includes(warning));
  tellProblems(further, flags);
}
