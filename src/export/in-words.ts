import { isObject, type Json, type JsonObject } from '../json.js';
import { holdsReferences, mapReferences } from '../kinds/references.js';
import type { Kind, LinkTarget, TenantObject } from '../kinds/kind.js';
import type { Everything } from './read-everything.js';

/** The key that an object is referred to by; undefined where it cannot be named. */
export type Naming = (target: LinkTarget) => string | undefined;

/** Links and parts of an object in the words of a manifest: keys in place of ids, lists in order. */
export function furtherFields(
  kind: Kind,
  object: TenantObject,
  { links, parts }: Pick<Everything, 'links' | 'parts'>,
  nameOf: Naming,
): JsonObject {
  const relations = Object.keys(kind.relations ?? {}).map((name) => {
    const targets = links.get(`${kind.name}.${name}`)?.get(object.id) ?? [];
    return [name, linksInWords(targets, kind.fields[name]?.type === 'map', nameOf)] as const;
  });
  const read = Object.entries(parts.get(object.id) ?? {}).map(([name, { value, targets }]) => {
    const field = kind.fields[name];
    if (!field || !holdsReferences(field)) return [name, sortedSets(value)] as const;
    const byId = new Map(targets.map((target) => [target.id, target]));
    const words = mapReferences(value, field, ({ key: id }) => {
      const target = byId.get(id);
      return target && nameOf(target);
    });
    return [name, sortedSets(words ?? null)] as const;
  });
  return Object.fromEntries([...relations, ...read]);
}

function linksInWords(targets: readonly LinkTarget[], isMap: boolean, nameOf: Naming): Json {
  if (!isMap) return targets.flatMap((target) => nameOf(target) ?? []).sort();
  const groups: Record<string, string[]> = {};
  for (const target of targets) {
    const parent = target.parent && nameOf(target.parent);
    const name = nameOf(target);
    if (parent !== undefined && name !== undefined) (groups[parent] ??= []).push(name);
  }
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
