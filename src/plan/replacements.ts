import { parseAddress } from '../address.js';
import { fieldsHolding } from '../kinds/fields-holding.js';
import type { TenantLists } from '../kinds/kind.js';
import type { CurrentResource, CurrentState } from '../state/current-state.js';
import { linkAddress } from '../state/current-state.js';
import type { Resource } from '../state/resource.js';
import { compareFields, type CompareOptions } from './compare.js';

/** Which objects go away and come back in this plan. */
export interface Replacements {
  /** Address → why: its own fields, or the address of what holds it. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Whether the object at an address, or of an id, goes away: also those that go with their parent. */
  readonly isReplaced: (addressOrId: string) => boolean;
}

/** Paths are written like addresses: `customData["a.b"]`. */
const segmentsOf = (path: string): readonly string[] => parseAddress(path) ?? [path];

export const compareOptions = ({ lifecycle }: Resource): CompareOptions => ({
  ignore: (lifecycle.ignore ?? []).map(segmentsOf),
  exact: (lifecycle.exact ?? []).map(segmentsOf),
});

/**
 * Finds what has to be replaced: an immutable field differs, or what holds it (or, for a single link, an end of it) is
 * replaced.
 *
 * @param resources in the order of their references
 */
export function findReplacements(
  resources: readonly Resource[],
  { current, lists }: { readonly current: CurrentState; readonly lists: TenantLists },
): Replacements {
  const reasons = new Map<string, string>();
  const ids = new Set<string>();
  for (const resource of resources) {
    const existing = current.get(resource.address);
    if (!existing) continue;
    const reason = ownReason(resource, existing) ?? inheritedReason(resource, reasons);
    if (reason === undefined) continue;
    reasons.set(resource.address, reason);
    for (const id of idsBelow(resource, existing.id, lists)) ids.add(id);
  }
  return { reasons, isReplaced: (addressOrId) => reasons.has(addressOrId) || ids.has(addressOrId) };
}

const forcingFields = fieldsHolding(({ immutable }) => immutable === true);

function ownReason(resource: Resource, existing: CurrentResource): string | undefined {
  if (resource.kind.link) return undefined;
  const forcing = compareFields(
    Object.fromEntries(forcingFields(resource.kind.fields)),
    resource.fields,
    existing.fields,
    compareOptions(resource),
  )
    .filter(({ immutable }) => immutable)
    .map(({ path }) => path.join('.'));
  if (forcing.length === 0) return undefined;
  return `${forcing.join(' and ')} cannot be changed in place`;
}

function inheritedReason(resource: Resource, reasons: ReadonlyMap<string, string>): string | undefined {
  const { link } = resource.kind;
  const origins = link
    ? [linkAddress(resource, link.from), linkAddress(resource, link.to)]
    : resource.parent === undefined
      ? []
      : [resource.parent];
  const origin = origins.find((address) => reasons.has(address));
  return origin === undefined ? undefined : `${origin} is replaced`;
}

/** The object and everything that it holds, declared or not: all of it goes. */
function idsBelow(resource: Resource, id: string, lists: TenantLists): readonly string[] {
  const object = lists.get(resource.kind.name)?.find((candidate) => candidate.id === id);
  const children = Object.values(object?.children ?? {}).flat();
  return [id, ...children.map((child) => child.id)];
}
