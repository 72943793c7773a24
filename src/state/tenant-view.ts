import type { Json } from '../json.js';
import type { TenantLists, TenantView } from '../kinds/kind.js';
import type { Matching } from './matching.js';
import type { State } from './resource.js';
import type { Undeclared } from './undeclared.js';

/** What rules of kinds may know of the tenant: what is there and stays, and what the manifest makes of it. */
export function tenantView(
  desired: State,
  lists: TenantLists,
  { matches }: Pick<Matching, 'matches'>,
  undeclared: readonly Undeclared[],
  catalogues: ReadonlyMap<string, Json>,
  now: number,
): TenantView {
  const managed = [...matches].flatMap(([address, { object }]) => {
    const resource = desired.get(address);
    return resource && !resource.external ? [object.id] : [];
  });
  const going = undeclared
    .filter(({ entry, kind }) => !entry.release && !kind.singleton)
    .map(({ entry }) => entry.id);
  const accounted = new Set([...managed, ...going]);
  return {
    others: (kind) => (lists.get(kind) ?? []).filter(({ id }) => !accounted.has(id)),
    declared: (kind) =>
      new Map(
        [...desired.values()]
          .filter((resource) => resource.kind.name === kind && !resource.external)
          .map(({ address, fields }) => [address, fields]),
      ),
    current: (address) => matches.get(address)?.object,
    catalogue: (kind) => catalogues.get(kind) ?? {},
    now,
  };
}
