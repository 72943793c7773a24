import { keyNames } from '../kinds/identity.js';
import type { WriteApi } from '../management-api/api.js';
import type { Step } from '../plan/plan.js';
import { applyStep, type Surroundings } from './apply-step.js';
import type { ApplyResult, Outcome } from './events.js';
import { hideSecrets } from './hide-secrets.js';
import type { ApplyInput } from './apply-input.js';
import { announce, record } from './record.js';

/**
 * Walks a plan: never compares, never decides. What does not depend on each other runs at once; what depends on a
 * failure is not reached, and everything else goes on. The ledger is written before the first creation and after the
 * last step, whatever happened.
 *
 * @throws {ApiError} the ledger could not be written before the first creation (nothing has been done then), or after
 *   the last step
 */
export async function applyPlan(input: ApplyInput): Promise<ApplyResult> {
  const { home, stored } = input;
  const announced = announce(input);
  await home.write(stored, announced);
  const { outcomes, made, gone } = await runSteps(input);
  await home.write(announced, record(announced, input, outcomes, made, gone));
  const count = (status: Outcome['status']): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  return {
    outcomes,
    done: count('done'),
    failed: count('failed'),
    notReached: count('not-reached'),
    interrupted: input.signal?.aborted ?? false,
  };
}

interface Run {
  readonly outcomes: readonly Outcome[];
  /** Objects made: address → id; also of steps that failed after the creation. */
  readonly made: ReadonlyMap<string, string>;
  /** Addresses whose object was deleted, and not made again. */
  readonly gone: ReadonlySet<string>;
}

async function runSteps({ plan, manifest, api, knownIds, signal, onEvent }: ApplyInput): Promise<Run> {
  const made = new Map<string, string>();
  const madeIds = new Set<string>();
  const gone = new Set<string>();
  const surroundings: Surroundings = {
    madeFor: (address) => made.get(address),
    isTaken: (id) => knownIds.has(id) || madeIds.has(id),
    onMade: (address, id) => {
      made.set(address, id);
      madeIds.add(id);
      gone.delete(address);
    },
    onGone: (address) => gone.add(address),
  };
  const runs = new Map<string, Promise<Outcome>>();
  const lastOfName = new Map<string, Promise<unknown>>();
  let phase = 0;
  for (const step of plan.steps) {
    if (step.phase > phase) {
      await Promise.all(runs.values());
      phase = step.phase;
    }
    const before = step.after.flatMap((address) => runs.get(address) ?? []);
    const namesake = namesakeKey(step);
    const previous = namesake === undefined ? undefined : lastOfName.get(namesake);
    const run = Promise.all([Promise.all(before), previous]).then(async ([prerequisites]) => {
      const ended = await runStep(step, prerequisites, api, surroundings, signal, onEvent);
      const outcome = withoutSecrets(ended, manifest.secrets);
      onEvent?.({ type: 'ended', outcome });
      return outcome;
    });
    runs.set(step.action.address, run);
    if (namesake !== undefined) lastOfName.set(namesake, run);
  }
  return { outcomes: await Promise.all(runs.values()), made, gone };
}

/**
 * Objects that can only be told apart by their name are created one after the other: after an answer that was lost, a
 * new object of that name is then certainly the one.
 */
function namesakeKey({ action, resource: { kind, fields, parent } }: Step): string | undefined {
  if (keyNames(kind, fields).length > 0 || (action.type !== 'create' && action.type !== 'replace'))
    return undefined;
  return JSON.stringify([kind.name, parent, fields[kind.title]]);
}

async function runStep(
  step: Step,
  prerequisites: readonly Outcome[],
  api: WriteApi,
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
  onEvent: ApplyInput['onEvent'],
): Promise<Outcome> {
  const { action } = step;
  const obstacle = prerequisites.find(({ status }) => status !== 'done');
  if (obstacle) {
    const verb = obstacle.status === 'failed' ? 'failed' : 'was not reached';
    return { status: 'not-reached', action, because: `${obstacle.action.address} ${verb}` };
  }
  if (signal?.aborted) return { status: 'not-reached', action, because: 'interrupted' };
  onEvent?.({ type: 'started', action });
  try {
    return { status: 'done', action, id: await applyStep(api, step, surroundings) };
  } catch (error) {
    return { status: 'failed', action, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The one place where what was told about a failure becomes something that may be shown. */
const withoutSecrets = (outcome: Outcome, secrets: readonly string[]): Outcome =>
  outcome.status === 'failed' ? { ...outcome, error: hideSecrets(outcome.error, secrets) } : outcome;
