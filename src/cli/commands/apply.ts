import type { ApplyResult } from '../../apply/events.js';
import { UsageError } from '../../errors.js';
import { problemsText } from '../../manifest/problems-text.js';
import type { Plan } from '../../plan/plan.js';
import {
  apply as applyPlan,
  plan as makePlan,
  refuseStale,
  type ApplyOptions,
  type Planned,
  type Session,
} from '../../reconcile.js';
import { eventText, resultText } from '../../render/apply-text.js';
import { planText } from '../../render/plan-text.js';
import type { ReportingCommand } from '../../render/report.js';
import { confirm } from '../confirm.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { limitsOf, lockOf, type LockFlags } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { paintFor } from '../output-format.js';
import { outputsOf, refuseUnwritable, type Outputs } from '../outputs.js';
import { readSavedPlan } from '../saved-plan.js';
import { sessionFromFlags } from '../session-from-flags.js';
import { stopSignal } from '../stop-signal.js';
import { writeWholeFile } from '../write-file.js';
import { accessFor, reportingFailures, writeOtherReports } from '../write-reports.js';
import type { PlanFlags } from './plan.js';

export interface ApplyFlags extends PlanFlags, LockFlags {
  readonly yes?: boolean;
  readonly digest?: string;
  /** A file for the ids of what the stack owns. */
  readonly ids?: string;
}

/** Plans, shows the plan, asks, and applies the plan that was shown. */
export async function apply(flags: ApplyFlags, planFile: string | undefined): Promise<ExitCode> {
  const outputs = await outputsOf(flags);
  const saved = planFile === undefined ? undefined : await readSavedPlan(planFile);
  const given: ApplyFlags = saved ? { ...saved.inputs, ...flags, digest: saved.digest } : flags;
  refuseWithoutAnybodyToAsk(given);
  if (given.ids !== undefined) await refuseUnwritable(given.ids);
  return reportingFailures('apply', outputs, async () => {
    const manifest = await loadManifestFromFlags(given);
    const session = await sessionFromFlags(given);
    try {
      const planned = await makePlan(manifest, session, limitsOf(given));
      return await showAndApply('apply', planned, session, given, outputs);
    } finally {
      session.tenant.close();
    }
  });
}

/** @throws {UsageError} nobody has agreed, and nobody can be asked */
export function refuseWithoutAnybodyToAsk({ yes, digest }: ApplyFlags): void {
  if (yes || digest !== undefined || process.stdin.isTTY) return;
  throw new UsageError(
    'there is nobody to ask',
    'pass --yes, or apply a plan that was reviewed: apply plan.json',
  );
}

/** Shows a plan, gets it agreed to, and carries it out. */
export async function showAndApply(
  command: ReportingCommand,
  planned: Planned,
  session: Session,
  flags: ApplyFlags,
  outputs: Outputs,
): Promise<ExitCode> {
  const { plan } = planned;
  if (flags.digest !== undefined) refuseStale(planned, flags.digest);
  // Where standard output is for a program, people look at the other one.
  const stream = outputs.format === 'text' ? process.stdout : process.stderr;
  stream.write(planText(plan, { paint: paintFor(stream) }));
  // Those of the manifest have been told when it was loaded.
  const warnings = plan.warnings.filter((warning) => !planned.manifest.warnings.includes(warning));
  if (warnings.length > 0) process.stderr.write(`${problemsText(warnings)}\n`);
  const needsAnswer =
    plan.actions.length > 0 && plan.blocked.length === 0 && !flags.yes && flags.digest === undefined;
  if (needsAnswer && !(await confirm(`Apply this to ${plan.endpoint}?`))) {
    process.stderr.write('Nothing has been done.\n');
    return exitCode.done;
  }
  const carriedOut = await carryOut(planned, session, flags, stream);
  const { result } = carriedOut;
  const statistics = session.tenant.statistics();
  if (outputs.format === 'text' && plan.actions.length > 0) {
    process.stdout.write(resultText(result, statistics));
  }
  const access = await accessFor(outputs, planned.manifest, carriedOut.plan);
  await writeOtherReports(outputs, { type: 'apply', command, statistics, ...carriedOut, ...access });
  if (flags.ids !== undefined) await writeIds(flags.ids, session, plan.stack);
  return result.failed + result.notReached > 0 ? exitCode.endedPartWay : exitCode.done;
}

async function writeIds(path: string, { home }: Session, stack: string): Promise<void> {
  const { entries } = await home.read(stack);
  const ids = Object.fromEntries([...entries].map(([address, { id }]) => [address, id]));
  await writeWholeFile(path, `${JSON.stringify(ids, null, 2)}\n`);
}

/** The plan is the one that was carried out, which may be another one than the one that was shown first. */
async function carryOut(
  planned: Planned,
  session: Session,
  flags: ApplyFlags,
  stream: NodeJS.WriteStream,
): Promise<{ readonly plan: Plan; readonly result: ApplyResult }> {
  let { plan } = planned;
  const stop = stopSignal('finishing what is under way …');
  const paint = paintFor(process.stderr);
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const options: ApplyOptions = {
    signal: stop.signal,
    acceptNewPlan: flags.yes === true && flags.digest === undefined,
    onNewPlan: (newPlan) => {
      plan = newPlan;
      stream.write(`The tenant changed in the meantime; the plan is now:\n${planText(newPlan)}`);
    },
    onEvent: (event) => {
      const text = eventText(event, paint);
      if (text !== undefined) say(text);
    },
    lock: lockOf(flags, stop.signal, say),
  };
  const result = await applyPlan(planned, session, options).finally(stop.release);
  return { plan, result };
}
