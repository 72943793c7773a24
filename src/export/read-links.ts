import { kindNamed } from '../kinds/index.js';
import type { LinkTarget, Relation, TenantLists } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import type { Everything } from './read-everything.js';
import { unlessGone, type Count } from './reads.js';

/** The links of every object of some kinds; what went away since it was listed is named. */
export async function readLinks(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  lists: TenantLists,
  count: Count,
): Promise<{ readonly read: Everything['links']; readonly gone: ReadonlySet<string> }> {
  const relations = [...kindNames].flatMap((name) =>
    Object.entries(kindNamed(name).relations ?? {}).map(([field, relation]) => ({ name, field, relation })),
  );
  const gone = new Set<string>();
  const read = relations.map(async ({ name, field, relation }) => {
    const owners = (lists.get(name) ?? []).filter(({ fields }) => relation.appliesTo?.(fields) !== false);
    const ids = owners.map(({ id }) => id);
    const together = await unlessGone(count(relation.read(api, ids, lists)));
    const links = together ?? (await readOneByOne(api, relation, ids, gone));
    return [`${name}.${field}`, links] as const;
  });
  return { read: new Map(await Promise.all(read)), gone };
}

async function readOneByOne(
  api: ReadApi,
  { readOne }: Relation,
  ids: readonly string[],
  gone: Set<string>,
): Promise<ReadonlyMap<string, readonly LinkTarget[]>> {
  const read = ids.map(async (id) => {
    const targets = await unlessGone(readOne(api, id));
    if (!targets) gone.add(id);
    return [id, targets ?? []] as const;
  });
  return new Map(await Promise.all(read));
}
