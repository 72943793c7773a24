import { plan as makePlan } from '../../reconcile.js';
import type { ExitCode } from '../exit-code.js';
import { limitsOf } from '../limits-from-flags.js';
import { emptyManifest } from '../../manifest/empty-manifest.js';
import { outputsOf } from '../outputs.js';
import { sessionFromFlags } from '../session-from-flags.js';
import { reportingFailures } from '../write-reports.js';
import { refuseWithoutAnybodyToAsk, showAndApply, type ApplyFlags } from './apply.js';
import { stackName } from './unlock.js';

/** Deletes what the stack owns; what was released stays. */
export async function destroy(flags: ApplyFlags): Promise<ExitCode> {
  const outputs = await outputsOf(flags);
  refuseWithoutAnybodyToAsk(flags);
  return reportingFailures('destroy', outputs, async () => {
    const manifest = emptyManifest(await stackName(flags));
    const session = await sessionFromFlags(flags);
    try {
      const planned = await makePlan(manifest, session, limitsOf(flags, true));
      return await showAndApply('destroy', planned, session, flags, outputs);
    } finally {
      session.tenant.close();
    }
  });
}
