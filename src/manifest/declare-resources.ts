import { formatAddress, parseAddress } from '../address.js';
import { isObject, objectOrEmpty, textOf, type Json, type JsonObject } from '../json.js';
import { kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import { externalAddress } from '../kinds/references.js';
import type { Lifecycle } from '../state/resource.js';
import { checkSchema } from './check-schema.js';
import type { Declarations, Declared } from './declared.js';
import { emptyMap, isNull, type Located, type LocatedEntry, type LocatedMap } from './located.js';
import { withMoments } from './moments.js';
import type { Problems } from './problems.js';
import { addressBelow, externalKinds } from './sections.js';
import { placeName, rangeOf } from './source-text.js';
import { didYouMean } from './did-you-mean.js';

/** Reads every resource of the manifest, checked against its kind, in the order of the kinds and then as written. */
export function declareResources(root: LocatedMap, problems: Problems): Declarations {
  const declarations = new Map<string, Declared>();
  const add = (declared: Declared): void => {
    const { address } = declared.resource;
    const first = declarations.get(address);
    if (!first) declarations.set(address, declared);
    else {
      const message = `${address} is declared twice; first at ${placeName(first.entry.key)}`;
      problems.error('duplicate-address', message, declared.entry.key, 'remove one of them');
    }
  };
  for (const kind of kinds) {
    const section = root.entries.get(kind.name);
    if (!section) continue;
    if (kind.singleton) add(singletonResource(kind, section, problems));
    else if (kind.link)
      for (const entry of listItems(section, kind.name, problems)) add(linkResource(kind, entry, problems));
    else {
      for (const [key, entry] of mapEntries(section, kind.name, problems)) {
        resourceWithChildren(kind, key, entry, problems).forEach(add);
      }
    }
  }
  externals(root, problems).forEach(add);
  return declarations;
}

function singletonResource(kind: Kind, entry: LocatedEntry, problems: Problems): Declared {
  const { json, wrongFields } = checkResource(kind, kind.name, entry, problems);
  return declare(kind, kind.name, kind.name, { entry, json, wrongFields });
}

/** The key of a resource that is the name of it has the limits of a name. */
function checkKey(kind: Kind, key: string, entry: LocatedEntry, problems: Problems): void {
  if (kind.keyField === undefined) return;
  const keys = new Map([[key, { key: entry.key, value: emptyMap(entry.key) }]]);
  checkSchema(
    { key: entry.key, value: { ...emptyMap(entry.key), entries: keys } },
    { subject: kind.name, schema: `keys.${kind.name}` },
    problems,
  );
}

function resourceWithChildren(
  kind: Kind,
  key: string,
  entry: LocatedEntry,
  problems: Problems,
): readonly Declared[] {
  const address = formatAddress([kind.name, key]);
  checkKey(kind, key, entry, problems);
  const { json, wrongFields } = checkResource(kind, address, entry, problems);
  const declared = declare(kind, address, key, { entry, json, wrongFields });
  const children = Object.entries(kind.children ?? {}).flatMap(([section, child]) => {
    const values = objectOrEmpty(objectOrEmpty(json)[section]);
    return childEntries(entry, section).map(([childKey, childEntry]) => {
      const childAddress = addressBelow(address, [section, childKey]);
      const written = { entry: childEntry, json: values[childKey], wrongFields: noFields };
      return declare(child, childAddress, childKey, written, address);
    });
  });
  return [declared, ...children];
}

function linkResource(kind: Kind, entry: LocatedEntry, problems: Problems): Declared {
  const position = `an item of ${kind.name}`;
  const { json, wrongFields } = checkResource(kind, position, entry, problems);
  const spec = objectOrEmpty(json);
  const segments = kind.key.map((field) => textOf(spec[field]));
  const address = formatAddress([kind.name, ...segments]);
  return declare(kind, address, segments.at(-1) ?? '', { entry, json, wrongFields });
}

function externals(root: LocatedMap, problems: Problems): readonly Declared[] {
  const external = root.entries.get('external');
  if (!external) return [];
  const names = externalKinds.map(({ name }) => name);
  const sections = mapEntries(external, 'external', problems);
  for (const [name, { key }] of sections) {
    if (names.includes(name)) continue;
    const hint = didYouMean(name, names) ?? `the sections are ${names.join(', ')}`;
    problems.error('unknown-field', `external has no section "${name}"`, key, hint);
  }
  return externalKinds.flatMap((kind) => {
    const section = sections.find(([name]) => name === kind.name)?.[1];
    if (!section) return [];
    return mapEntries(section, `external.${kind.name}`, problems).map(([key, entry]) => {
      const address = externalAddress(formatAddress([kind.name, key]));
      const check = { subject: address, schema: `external.${kind.name}` };
      const { json, wrongFields } = checkSchema(entry, check, problems);
      const declared = declare(kind, address, key, { entry, json, wrongFields });
      return { ...declared, resource: { ...declared.resource, external: true as const } };
    });
  });
}

const checkResource = (kind: Kind, subject: string, entry: LocatedEntry, problems: Problems) =>
  checkSchema(
    entry,
    { subject, schema: kind.name, childSections: Object.keys(kind.children ?? {}) },
    problems,
  );

interface Written {
  readonly entry: LocatedEntry;
  readonly json: Json | undefined;
  /** Those that are known so far. */
  readonly wrongFields: ReadonlySet<string>;
}

function declare(
  kind: Kind,
  address: string,
  key: string,
  { entry, json, wrongFields }: Written,
  parent?: string,
): Declared {
  const spec = objectOrEmpty(json);
  const { id, lifecycle } = spec;
  const resource = {
    kind,
    address,
    key,
    ...(parent !== undefined && { parent }),
    fields: withMoments(fieldsOf(kind, key, spec), kind.fields),
    lifecycle: isObject(lifecycle) ? withPlainPaths(lifecycle) : {},
    ...(typeof id === 'string' && { pinnedId: id }),
    source: rangeOf(entry.key),
  };
  return { resource, entry, wrongFields: withFields(wrongFields, brokenFields(entry)) };
}

function fieldsOf(kind: Kind, key: string, spec: JsonObject): JsonObject {
  const fields: Record<string, Json> = kind.keyField === undefined ? {} : { [kind.keyField]: key };
  for (const [name, value] of Object.entries(spec)) {
    if (Object.hasOwn(kind.fields, name)) fields[name] = value;
  }
  return fields;
}

/** However a path is spelt: `["customData"].a` is `customData.a`. A lifecycle with mistakes may hold anything. */
function withPlainPaths(lifecycle: Lifecycle): Lifecycle {
  const paths = (['ignore', 'exact'] as const).flatMap((name) => {
    const stated: unknown = lifecycle[name];
    return Array.isArray(stated) ? [[name, stated.map(plainPath)] as const] : [];
  });
  return { ...lifecycle, ...Object.fromEntries(paths) };
}

function plainPath(path: unknown): unknown {
  const segments = typeof path === 'string' ? parseAddress(path) : undefined;
  return segments ? formatAddress(segments) : path;
}

const noFields: ReadonlySet<string> = new Set();

const withFields = (fields: ReadonlySet<string>, more: readonly string[]): ReadonlySet<string> =>
  more.length === 0 ? fields : new Set([...fields, ...more]);

/** The fields that hold an expression without a value. */
function brokenFields({ value }: LocatedEntry): readonly string[] {
  if (value.type !== 'map') return [];
  const names: string[] = [];
  for (const [name, entry] of value.entries) if (holdsBroken(entry.value)) names.push(name);
  return names;
}

function holdsBroken(node: Located): boolean {
  switch (node.type) {
    case 'scalar':
      return node.broken === true;
    case 'list':
      return node.items.some(holdsBroken);
    case 'map':
      for (const { value } of node.entries.values()) if (holdsBroken(value)) return true;
      return false;
    case 'removal':
      return false;
  }
}

function childEntries(
  { value }: LocatedEntry,
  section: string,
): readonly (readonly [string, LocatedEntry])[] {
  const children = value.type === 'map' ? value.entries.get(section)?.value : undefined;
  return children?.type === 'map' ? [...children.entries] : [];
}

function mapEntries(
  { key, value }: LocatedEntry,
  section: string,
  problems: Problems,
): readonly (readonly [string, LocatedEntry])[] {
  if (isNull(value)) return [];
  if (value.type !== 'map') {
    const message = `${section} must be a map with one key for each ${section === 'external' ? 'section' : 'entry'}`;
    if (value.type !== 'scalar' || !value.broken) problems.error('wrong-type', message, key);
    return [];
  }
  for (const [name, entry] of value.entries) {
    if (name === '') problems.error('wrong-value', `a key in ${section} is empty`, entry.key);
  }
  return [...value.entries];
}

function listItems(
  { key, value }: LocatedEntry,
  section: string,
  problems: Problems,
): readonly LocatedEntry[] {
  if (isNull(value)) return [];
  if (value.type === 'list') return value.items.map((item) => ({ key: item.place, value: item }));
  if (value.type !== 'scalar' || !value.broken) {
    problems.error('wrong-type', `${section} must be a list`, key, 'write - before each of its items');
  }
  return [];
}
