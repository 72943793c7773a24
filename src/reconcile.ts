import { applyPlan } from './apply/apply-plan.js';
import type { ApplyEvent, ApplyResult } from './apply/events.js';
import { ManifestError, RefusedError, type Problem } from './errors.js';
import type { Json } from './json.js';
import type { TenantLists } from './kinds/kind.js';
import { timeOf, type Tenant } from './management-api/connect.js';
import type { Manifest } from './manifest/manifest.js';
import { withoutSecrets } from './manifest/problems.js';
import { fieldsHash } from './plan/digest.js';
import { makePlan } from './plan/make-plan.js';
import { sameInput, type PlanInput, type PlanLimits } from './plan/plan-input.js';
import type { Plan } from './plan/plan.js';
import { missingTargets, readCurrentState, type CurrentState } from './state/current-state.js';
import type { Clocks } from './state/clocks.js';
import type { Ledger, LedgerHome } from './state/ledger.js';
import { withLock, type LockOptions } from './state/lock.js';
import type { Matching } from './state/matching.js';
import { preflight, readCatalogues } from './state/preflight.js';
import { readTenant } from './state/read-tenant.js';
import { makeTargets, type Targets } from './state/targets.js';
import { inTheirTime } from './state/rotations.js';
import { tenantView } from './state/tenant-view.js';
import { readUndeclared } from './state/undeclared.js';
import { findUnmanaged, type Unmanaged } from './state/unmanaged.js';
import { readUntouchables, untouchableProblems } from './state/untouchable.js';

/** Whose tenant it is, and where its ledger is kept. */
export interface Session {
  readonly tenant: Tenant;
  readonly home: LedgerHome;
  /** The application that the run signs in with: never touched. */
  readonly ownApplicationId: string;
  /** Its secret: the key for hashes of sensitive values. */
  readonly hashKey: string;
}

export interface PlanOptions extends Partial<PlanLimits> {
  /** Take over the one object that has the name, where Logto keeps no unique key. */
  readonly adopt?: boolean;
  /** Read every kind, so that `unmanaged` is complete. */
  readonly everyKind?: boolean;
}

/** A plan, and what was read for it. */
export interface Planned {
  readonly plan: Plan;
  /** As it was given. */
  readonly given: Manifest;
  /** What it comes to now: with a resource for each generation of what is rotated. */
  readonly manifest: Manifest;
  readonly options: PlanOptions;
  readonly stored: Ledger;
  readonly ledger: Ledger;
  readonly lists: TenantLists;
  readonly matching: Matching;
  readonly current: CurrentState;
  readonly targets: Targets;
  /** What the server says of the sorts of objects of a kind. */
  readonly catalogues: ReadonlyMap<string, Json>;
  /** Objects that this stack neither declares nor owns; of all kinds with `everyKind`, else of those in scope. */
  readonly unmanaged: readonly Unmanaged[];
}

/** What each plan was made of. Kept aside, because a secret is in it, and programs may print what they have planned. */
const inputs = new WeakMap<Planned, PlanInput>();

/**
 * Reads the tenant, finds which object is which, and plans what makes the tenant as stated. Sends nothing that writes:
 * it is given the half of the API that cannot.
 *
 * @param former a plan of before: it is the plan still where all that was read for it is the same
 * @throws {ManifestError} the manifest names something that the tenant does not have or offer
 * @throws {RefusedError} it cannot be said, or must not be so, which object is meant
 * @throws {ApiError} Logto does not answer, or refuses
 */
export async function plan(
  given: Manifest,
  session: Session,
  options: PlanOptions = {},
  former?: Planned,
): Promise<Planned> {
  const { tenant, home, ownApplicationId, hashKey } = session;
  const { adopt = false, everyKind = false } = options;
  const clocks = (): Clocks => ({ server: timeOf(tenant), own: Date.now() });
  const reading = await readTenant(tenant.read, home, given, { adopt, everyKind, ownApplicationId, clocks });
  const { stored, ledger, moved, lists, rotations, matching } = reading;
  const manifest = inTheirTime(given, rotations);
  const { desired } = manifest;
  const targets = makeTargets(desired, matching);
  const matchedIds = new Set([...matching.matches.values()].map(({ object }) => object.id));
  const undeclared = await readUndeclared(tenant.read, desired, ledger, lists, matching, rotations.spared);
  const untouchables = await readUntouchables(tenant.read, lists, ownApplicationId, home.applicationId);
  const catalogues = await readCatalogues(tenant.read, manifest, lists);
  const view = tenantView(desired, lists, matching, undeclared, catalogues, timeOf(tenant));
  const findings = [
    ...reading.problems,
    ...rotations.warnings,
    ...matching.problems,
    ...missingTargets(manifest, targets),
    ...untouchableProblems(desired, matching, targets, undeclared, untouchables),
    ...(await preflight(tenant.read, manifest, view)),
  ].map((problem) => withoutSecrets(problem, manifest.secrets));
  const errors = findings.filter(({ severity }) => severity === 'error');
  const unclear = errors.filter(({ code }) => options.onlyAdopt === true && code === 'ambiguous-match');
  if (errors.length > unclear.length) refuseOn(errors);
  const current = await readCurrentState(tenant.read, manifest, lists, matching, targets, ledger);
  const input: PlanInput = {
    manifest,
    endpoint: tenant.endpoint,
    lists,
    matching,
    current,
    targets,
    ledger,
    undeclared,
    catalogues,
    warnings: findings.filter(({ severity }) => severity !== 'error'),
    unclear,
    remembers: home.remembers,
    ledgerHome: home.description,
    moved,
    rotations,
    hashKey,
    limits: {
      allowReplace: false,
      isDestroying: false,
      reset: false,
      onlyAdopt: false,
      force: [],
      ...options,
    },
  };
  const before = former && inputs.get(former);
  const made = before && sameInput(before, input) ? former.plan : makePlan(input);
  const unmanaged = findUnmanaged(
    lists,
    ledger,
    (id) => matchedIds.has(id),
    (id) => untouchables.has(id),
  );
  const read = { stored, ledger, lists, matching, current, targets, catalogues };
  const planned = { plan: made, given, manifest, options, ...read, unmanaged };
  inputs.set(planned, input);
  return planned;
}

/** What the user has to change in the manifest; everything else is a matter of safety. */
const mistakeCodes: ReadonlySet<string> = new Set([
  'not-found',
  'not-supported',
  'wrong-value',
  'unknown-reference',
  'missing-field',
]);

/** What cannot be planned: the user's mistakes as such, and what a safety rule forbids as a refusal. */
function refuseOn(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const mistakes = problems.every(({ code }) => mistakeCodes.has(code));
  if (mistakes) throw new ManifestError(problems);
  throw new RefusedError('it cannot be planned safely', problems);
}

export interface ApplyOptions {
  /** When it is aborted, what is under way ends and nothing else begins. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ApplyEvent) => void;
  /** The plan that is carried out may differ from the one given: somebody agreed to whatever it is by now. */
  readonly acceptNewPlan?: boolean;
  /** Told of the plan that is carried out, where it is another one than the one given. */
  readonly onNewPlan?: (plan: Plan) => void;
  readonly lock?: LockOptions | false;
}

/**
 * Carries out a plan: takes the lock of the stack, plans again, and goes on only if that plan is still the same (or a
 * new one is accepted). Where there is nothing to do it ends at once, without a lock or any write.
 *
 * @throws {RefusedError} the plan is blocked or stale, or somebody else holds the lock; nothing has been done
 * @throws {ApiError} the tenant could not be read, or the ledger not be written
 */
export async function apply(
  planned: Planned,
  session: Session,
  options: ApplyOptions = {},
): Promise<ApplyResult> {
  refuseBlocked(planned);
  if (planned.plan.actions.length === 0 && isRecorded(planned, session)) return nothingDone;
  const { lock = {}, acceptNewPlan = false } = options;
  // Asking takes time, with the lock and without.
  const planAgain = async (): Promise<ApplyResult> => {
    const again = await plan(planned.given, session, planned.options, planned);
    if (again.plan.digest !== planned.plan.digest) {
      if (!acceptNewPlan) refuseStale(again, planned.plan.digest);
      refuseBlocked(again);
      options.onNewPlan?.(again.plan);
    }
    return carryOut(again, session, options);
  };
  if (lock === false) return planAgain();
  return withLock(session.tenant, planned.manifest.stack, lock, planAgain);
}

async function carryOut(
  planned: Planned,
  { tenant, home, hashKey }: Session,
  options: ApplyOptions,
): Promise<ApplyResult> {
  const { signal, onEvent } = options;
  if (planned.plan.actions.length === 0 && isRecorded(planned, { hashKey })) return nothingDone;
  return applyPlan({
    plan: planned.plan,
    manifest: planned.manifest,
    api: tenant.write,
    home,
    stored: planned.stored,
    ledger: planned.ledger,
    knownIds: allIds(planned.lists),
    hashKey,
    onlyAdopt: planned.options.onlyAdopt ?? false,
    serverTime: timeOf(tenant),
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
  });
}

/**
 * Whether the ledger says of each resource what is stated now. It does not where an update was done and its answer
 * refused or lost, or where the manifest was made as the tenant is: then only the ledger has to be written, or drift
 * would take the next change of the tenant for one of the manifest.
 */
const isRecorded = (
  { manifest: { desired }, ledger, options }: Planned,
  { hashKey }: Pick<Session, 'hashKey'>,
): boolean =>
  options.onlyAdopt === true ||
  [...ledger.entries].every(([address, { hash, generation }]) => {
    const resource = desired.get(address);
    if (!resource || resource.external) return true;
    return hash === fieldsHash(hashKey, resource.fields) && generation === resource.generation;
  });

const nothingDone: ApplyResult = { outcomes: [], done: 0, failed: 0, notReached: 0, interrupted: false };

function refuseBlocked({ plan: { blocked } }: Planned): void {
  if (blocked.length > 0) throw new RefusedError('a safety rule forbids this plan', blocked);
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
