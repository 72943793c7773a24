import type { SourceRange } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { TenantObject } from '../kinds/kind.js';
import { compareFields } from './compare.js';
import { expectedFields } from './expected-fields.js';
import type { Resource } from '../state/resource.js';
import type { Undeclared } from '../state/undeclared.js';
import type { PlanInput } from './plan-input.js';
import { deletionPhase } from './phases.js';
import type { Step } from './plan.js';
import { showDifference } from './redact.js';
import { updateFields } from './write-fields.js';

/** Steps for what the ledger owns and the manifest no longer names: in reverse order of references. */
export function planDeletions(input: PlanInput): readonly Step[] {
  return input.undeclared.map((found) => {
    const owned = input.rotations.ended.get(found.address)?.isDue ? unprotected(found) : found;
    const { singleton } = owned.kind;
    const isReset = singleton && input.limits.reset && owned.object && !owned.entry.release;
    return isReset && singleton.defaults
      ? planReset(owned, owned.object, singleton.defaults, input)
      : planDeletion(owned, input);
  });
}

/** What a rotation ends was to be protected or to stay only while it was in use. */
const unprotected = ({ entry: { id, adopted, source }, ...owned }: Undeclared): Undeclared => ({
  ...owned,
  entry: { id, ...(adopted && { adopted }), ...(source !== undefined && { source }) },
});

/** Whether something stays in the tenant when no manifest names it any more, and why. */
function releaseOf(owned: Undeclared, input: PlanInput): string | undefined {
  const { kind, entry, isExternalNow } = owned;
  const { limits } = input;
  if (isExternalNow) return 'released: it is external now';
  const list = listOfLink(owned, input);
  if (list !== undefined) return `released: ${list} says now what there is`;
  if (kind.singleton && !(limits.reset && kind.singleton.defaults === null)) {
    return 'released: there is one in each tenant, so it stays as it is';
  }
  if (kind.isKept && !entry.deletable) {
    return `released: a ${kind.singular} stays in the tenant unless lifecycle.deletable is true`;
  }
  return entry.release ? 'released: it stays in the tenant' : undefined;
}

/** Where a single link used to be declared, and the whole list of such links is now: that list decides what becomes of it. */
function listOfLink({ kind, entry }: Undeclared, { manifest, current }: PlanInput): string | undefined {
  const { from } = kind.link ?? {};
  if (!from) return undefined;
  const [ownerId] = entry.id.split('/');
  const owner = [...manifest.desired.values()].find(
    ({ kind: { name }, address, fields, external }) =>
      name === from.kind &&
      !external &&
      fields[from.relation] !== undefined &&
      current.get(address)?.id === ownerId,
  );
  return owner && `${owner.address}.${from.relation}`;
}

function planDeletion(owned: Undeclared, input: PlanInput): Step {
  const { kind, entry, object, parentId } = owned;
  const parent = input.undeclared.find(
    (other) => other.address === owned.parent && other.object && releaseOf(other, input) === undefined,
  );
  // What goes with its parent cannot be released.
  const release = parent ? undefined : releaseOf(owned, input);
  const reason = reasonOf(owned, input);
  const fate =
    object === undefined
      ? `${reason}, and gone from the tenant: the ledger forgets it`
      : release === undefined
        ? reason
        : `${reason}, and ${release}`;
  const isDeleted = object !== undefined && release === undefined;
  return {
    ...formerStep(owned, fate),
    action: {
      ...formerStep(owned, fate).action,
      type: isDeleted ? 'delete' : 'move',
      consequences: isDeleted ? consequencesOf(owned, input) : [],
    },
    ...(isDeleted &&
      !parent && {
        deletes: {
          id: entry.id,
          ...(parentId !== undefined && { parentId }),
          expected: expectedFields(kind, object.fields, Object.keys(kind.fields)),
        },
      }),
    after: isDeleted && parent ? [parent.address] : [],
  };
}

/** What there is one of gets the values of a new tenant. */
function planReset(owned: Undeclared, object: TenantObject, defaults: JsonObject, input: PlanInput): Step {
  const resource = { ...formerResource(owned), fields: defaults };
  const options = { ignore: [], exact: Object.keys(defaults).map((name) => [name]) };
  const differences = compareFields(owned.kind.fields, defaults, object.fields, options);
  const changed = new Set(differences.map(({ path }) => path[0] ?? ''));
  const step = formerStep(owned, `${reasonOf(owned, input)}, and reset to what a new tenant has`);
  return {
    ...step,
    action: {
      ...step.action,
      type: differences.length > 0 ? 'update' : 'move',
      changes: differences.map((difference) => showDifference(difference, resource, input)),
    },
    resource,
    fields: updateFields(owned.kind, defaults, object.fields, changed, options),
  };
}

const consequencesOf = ({ entry, address }: Undeclared, { rotations }: PlanInput): readonly string[] => [
  ...(entry.adopted ? ['it existed before logto-iac took it over'] : []),
  ...(rotations.ended.get(address)?.consequences ?? []),
];

function reasonOf({ isStray, entry, address }: Undeclared, { limits, rotations }: PlanInput): string {
  const ended = rotations.ended.get(address);
  if (ended !== undefined) return ended.reason;
  const why = isStray
    ? 'not declared, and lifecycle.exact makes this part wholly ours'
    : limits.isDestroying
      ? 'destroyed with the stack'
      : 'no longer declared';
  return `${why}${entry.source === undefined ? '' : ` (it was at ${entry.source})`}`;
}

const formerStep = (owned: Undeclared, reason: string): Step => ({
  action: {
    type: 'move',
    address: owned.address,
    id: owned.entry.id,
    reason,
    consequences: [],
    changes: [],
    ...(owned.entry.source !== undefined && { source: sourceOf(owned.entry.source) }),
  },
  resource: formerResource(owned),
  fields: {},
  lateFields: {},
  links: [],
  targets: {},
  displaced: [],
  emptied: {},
  after: [],
  isDeclared: false,
  phase: deletionPhase(owned.kind),
});

/** Enough of a resource to show and to delete it: what it stated is no longer known. */
const formerResource = ({ address, kind, entry }: Undeclared): Resource => ({
  kind,
  address,
  key: address,
  fields: {},
  lifecycle: { ...(entry.protect && { protect: true }) },
});

/** Where it used to be declared: the ledger keeps file and line. */
function sourceOf(place: string): SourceRange {
  const colon = place.lastIndexOf(':');
  return { file: place.slice(0, colon), line: Number(place.slice(colon + 1)) || 1, column: 1 };
}
