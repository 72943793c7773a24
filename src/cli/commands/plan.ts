import { plan as makePlan } from '../../reconcile.js';
import { planDocument } from '../../render/plan-document.js';
import { planText } from '../../render/plan-text.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { defaultManifest, loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import { problemsText } from '../report-error.js';
import { savePlan } from '../saved-plan.js';
import { surroundingsFromFlags } from '../surroundings-from-flags.js';

export interface PlanFlags extends ManifestFlags, TenantFlags {
  readonly format: string;
  readonly out?: string;
  readonly detailedExitcode?: boolean;
  readonly adopt?: boolean;
  readonly allowReplace?: boolean;
}

/** Shows what apply would do, and what it would refuse. */
export async function plan(flags: PlanFlags): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['text', 'json']);
  const manifest = await loadManifestFromFlags(flags);
  const surroundings = await surroundingsFromFlags(flags);
  const { plan: made } = await makePlan(manifest, surroundings, flags);
  surroundings.tenant.close();
  if (flags.out !== undefined) {
    const { file = [defaultManifest], recursive, overlay, stack, allowEmpty, adopt, allowReplace } = flags;
    const stated = { recursive, overlay, stack, allowEmpty, adopt, allowReplace };
    await savePlan(flags.out, made, {
      file,
      ...Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
    });
  }
  if (format === 'json') printJson(planDocument(made));
  else process.stdout.write(planText(made, { paint: paintFor(process.stdout) }));
  if (made.blocked.length > 0) {
    process.stderr.write(`\napply will refuse this plan:\n${problemsText(made.blocked)}\n`);
  }
  return flags.detailedExitcode && made.actions.length > 0 ? exitCode.changesFound : exitCode.done;
}
