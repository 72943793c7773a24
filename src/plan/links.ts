import type { CurrentLink, CurrentResource } from '../state/current-state.js';
import type { Resource } from '../state/resource.js';
import { statedLinks, type Targets } from '../state/targets.js';
import { startsWith } from './compare.js';
import type { Change, LinkWork } from './plan.js';
import { compareOptions } from './replacements.js';

/** What has to be done so that the links of each stated relation are exactly the stated ones. */
export interface LinkDifference {
  readonly changes: readonly Change[];
  readonly links: readonly LinkWork[];
}

/**
 * Compares the stated relations of a resource with those of the tenant.
 *
 * @param isReplaced whether the object behind an address, or of an id, goes away in this plan and its links with it
 */
export function compareLinks(
  resource: Resource,
  current: CurrentResource | undefined,
  targets: Targets,
  isReplaced: (addressOrId: string) => boolean,
): LinkDifference {
  const { ignore } = compareOptions(resource);
  const changes: Change[] = [];
  const links: LinkWork[] = [];
  for (const relation of Object.keys(resource.kind.relations ?? {})) {
    const stated = statedLinks(resource, relation);
    // What is made gets its links once also where they are left alone from then on.
    const isIgnored = current !== undefined && ignore.some((path) => startsWith([relation], path));
    if (!stated || isIgnored) continue;
    const before = (current?.links.get(relation) ?? []).filter(({ id }) => !isReplaced(id));
    const ends = stated.map(({ labels, address }) => {
      const id = isReplaced(address) ? undefined : targets.idOf(address);
      return { labels, label: labels.join(' '), address, ...(id !== undefined && { id }) };
    });
    // Two external addresses may be one object.
    const after = [...new Map(ends.map((end) => [end.id ?? end.address, end])).values()];
    const beforeIds = new Set(before.map(({ id }) => id));
    const afterIds = new Set(after.map(({ id }) => id));
    const add = after.filter(({ id }) => id === undefined || !beforeIds.has(id));
    const remove = before.filter(({ id }) => !afterIds.has(id));
    if (add.length + remove.length === 0) continue;
    changes.push(...describe(relation, before, after));
    links.push({
      relation,
      add: add.map(({ label, address, id }) => ({ label, address, ...(id !== undefined && { id }) })),
      remove: remove.map(({ labels, id }) => ({ id, label: labels.join(' ') })),
    });
  }
  return { changes, links };
}

type Labelled = Pick<CurrentLink, 'labels'>;

/** One change for a list of keys; for a map of lists, one for each key under which something differs. */
function describe(
  relation: string,
  before: readonly Labelled[],
  after: readonly Labelled[],
): readonly Change[] {
  const groups = new Set([...before, ...after].map(({ labels }) => JSON.stringify(labels.slice(0, -1))));
  return [...groups].sort().flatMap((group) => {
    const below = (links: readonly Labelled[]): string[] =>
      links
        .filter(({ labels }) => JSON.stringify(labels.slice(0, -1)) === group)
        .map(({ labels }) => labels.at(-1) ?? '')
        .sort();
    const [from, to] = [below(before), below(after)];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [
      {
        path: [relation, ...(JSON.parse(group) as string[])],
        ...(from.length > 0 && { before: from }),
        ...(to.length > 0 ? { after: to } : from.length === 0 ? {} : { after: [] }),
      },
    ];
  });
}
