import type { SourceRange } from '../errors.js';
import { expectedFields } from './expected-fields.js';
import type { Resource } from '../state/resource.js';
import type { Undeclared } from '../state/undeclared.js';
import type { PlanInput } from './plan-input.js';
import { deletionPhase } from './phases.js';
import type { Step } from './plan.js';

/** Steps for what the ledger owns and the manifest no longer names: in reverse order of references. */
export function planDeletions({ undeclared, limits }: PlanInput): readonly Step[] {
  return undeclared.map((owned) => planDeletion(owned, undeclared, limits.isDestroying));
}

function planDeletion(owned: Undeclared, all: readonly Undeclared[], isDestroying: boolean): Step {
  const { address, kind, entry, object, parentId } = owned;
  const parent = all.find((other) => other.address === owned.parent && other.object && !other.entry.release);
  // What goes with its parent cannot be released.
  const isReleased = entry.release === true && !parent;
  const why = owned.isStray
    ? 'not declared, and lifecycle.exact makes this part wholly ours'
    : isDestroying
      ? 'destroyed with the stack'
      : 'no longer declared';
  const reason = `${why}${entry.source === undefined ? '' : ` (it was at ${entry.source})`}`;
  const fate =
    object === undefined
      ? `${reason}, and gone from the tenant: the ledger forgets it`
      : owned.isExternalNow
        ? `${reason}, and released: it is external now`
        : isReleased
          ? `${reason}, and released: it stays in the tenant`
          : reason;
  const isDeleted = object !== undefined && !isReleased;
  return {
    action: {
      type: isDeleted ? 'delete' : 'move',
      address,
      id: entry.id,
      reason: fate,
      consequences: isDeleted && entry.adopted ? ['it existed before logto-iac took it over'] : [],
      changes: [],
      ...(entry.source !== undefined && { source: sourceOf(entry.source) }),
    },
    resource: formerResource(owned),
    fields: {},
    lateFields: {},
    links: [],
    ...(isDeleted &&
      !parent && {
        deletes: {
          id: entry.id,
          ...(parentId !== undefined && { parentId }),
          expected: expectedFields(kind, object.fields, Object.keys(kind.fields)),
        },
      }),
    after: isDeleted && parent ? [parent.address] : [],
    isDeclared: false,
    phase: deletionPhase(kind),
  };
}

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
