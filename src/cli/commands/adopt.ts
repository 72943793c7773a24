import { plan as makePlan } from '../../reconcile.js';
import { planDocument } from '../../render/plan-document.js';
import { planText } from '../../render/plan-text.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { limitsOf } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import { sessionFromFlags } from '../session-from-flags.js';
import { refuseWithoutAnybodyToAsk, showAndApply, type ApplyFlags } from './apply.js';

interface AdoptFlags extends ApplyFlags {
  readonly dryRun?: boolean;
}

/** Makes objects that exist already ours: writes only the ledger; what differs is left for the next apply. */
export async function adopt(flags: AdoptFlags): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['text', 'json']);
  if (!flags.dryRun) refuseWithoutAnybodyToAsk(flags);
  const manifest = await loadManifestFromFlags(flags);
  const session = await sessionFromFlags(flags);
  try {
    const options = { ...limitsOf({ ...flags, adopt: true }), onlyAdopt: true };
    const planned = await makePlan(manifest, session, options);
    if (!flags.dryRun) return await showAndApply(planned, session, flags);
    if (format === 'json') printJson(planDocument(planned.plan));
    else process.stdout.write(planText(planned.plan, { paint: paintFor(process.stdout) }));
    return exitCode.done;
  } finally {
    session.tenant.close();
  }
}
