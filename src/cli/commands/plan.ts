import { problemsText } from '../../manifest/problems-text.js';
import type { Manifest } from '../../manifest/manifest.js';
import type { Plan } from '../../plan/plan.js';
import { plan as makePlan } from '../../reconcile.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { limitsOf, type LimitFlags } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { ofPlans, outputsOf, type ReportFlags } from '../outputs.js';
import { inputsOf, savePlan } from '../saved-plan.js';
import { sessionFromFlags } from '../session-from-flags.js';
import { accessFor, reportingFailures, writeReports } from '../write-reports.js';

export interface PlanFlags extends ManifestFlags, TenantFlags, LimitFlags, ReportFlags {
  readonly detailedExitcode?: boolean;
}

/** Shows what apply would do, and what it would refuse. */
export async function plan(flags: PlanFlags): Promise<ExitCode> {
  const outputs = await outputsOf(flags, ofPlans);
  return reportingFailures('plan', outputs, async () => {
    const manifest = await loadManifestFromFlags(flags);
    const session = await sessionFromFlags(flags);
    const { plan: made } = await makePlan(manifest, session, limitsOf(flags));
    session.tenant.close();
    for (const path of outputs.savedPlans) await savePlan(path, made, inputsOf(flags));
    const access = await accessFor(outputs, manifest, made);
    await writeReports(outputs, { type: 'plan', command: 'plan', plan: made, ...access });
    tellProblems(made, manifest);
    return flags.detailedExitcode && made.actions.length > 0 ? exitCode.changesFound : exitCode.done;
  });
}

function tellProblems({ blocked, warnings }: Plan, manifest: Manifest): void {
  if (blocked.length > 0) {
    process.stderr.write(`\napply will refuse this plan:\n${problemsText(blocked)}\n`);
  }
  // Those of the manifest have been told when it was loaded.
  const further = warnings.filter((warning) => !manifest.warnings.includes(warning));
  if (further.length > 0) process.stderr.write(`${problemsText(further)}\n`);
}
