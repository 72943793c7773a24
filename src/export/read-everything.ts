import type { Json, JsonObject } from '../json.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { referredKinds } from '../kinds/references.js';
import type { Field } from '../kinds/field.js';
import type { Kind, LinkTarget, PartValue, TenantLists, TenantObject } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import { readLists } from '../state/read-lists.js';
import { ifHeld, notHeld, nothingLacks, type Lacking } from './lacking.js';
import { countReads, unlessGone, type Count, type OnRead } from './reads.js';
import { readLinks } from './read-links.js';

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
  /** What was deleted while it was read, by its id; it is in none of the lists. */
  readonly gone: ReadonlyMap<string, { readonly kind: Kind; readonly object: TenantObject }>;
}

/**
 * Reads every object of some kinds, with everything that belongs to it. What goes away while it is read is left out.
 *
 * @param kindNames sections of the manifest; what they refer to is read by name, and not what belongs to it
 */
export async function readEverything(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  onRead: OnRead = () => undefined,
  lacking: Lacking = nothingLacks,
): Promise<Everything> {
  const needed = [...kindNames].flatMap((name) => [name, ...neededBy(kindNamed(name))]);
  const listed = new Set(needed.filter((name) => kindNamed(name).endpoints?.list));
  const [{ lists, missing }, found] = await Promise.all([
    readLists(api, listed),
    findAll(api, kindNames, lacking),
  ]);
  const all = new Map([...lists, ...found]);
  const counter = countReads(onRead);
  const [links, parts, children, catalogues] = await Promise.all([
    readLinks(api, kindNames, all, counter, lacking),
    readParts(api, kindNames, all, counter, lacking),
    readChildren(api, kindNames, all, counter, lacking),
    readCatalogues(api, kindNames, all),
  ]);
  const gone = new Set([...links.gone, ...parts.gone, ...children.gone]);
  const isKept = ({ id }: TenantObject): boolean => !gone.has(id);
  const kept = [...children.lists].map(([name, objects]) => [name, objects.filter(isKept)] as const);
  const goneObjects = [...all].flatMap(([name, objects]) =>
    objects
      .filter((object) => !isKept(object))
      .map((object) => [object.id, { kind: kindNamed(name), object }] as const),
  );
  return {
    lists: new Map(kept),
    links: links.read,
    parts: parts.read,
    catalogues,
    missing,
    gone: new Map(goneObjects),
  };
}

const neededBy = ({ relations, parts, fields }: Kind): readonly string[] => [
  ...Object.values(fields).flatMap(referredKinds),
  ...Object.values(relations ?? {}).flatMap(({ needs }) => needs),
  ...Object.values(parts ?? {}).flatMap(({ needs }) => needs ?? []),
];

async function findAll(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  { isLack }: Lacking,
): Promise<TenantLists> {
  const found = [...kindNames].map(async (name) => {
    const { findAll: read } = kindNamed(name).endpoints ?? {};
    const objects = read && (await ifHeld(read(api), isLack));
    return objects === undefined || objects === notHeld ? [] : [[name, objects] as const];
  });
  return new Map((await Promise.all(found)).flat());
}

async function readParts(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  lists: TenantLists,
  count: Count,
  { isLack, leaveOut }: Lacking,
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
        const reading = unlessGone(count(part.read(api, object.id, stated, lists)));
        const value = await ifHeld(reading, isLack, (error) => {
          leaveOut(name, field, error);
        });
        if (!value) gone.add(object.id);
        return value && value !== notHeld ? [[field, value] as const] : [];
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
  { isLack, leaveOut }: Lacking,
): Promise<{ readonly lists: TenantLists; readonly gone: ReadonlySet<string> }> {
  const gone = new Set<string>();
  const withChildren = async (object: TenantObject, kind: Kind): Promise<TenantObject> => {
    const apart = Object.entries(kind.children ?? {}).filter(([, child]) => child.isReadByParent);
    const read = apart.map(async ([section, { endpoints }]) => {
      const reading = unlessGone(count(endpoints?.listOf?.(api, object.id) ?? Promise.resolve([])));
      const children = await ifHeld(reading, isLack, (error) => {
        leaveOut(kind.name, section, error);
      });
      if (!children) gone.add(object.id);
      return [section, children === notHeld ? [] : (children ?? [])] as const;
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
