import { acceptDrift, type Acceptance } from '../../accept/accept-drift.js';
import { recordAcceptance } from '../../accept/record-acceptance.js';
import { UsageError } from '../../errors.js';
import { causesOf } from '../../plan/cause.js';
import { plan as makePlan, type Planned, type Session } from '../../reconcile.js';
import { acceptDocument, acceptText } from '../../render/accept-text.js';
import { withLock } from '../../state/lock.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { lockOf } from '../limits-from-flags.js';
import { loadSourcesFromFlags } from '../load-manifest-from-flags.js';
import { paintFor, printJson } from '../output-format.js';
import type { Progress } from '../progress.js';
import { stopSignal } from '../stop-signal.js';
import { withSession } from '../with-session.js';
import { writeFiles } from '../write-files.js';
import type { DriftFlags } from '../drift-report.js';

/** Takes over into the manifests what somebody changed in the tenant. */
export async function driftAccept(flags: DriftFlags): Promise<ExitCode> {
  refuseReports(flags);
  refuseStandardInput(flags);
  const loaded = await loadSourcesFromFlags(flags);
  return withSession(flags, async (session, progress) => {
    const planned = await makePlan(loaded.manifest, session);
    const causes = causesOf(planned.plan, loaded.manifest.desired, planned.ledger, session.hashKey);
    const acceptance = await acceptDrift(planned, {
      sources: loaded.sources,
      loadOptions: loaded.options,
      causes,
      deletions: flags.acceptDeletions ?? false,
      planAgain: (manifest) => makePlan(manifest, session),
    });
    progress.pause();
    if (!flags.dryRun && acceptance.accepted.length > 0) {
      await write(planned, acceptance, session, flags, progress);
    }
    tell(acceptance, flags);
    const { left, unknown, pending } = acceptance;
    const isLeft = left.length + unknown > 0 || (flags.pending === true && pending > 0);
    return isLeft ? exitCode.changesFound : exitCode.done;
  });
}

/** @throws {UsageError} what is accepted is told as text or JSON, and what is undeclared is not accepted */
function refuseReports({ format, out = [], undeclared }: DriftFlags): void {
  if (format !== 'text' && format !== 'json') {
    throw new UsageError(`--format ${format} is for what differs`, 'drift --accept has text and json');
  }
  const flag = out.length > 0 ? '--out' : undeclared ? '--undeclared' : undefined;
  if (flag === undefined) return;
  throw new UsageError(`${flag} is for what differs`, 'write drift without --accept, before or after');
}

/** @throws {UsageError} what came by standard input cannot be edited */
function refuseStandardInput({ file = [], overlay = [] }: DriftFlags): void {
  if (![...file, ...overlay].includes('-')) return;
  throw new UsageError('a manifest on standard input cannot be edited', 'name its file with -f');
}

async function write(
  planned: Planned,
  acceptance: Acceptance,
  session: Session,
  flags: DriftFlags,
  { say }: Progress,
): Promise<void> {
  const stop = stopSignal('finishing what is under way …', say);
  const lock = lockOf(flags, stop.signal, say);
  const take = async (): Promise<void> => {
    const changes = [...acceptance.texts].map(([{ name: path, text: before }, text]) => ({
      path,
      text,
      before,
    }));
    writeFiles(changes);
    await recordAcceptance(planned, acceptance, session);
  };
  try {
    await (lock === false ? take() : withLock(session.tenant, planned.manifest.stack, lock, take));
  } finally {
    stop.release();
  }
}

function tell(acceptance: Acceptance, { format, dryRun = false }: DriftFlags): void {
  if (format === 'json') printJson(acceptDocument(acceptance, dryRun));
  else process.stdout.write(acceptText(acceptance, dryRun, paintFor(process.stdout)));
}
