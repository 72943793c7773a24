import { isObject, type Json, type JsonObject } from '../json.js';
import type { Field } from '../kinds/field.js';
import { holdsReferences, mapReferences } from '../kinds/references.js';
import type { Kind, LinkTarget, TenantObject } from '../kinds/kind.js';
import type { Everything } from './read-everything.js';

/** The key that an object is referred to by; undefined where it cannot be named. */
export type Naming = (target: LinkTarget) => string | undefined;

/**
 * Links and parts of an object in the words of a manifest: keys in place of ids, lists in order. What a manifest states is
 * the whole set, so nothing is said of one of which a member cannot be named, unless that one is gone.
 */
export function furtherFields(
  kind: Kind,
  object: TenantObject,
  { links, parts, gone }: Pick<Everything, 'links' | 'parts' | 'gone'>,
  nameOf: Naming,
): JsonObject {
  const relations = Object.keys(kind.relations ?? {}).map((name) => {
    const targets = links.get(`${kind.name}.${name}`)?.get(object.id) ?? [];
    const left = targets.filter(({ id, parent }) => !gone.has(id) && !gone.has(parent?.id ?? ''));
    return [name, linksInWords(left, kind.fields[name]?.type === 'map', nameOf)] as const;
  });
  const read = Object.entries(parts.get(object.id) ?? {}).map(([name, { value, targets }]) => {
    const field = kind.fields[name];
    if (!field || !holdsReferences(field)) return [name, sortedSets(value)] as const;
    const byId = new Map(targets.map((target) => [target.id, target]));
    const keyOf = (id: string): string | undefined => {
      const target = byId.get(id);
      return target && nameOf(target);
    };
    const words = partInWords(value, field, keyOf, (id) => gone.has(id));
    return [name, words === undefined ? undefined : sortedSets(words)] as const;
  });
  return Object.fromEntries(
    [...relations, ...read].flatMap(([name, words]) => (words === undefined ? [] : [[name, words] as const])),
  );
}

function partInWords(
  value: Json,
  field: Field,
  keyOf: (id: string) => string | undefined,
  isGone: (id: string) => boolean,
): Json | undefined {
  if (field.type === 'object' && isObject(value)) {
    const members = Object.entries(value).flatMap(([name, inner]) => {
      const innerField = field.fields[name];
      const words = innerField ? partInWords(inner, innerField, keyOf, isGone) : inner;
      return words === undefined ? [] : [[name, words] as const];
    });
    return Object.fromEntries(members);
  }
  const unnamed: string[] = [];
  const words = mapReferences(value, field, ({ key: id }) => {
    const key = keyOf(id);
    if (key === undefined && !isGone(id)) unnamed.push(id);
    return key;
  });
  return unnamed.length === 0 ? words : undefined;
}

function linksInWords(targets: readonly LinkTarget[], isMap: boolean, nameOf: Naming): Json | undefined {
  const keys: string[] = [];
  const groups: Record<string, string[]> = {};
  for (const target of targets) {
    const parent = target.parent && nameOf(target.parent);
    const name = nameOf(target);
    if (name === undefined || (isMap && parent === undefined)) return undefined;
    if (isMap && parent !== undefined) (groups[parent] ??= []).push(name);
    else keys.push(name);
  }
  if (!isMap) return keys.sort();
  return Object.fromEntries(
    Object.entries(groups)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([parent, names]) => [parent, names.sort()] as const),
  );
}

/** Lists of texts in parts are sets: Logto tells them in any order. Lists of objects have one. */
function sortedSets(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.every((item) => typeof item === 'string') ? [...items].sort() : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, inner]) => [name, sortedSets(inner)] as const),
  );
}
