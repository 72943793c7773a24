import type { ApplyResult } from '../../apply/events.js';
import { UsageError } from '../../errors.js';
import type { Manifest } from '../../manifest/manifest.js';
import {
  applyPlanned,
  plan as makePlan,
  refuseStale,
  type Planned,
  type Surroundings,
} from '../../reconcile.js';
import { applyDocument } from '../../render/apply-document.js';
import { eventText, resultText } from '../../render/apply-text.js';
import { planText } from '../../render/plan-text.js';
import { confirm } from '../confirm.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import { readSavedPlan, repeatInputs } from '../saved-plan.js';
import { stopSignal } from '../stop-signal.js';
import { surroundingsFromFlags } from '../surroundings-from-flags.js';
import type { PlanFlags } from './plan.js';

interface ApplyFlags extends PlanFlags {
  readonly yes?: boolean;
  readonly digest?: string;
}

/** Plans, shows the plan, asks, and applies the plan that was shown. */
export async function apply(flags: ApplyFlags, planFile: string | undefined): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['text', 'json']);
  const saved = planFile === undefined ? undefined : await readSavedPlan(planFile);
  const given: ApplyFlags = saved ? { ...flags, ...repeatInputs(saved.inputs, flags) } : flags;
  const digest = saved?.digest ?? flags.digest;
  if (!given.yes && digest === undefined && !process.stdin.isTTY) {
    throw new UsageError(
      'there is nobody to ask',
      'pass --yes, or apply a plan that was reviewed: apply plan.json',
    );
  }
  const manifest = await loadManifestFromFlags(given);
  const surroundings = await surroundingsFromFlags(given);
  try {
    const planned = await makePlan(manifest, surroundings, given);
    if (digest !== undefined) refuseStale(planned, digest);
    const agreed = await agree(
      planned,
      manifest,
      surroundings,
      given,
      format === 'json',
      digest !== undefined,
    );
    if (!agreed) return exitCode.done;
    return await carryOut(agreed, surroundings, format);
  } finally {
    surroundings.tenant.close();
  }
}

/** Shows the plan and asks, where somebody has to agree; then plans again, because asking takes time. */
async function agree(
  planned: Planned,
  manifest: Manifest,
  surroundings: Surroundings,
  flags: ApplyFlags,
  isQuiet: boolean,
  wasReviewed: boolean,
): Promise<Planned | undefined> {
  const stream = isQuiet ? process.stderr : process.stdout;
  if (!isQuiet || !(flags.yes || wasReviewed))
    stream.write(planText(planned.plan, { paint: paintFor(stream) }));
  const isAsking =
    planned.plan.actions.length > 0 && planned.plan.blocked.length === 0 && !flags.yes && !wasReviewed;
  if (!isAsking) return planned;
  if (!(await confirm(`Apply this to ${planned.plan.endpoint}?`))) {
    process.stderr.write('Nothing has been done.\n');
    return undefined;
  }
  const again = await makePlan(manifest, surroundings, flags);
  refuseStale(again, planned.plan.digest);
  return again;
}

async function carryOut(
  planned: Planned,
  surroundings: Surroundings,
  format: 'text' | 'json',
): Promise<ExitCode> {
  const stop = stopSignal('finishing what is under way …');
  const paint = paintFor(process.stderr);
  const result = await applyPlanned(planned, surroundings, {
    signal: stop.signal,
    onEvent: (event) => {
      const text = eventText(event, paint);
      if (text !== undefined) process.stderr.write(`${text}\n`);
    },
  }).finally(stop.release);
  if (format === 'json') printJson(applyDocument(planned.plan, result));
  else if (planned.plan.actions.length > 0)
    process.stdout.write(resultText(result, surroundings.tenant.statistics()));
  return exitCodeFor(result);
}

const exitCodeFor = ({ failed, notReached }: ApplyResult): ExitCode =>
  failed + notReached > 0 ? exitCode.endedPartWay : exitCode.done;
