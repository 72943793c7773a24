import { Document } from 'yaml';
import { isObject, jsonEqual, type Json, type JsonObject } from '../json.js';
import type { Field, Fields } from '../kinds/field.js';
import { kindNamed, kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import { yamlText } from './yaml-text.js';

/**
 * A manifest in the one order that it has in every form: sections in the order of the kinds, keys sorted, fields as
 * the kinds declare them, lists whose order means nothing sorted. Equal manifests give equal text.
 */
export function canonicalDocument(document: JsonObject): JsonObject {
  const names = ['stack', 'variables', 'external', 'moved', ...kinds.map(({ name }) => name)];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = document[name];
      return value === undefined ? [] : [[name, section(name, value)] as const];
    }),
  );
}

function section(name: string, value: Json): Json {
  if (name === 'stack' || name === 'moved') return value;
  if (name === 'variables') return sorted(value, sortedKeys);
  if (name === 'external') {
    return sorted(value, (keys, kindName) => sorted(keys, (spec) => resource(kindNamed(kindName), spec)));
  }
  const kind = kindNamed(name);
  if (kind.singleton) return resource(kind, value);
  if (!Array.isArray(value)) return sorted(value, (spec) => resource(kind, spec));
  const items = (value as readonly Json[]).map((item) => resource(kind, item));
  return [...items].sort((left, right) => compare(JSON.stringify(left), JSON.stringify(right)));
}

function resource(kind: Kind, spec: Json): Json {
  if (!isObject(spec)) return spec ?? {};
  const { lifecycle, id, ...rest } = spec;
  const children = Object.entries(kind.children ?? {}).flatMap(([name, child]) => {
    const held = rest[name];
    return held === undefined ? [] : [[name, sorted(held, (inner) => resource(child, inner))] as const];
  });
  return {
    ...(id !== undefined && { id }),
    ...inFieldOrder(kind.fields, rest),
    ...Object.fromEntries(children),
    ...(lifecycle !== undefined && { lifecycle: sortedKeys(lifecycle) }),
  };
}

function inFieldOrder(fields: Fields, values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = values[name];
      return value === undefined ? [] : [[name, fieldValue(field, value)] as const];
    }),
  );
}

function fieldValue(field: Field, value: Json): Json {
  if (field.type === 'object' && isObject(value)) return inFieldOrder(field.fields, value);
  if (field.type === 'map') return sorted(value, (item) => fieldValue(field.items, item));
  if (field.type === 'list' && Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => fieldValue(field.items, item));
    return field.unordered ? unordered(items) : items;
  }
  return sortedKeys(value);
}

function unordered(items: readonly Json[]): readonly Json[] {
  const different = items.filter(
    (item, index) => items.findIndex((other) => jsonEqual(other, item)) === index,
  );
  return different.sort((left, right) => compare(JSON.stringify(left), JSON.stringify(right)));
}

/** Every object below with its keys sorted. */
function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sortedKeys);
  return sorted(value, sortedKeys);
}

/** An object with its keys sorted and its values replaced; anything else as it is. */
function sorted(value: Json, inner: (value: Json, key: string) => Json): Json {
  if (!isObject(value) || Array.isArray(value)) return value;
  const keys = Object.keys(value).sort(compare);
  return Object.fromEntries(keys.map((key) => [key, inner(value[key] ?? null, key)]));
}

/** By code units: the same on every machine, whatever its language. */
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** A document as YAML. */
export const manifestText = (value: Json): string =>
  yamlText(new Document(value, { aliasDuplicateObjects: false }), { lineWidth: 0 });
