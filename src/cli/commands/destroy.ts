import { plan as makePlan } from '../../reconcile.js';
import type { ExitCode } from '../exit-code.js';
import { limitsOf } from '../limits-from-flags.js';
import { emptyManifest } from '../../manifest/empty-manifest.js';
import { outputsOf } from '../outputs.js';
import { withSession } from '../with-session.js';
import { reportingFailures } from '../write-reports.js';
import { refuseWithoutAnybodyToAsk, showAndApply, type ApplyFlags } from './apply.js';
import { stackName } from './unlock.js';

/** Deletes what the stack owns; what was released stays. */
export async function destroy(flags: ApplyFlags): Promise<ExitCode> {
  const outputs = await outputsOf(flags);
  refuseWithoutAnybodyToAsk(flags);
  return reportingFailures('destroy', outputs, async () => {
    const manifest = emptyManifest(await stackName(flags));
    return withSession(flags, async (session, progress) => {
      const planned = await makePlan(manifest, session, limitsOf(flags, true));
      return showAndApply('destroy', planned, { session, progress, flags, outputs });
    });
  });
}
