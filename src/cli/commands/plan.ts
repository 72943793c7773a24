import { plan as makePlan } from '../../reconcile.js';
import { planDocument } from '../../render/plan-document.js';
import { planText } from '../../render/plan-text.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { limitsOf, type LimitFlags } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import { problemsText } from '../report-error.js';
import { inputsOf, savePlan } from '../saved-plan.js';
import { sessionFromFlags } from '../session-from-flags.js';

export interface PlanFlags extends ManifestFlags, TenantFlags, LimitFlags {
  readonly format: string;
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

/** Shows what apply would do, and what it would refuse. */
export async function plan(flags: PlanFlags): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['text', 'json']);
  const manifest = await loadManifestFromFlags(flags);
  const session = await sessionFromFlags(flags);
  const { plan: made } = await makePlan(manifest, session, limitsOf(flags));
  session.tenant.close();
  if (flags.out !== undefined) {
    await savePlan(flags.out, made, inputsOf(flags));
  }
  if (format === 'json') printJson(planDocument(made));
  else process.stdout.write(planText(made, { paint: paintFor(process.stdout) }));
  if (made.blocked.length > 0) {
    process.stderr.write(`\napply will refuse this plan:\n${problemsText(made.blocked)}\n`);
  }
  const warnings = made.warnings.filter((warning) => !manifest.warnings.includes(warning));
  if (warnings.length > 0) process.stderr.write(`${problemsText(warnings)}\n`);
  return flags.detailedExitcode && made.actions.length > 0 ? exitCode.changesFound : exitCode.done;
}
