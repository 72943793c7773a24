import { applyPlan } from './apply/apply-plan.js';
import type { ApplyEvent, ApplyResult } from './apply/events.js';
import { ManifestError, RefusedError, type Problem } from './errors.js';
import type { TenantLists } from './kinds/kind.js';
import type { Tenant } from './management-api/connect.js';
import type { Manifest } from './manifest/manifest.js';
import { makePlan } from './plan/make-plan.js';
import type { Plan } from './plan/plan.js';
import { missingTargets, readCurrentState } from './state/current-state.js';
import type { Ledger, LedgerHome } from './state/ledger.js';
import { matchResources } from './state/match.js';
import { applyMoves } from './state/moves.js';
import { preflight } from './state/preflight.js';
import { readLists } from './state/read-lists.js';
import { sectionsInScope } from './state/scope.js';
import { makeTargets } from './state/targets.js';
import { readUntouchables, untouchableProblems } from './state/untouchable.js';

/** Whose tenant it is, and where its ledger is kept. */
export interface Surroundings {
  readonly tenant: Tenant;
  readonly home: LedgerHome;
  /** The application that the run signs in with: never touched. */
  readonly ownApplicationId: string;
  /** Its secret: the key for hashes of sensitive values. */
  readonly hashKey: string;
}

export interface PlanOptions {
  /** Take over the one object that has the name, where Logto keeps no unique key. */
  readonly adopt?: boolean;
  /** Do not refuse replacements. */
  readonly allowReplace?: boolean;
}

/** A plan, and what was read for it. */
export interface Planned {
  readonly plan: Plan;
  readonly manifest: Manifest;
  readonly stored: Ledger;
  readonly ledger: Ledger;
  readonly lists: TenantLists;
}

/**
 * Reads the tenant, finds which object is which, and plans what makes the tenant as stated. Sends nothing that writes:
 * it is given the half of the API that cannot.
 *
 * @throws {ManifestError} the manifest names something that the tenant does not have or offer
 * @throws {RefusedError} it cannot be said, or must not be so, which object is meant
 * @throws {ApiError} Logto does not answer, or refuses
 */
export async function plan(
  manifest: Manifest,
  surroundings: Surroundings,
  options: PlanOptions = {},
): Promise<Planned> {
  const { tenant, home, ownApplicationId, hashKey } = surroundings;
  const { desired } = manifest;
  const [stored, lists] = await Promise.all([
    home.read(manifest.stack),
    readLists(tenant.read, sectionsInScope(desired)),
  ]);
  const { ledger, moved } = applyMoves(stored, manifest.moved);
  const matching = matchResources(desired, lists, ledger, {
    adopt: options.adopt ?? false,
    ownApplicationId,
  });
  const targets = makeTargets(desired, matching);
  const untouchables = await readUntouchables(tenant.read, lists, ownApplicationId);
  refuseOn([
    ...matching.problems,
    ...missingTargets(manifest, targets),
    ...untouchableProblems(desired, matching, targets, untouchables),
    ...(await preflight(tenant.read, manifest)),
  ]);
  const current = await readCurrentState(tenant.read, manifest, lists, matching, targets);
  const made = makePlan({
    manifest,
    endpoint: tenant.endpoint,
    lists,
    matching,
    current,
    targets,
    ledger,
    moved,
    hashKey,
    options: { allowReplace: options.allowReplace ?? false },
  });
  return { plan: made, manifest, stored, ledger, lists };
}

/** What cannot be planned: the user's mistakes as such, and what a safety rule forbids as a refusal. */
function refuseOn(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const mistakes = problems.every(({ code }) => code === 'not-found' || code === 'not-supported');
  if (mistakes) throw new ManifestError(problems);
  throw new RefusedError('it cannot be planned safely', problems);
}

export interface ApplyOptions {
  /** When it is aborted, what is under way ends and nothing else begins. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ApplyEvent) => void;
}

/**
 * Does what a plan says, nothing more and nothing less.
 *
 * @throws {RefusedError} the plan is blocked by a safety rule; nothing has been done
 * @throws {ApiError} the ledger could not be written
 */
export async function applyPlanned(
  { plan: planned, manifest, stored, ledger, lists }: Planned,
  { tenant, home, hashKey }: Surroundings,
  options: ApplyOptions = {},
): Promise<ApplyResult> {
  if (planned.blocked.length > 0) throw new RefusedError('a safety rule forbids this plan', planned.blocked);
  if (planned.actions.length === 0) {
    return { outcomes: [], done: 0, failed: 0, notReached: 0, interrupted: false };
  }
  return applyPlan({
    plan: planned,
    desired: manifest.desired,
    api: tenant.write,
    home,
    stored,
    ledger,
    knownIds: allIds(lists),
    hashKey,
    serverTime: (tenant.serverTime() ?? new Date()).getTime(),
    ...options,
  });
}

/** @throws {RefusedError} the plan is not the one that was looked at */
export function refuseStale(planned: Planned, digest: string): void {
  if (planned.plan.digest === digest) return;
  throw new RefusedError(
    `the plan is stale: it was made with digest ${digest}, and is now ${planned.plan.digest}`,
    [],
    'the tenant or the manifest has changed since; plan again, look at it, and apply that plan',
  );
}

function allIds(lists: TenantLists): ReadonlySet<string> {
  const objects = [...lists.values()].flat();
  const children = objects.flatMap((object) => Object.values(object.children ?? {}).flat());
  return new Set([...objects, ...children].map(({ id }) => id));
}
