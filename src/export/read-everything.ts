import { ApiError } from '../errors.js';
import type { Json, JsonObject } from '../json.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { referredKinds } from '../kinds/references.js';
import type { Field } from '../kinds/field.js';
import type { Kind, LinkTarget, PartValue, TenantLists, TenantObject } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import { readLists } from '../state/read-lists.js';

/** All that a tenant holds of some kinds, as Logto tells it. */
export interface Everything {
  readonly lists: TenantLists;
  /** The links of an object, by `kind.relation` and its id. */
  readonly links: ReadonlyMap<string, ReadonlyMap<string, readonly LinkTarget[]>>;
  /** The parts of an object by its id: name → what it holds. */
  readonly parts: ReadonlyMap<string, Readonly<Record<string, PartValue>>>;
  readonly catalogues: ReadonlyMap<string, Json>;
  /** Kinds that this server does not know. */
  readonly missing: ReadonlySet<string>;
}

/** Told while what belongs to single objects is read. */
export type OnRead = (done: number, total: number) => void;

/**
 * Reads every object of some kinds, with everything that belongs to it. What goes away while it is read is left out.
 *
 * @param kindNames sections of the manifest; what they refer to is read by name, and not what belongs to it
 */
export async function readEverything(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  onRead: OnRead = () => undefined,
): Promise<Everything> {
  const needed = [...kindNames].flatMap((name) => [name, ...neededBy(kindNamed(name))]);
  const listed = new Set(needed.filter((name) => kindNamed(name).endpoints?.list));
  const [{ lists, missing }, found] = await Promise.all([readLists(api, listed), findAll(api, kindNames)]);
  const all = new Map([...lists, ...found]);
  const counter = countReads(onRead);
  const [links, parts, children, catalogues] = await Promise.all([
    readLinks(api, kindNames, all, counter),
    readParts(api, kindNames, all, counter),
    readChildren(api, kindNames, all, counter),
    readCatalogues(api, kindNames, all),
  ]);
  const gone = new Set([...parts.gone, ...children.gone]);
  const kept = [...children.lists].map(
    ([name, objects]) => [name, objects.filter(({ id }) => !gone.has(id))] as const,
  );
  return { lists: new Map(kept), links, parts: parts.read, catalogues, missing };
}

const neededBy = ({ relations, parts, fields }: Kind): readonly string[] => [
  ...Object.values(fields).flatMap(referredKinds),
  ...Object.values(relations ?? {}).flatMap(({ needs }) => needs),
  ...Object.values(parts ?? {}).flatMap(({ needs }) => needs ?? []),
];

async function findAll(api: ReadApi, kindNames: ReadonlySet<string>): Promise<TenantLists> {
  const found = [...kindNames].map(
    async (name) => [name, await kindNamed(name).endpoints?.findAll?.(api)] as const,
  );
  const lists = (await Promise.all(found)).flatMap(([name, objects]) =>
    objects ? [[name, objects] as const] : [],
  );
  return new Map(lists);
}

type Count = <T>(reading: Promise<T>) => Promise<T>;

function countReads(onRead: OnRead): Count {
  let [done, total] = [0, 0];
  return async (reading) => {
    total += 1;
    try {
      return await reading;
    } finally {
      done += 1;
      onRead(done, total);
    }
  };
}

async function readLinks(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  lists: TenantLists,
  count: Count,
): Promise<Everything['links']> {
  const relations = [...kindNames].flatMap((name) =>
    Object.entries(kindNamed(name).relations ?? {}).map(([field, relation]) => ({ name, field, relation })),
  );
  const read = relations.map(async ({ name, field, relation }) => {
    const owners = (lists.get(name) ?? []).filter(({ fields }) => relation.appliesTo?.(fields) !== false);
    const ids = owners.map(({ id }) => id);
    return [`${name}.${field}`, await count(relation.read(api, ids, lists))] as const;
  });
  return new Map(await Promise.all(read));
}

async function readParts(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  lists: TenantLists,
  count: Count,
): Promise<{ readonly read: Everything['parts']; readonly gone: ReadonlySet<string> }> {
  const gone = new Set<string>();
  const jobs = [...kindNames].flatMap((name) => {
    const kind = kindNamed(name);
    const parts = Object.entries(kind.parts ?? {});
    return (lists.get(name) ?? []).map(async (object) => {
      const applying = parts.filter(([, { appliesTo }]) => appliesTo?.(object.fields) !== false);
      const read = applying.map(async ([field, part]) => {
        const declared = kind.fields[field];
        const stated = declared ? everythingOf(declared) : null;
        const value = await unlessGone(count(part.read(api, object.id, stated, lists)));
        if (!value) gone.add(object.id);
        return value ? [[field, value] as const] : [];
      });
      return [object.id, Object.fromEntries((await Promise.all(read)).flat())] as const;
    });
  });
  return { read: new Map(await Promise.all(jobs)), gone };
}

/** A statement of everything in a field, so that all of it is read. */
const everythingOf = (field: Field): Json =>
  field.type === 'object' ? Object.fromEntries(Object.keys(field.fields).map((name) => [name, null])) : null;

async function readChildren(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  lists: TenantLists,
  count: Count,
): Promise<{ readonly lists: TenantLists; readonly gone: ReadonlySet<string> }> {
  const gone = new Set<string>();
  const withChildren = async (object: TenantObject, kind: Kind): Promise<TenantObject> => {
    const apart = Object.entries(kind.children ?? {}).filter(([, child]) => child.isReadByParent);
    const read = apart.map(async ([section, { endpoints }]) => {
      const children = await unlessGone(count(endpoints?.listOf?.(api, object.id) ?? Promise.resolve([])));
      if (!children) gone.add(object.id);
      return [section, children ?? []] as const;
    });
    return read.length === 0
      ? object
      : { ...object, children: { ...object.children, ...Object.fromEntries(await Promise.all(read)) } };
  };
  const read = [...lists].map(async ([name, objects]) => {
    if (!kindNames.has(name)) return [name, objects] as const;
    const kind = kindNamed(name);
    return [name, await Promise.all(objects.map((object) => withChildren(object, kind)))] as const;
  });
  return { lists: new Map(await Promise.all(read)), gone };
}

/** Undefined where the object went away since it was listed. */
async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404 && error.code !== '') return undefined;
    throw error;
  }
}

async function readCatalogues(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  lists: TenantLists,
): Promise<ReadonlyMap<string, Json>> {
  // Where nothing is secret that is not so by its field, nobody asks what the server says of it.
  const asking = kinds.filter(
    ({ name, catalogue, isPublic }) => catalogue && isPublic && kindNames.has(name),
  );
  const none: readonly JsonObject[] = [];
  const read = asking.map(
    async ({ name, catalogue }) =>
      [name, (await catalogue?.(api, none, lists.get(name) ?? [])) ?? {}] as const,
  );
  return new Map(await Promise.all(read));
}
