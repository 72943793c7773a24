import { kindNamed } from '../kinds/index.js';
import type { LinkTarget, TenantLists } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import { ifHeld, notHeld, type Lacking } from './lacking.js';
import type { Everything } from './read-everything.js';
import { unlessGone, type Count } from './reads.js';

/** The links of every object of some kinds; what went away since it was listed is named. */
export async function readLinks(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  lists: TenantLists,
  count: Count,
  lacking: Lacking,
): Promise<{ readonly read: Everything['links']; readonly gone: ReadonlySet<string> }> {
  const relations = [...kindNames].flatMap((name) =>
    Object.entries(kindNamed(name).relations ?? {}).map(([field, relation]) => ({ name, field, relation })),
  );
  const gone = new Set<string>();
  const read = relations.map(async ({ name, field, relation }) => {
    const owners = (lists.get(name) ?? []).filter(({ fields }) => relation.appliesTo?.(fields) !== false);
    const ids = owners.map(({ id }) => id);
    const together = await ifHeld(unlessGone(count(relation.read(api, ids, lists))), lacking.isLack);
    if (together !== undefined && together !== notHeld) return [`${name}.${field}`, together] as const;
    const one = (id: string) =>
      ifHeld(unlessGone(relation.readOne(api, id)), lacking.isLack, (error) => {
        lacking.leaveOut(name, field, error);
      });
    return [`${name}.${field}`, await readOneByOne(one, ids, gone)] as const;
  });
  return { read: new Map(await Promise.all(read)), gone };
}

async function readOneByOne(
  readOne: (id: string) => Promise<readonly LinkTarget[] | undefined | typeof notHeld>,
  ids: readonly string[],
  gone: Set<string>,
): Promise<ReadonlyMap<string, readonly LinkTarget[]>> {
  const read = ids.map(async (id) => {
    const targets = await readOne(id);
    if (!targets) gone.add(id);
    return targets === notHeld ? [] : [[id, targets ?? []] as const];
  });
  return new Map((await Promise.all(read)).flat());
}
