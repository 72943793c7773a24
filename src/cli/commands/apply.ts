import type { ApplyResult } from '../../apply/events.js';
import { UsageError } from '../../errors.js';
import type { Plan } from '../../plan/plan.js';
import {
  apply as applyPlan,
  plan as makePlan,
  refuseStale,
  type ApplyOptions,
  type Planned,
  type Session,
} from '../../reconcile.js';
import { resultText } from '../../render/apply-text.js';
import { planText } from '../../render/plan-text.js';
import type { ReportingCommand } from '../../render/report.js';
import { confirm } from '../confirm.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { limitsOf, lockOf, type LockFlags } from '../limits-from-flags.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { paintFor } from '../output-format.js';
import { outputsOf, refuseUnwritable, type Outputs } from '../outputs.js';
import { readSavedPlan } from '../saved-plan.js';
import type { Progress } from '../progress.js';
import { stopSignal } from '../stop-signal.js';
import { tellProblems } from '../tell.js';
import { withSession } from '../with-session.js';
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
    return withSession(given, async (session, progress) => {
      const planned = await makePlan(manifest, session, limitsOf(given));
      return showAndApply('apply', planned, { session, progress, flags: given, outputs });
    });
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

/** What a run works with besides its plan. */
export interface Run {
  readonly session: Session;
  readonly progress: Progress;
  readonly flags: ApplyFlags;
  readonly outputs: Outputs;
}

/** Shows a plan, gets it agreed to, and carries it out. */
export async function showAndApply(command: ReportingCommand, planned: Planned, run: Run): Promise<ExitCode> {
  const { session, progress, flags, outputs } = run;
  const { plan, manifest } = planned;
  if (flags.digest !== undefined) refuseStale(planned, flags.digest);
  progress.pause();
  showPlan(plan, run);
  // Those of the manifest have been told when it was loaded.
  tellProblems(
    plan.warnings.filter((warning) => !manifest.warnings.includes(warning)),
    flags,
  );
  const needsAnswer =
    plan.actions.length > 0 && plan.blocked.length === 0 && !flags.yes && flags.digest === undefined;
  if (needsAnswer && !(await confirm(`Apply this to ${plan.endpoint}?`))) {
    progress.say('Nothing has been done.');
    progress.end();
    return exitCode.done;
  }
  const carriedOut = await carryOut(planned, run);
  const { result } = carriedOut;
  const statistics = session.tenant.statistics();
  progress.pause();
  if (outputs.format === 'text' && plan.actions.length > 0) {
    process.stdout.write(resultText(result, statistics));
    progress.end(progress.isJson ? statistics : undefined);
  }
  const access = await accessFor(outputs, manifest, carriedOut.plan);
  await writeOtherReports(outputs, { type: 'apply', command, statistics, ...carriedOut, ...access });
  if (flags.ids !== undefined) await writeIds(flags.ids, session, plan.stack);
  return result.failed + result.notReached > 0 ? exitCode.endedPartWay : exitCode.done;
}

/** Where standard output is for a program, people look at the other one, unless that is for a program too. */
function showPlan(plan: Plan, { outputs, progress }: Run, before = ''): void {
  const stream = outputs.format === 'text' ? process.stdout : process.stderr;
  if (stream === process.stderr && progress.isJson) return;
  stream.write(`${before}${planText(plan, { paint: paintFor(stream) })}`);
}

async function writeIds(path: string, { home }: Session, stack: string): Promise<void> {
  const { entries } = await home.read(stack);
  const ids = Object.fromEntries([...entries].map(([address, { id }]) => [address, id]));
  await writeWholeFile(path, `${JSON.stringify(ids, null, 2)}\n`);
}

/** The plan is the one that was carried out, which may be another one than the one that was shown first. */
async function carryOut(
  planned: Planned,
  run: Run,
): Promise<{ readonly plan: Plan; readonly result: ApplyResult }> {
  const { session, progress, flags } = run;
  let { plan } = planned;
  let isApplying = false;
  const stop = stopSignal('finishing what is under way …', progress.say);
  const options: ApplyOptions = {
    signal: stop.signal,
    acceptNewPlan: flags.yes === true && flags.digest === undefined,
    onNewPlan: (newPlan) => {
      plan = newPlan;
      progress.pause();
      showPlan(plan, run, 'The tenant changed in the meantime; the plan is now:\n');
    },
    onEvent: (event) => {
      if (!isApplying) progress.stage('applying', { total: plan.steps.length });
      isApplying = true;
      progress.outcome(event);
    },
    lock: lockOf(flags, stop.signal, progress.say),
  };
  progress.stage('reading the tenant again', { unit: 'requests' });
  const result = await applyPlan(planned, session, options).finally(stop.release);
  return { plan, result };
}
