import { parentAddress } from '../address.js';
import { kindNamed, kindOfAddress } from '../kinds/index.js';
import type { Kind, TenantLists, TenantObject } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import type { Ledger } from './ledger.js';
import type { Matching } from './matching.js';
import type { State } from './resource.js';

/**
 * Reads the children that do not come with the list of their parents (secrets of applications), for the parents of which
 * the manifest or the ledger says something.
 *
 * @returns the lists with those children; the same lists where there is nothing to read
 */
export async function readChildren(
  api: ReadApi,
  desired: State,
  ledger: Ledger,
  matching: Pick<Matching, 'matches'>,
  lists: TenantLists,
): Promise<TenantLists> {
  const wanted = parentsOfChildren(desired, ledger, matching);
  if (wanted.size === 0) return lists;
  const read = await Promise.all(
    [...lists].map(async ([name, objects]) => {
      const sections = Object.entries(kindNamed(name).children ?? {});
      return [
        name,
        await Promise.all(objects.map((object) => withChildren(api, object, sections, wanted))),
      ] as const;
    }),
  );
  return new Map(read);
}

async function withChildren(
  api: ReadApi,
  object: TenantObject,
  sections: readonly (readonly [string, Kind])[],
  wanted: ReadonlyMap<Kind, ReadonlySet<string>>,
): Promise<TenantObject> {
  const ownSections = sections.filter(([, child]) => wanted.get(child)?.has(object.id));
  if (ownSections.length === 0) return object;
  const children = await Promise.all(
    ownSections.map(
      async ([section, { endpoints }]) =>
        [section, (await endpoints?.listOf?.(api, object.id)) ?? []] as const,
    ),
  );
  return { ...object, children: { ...object.children, ...Object.fromEntries(children) } };
}

/** The ids of the parents whose children matter, by the kind of the children. */
function parentsOfChildren(
  desired: State,
  ledger: Ledger,
  { matches }: Pick<Matching, 'matches'>,
): ReadonlyMap<Kind, ReadonlySet<string>> {
  const wanted = new Map<Kind, Set<string>>();
  const want = (child: Kind | undefined, address: string): void => {
    const id = matches.get(address)?.object.id ?? ledger.entries.get(address)?.id;
    if (!child?.isReadByParent || id === undefined) return;
    wanted.set(child, (wanted.get(child) ?? new Set()).add(id));
  };
  for (const { kind, parent, address, lifecycle } of desired.values()) {
    if (parent !== undefined) want(kind, parent);
    for (const section of lifecycle.exact ?? []) want(kind.children?.[section], address);
  }
  for (const address of [...ledger.entries.keys(), ...ledger.intents.keys()]) {
    const kind = kindOfAddress(address);
    if (kind?.isReadByParent) want(kind, parentAddress(address));
  }
  return wanted;
}
