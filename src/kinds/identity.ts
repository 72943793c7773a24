import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { Kind } from './kind.js';

/**
 * The fields that Logto keeps unique, for a resource with these fields; [] where it keeps nothing unique. A name may lead
 * into an object: `metadata.target`.
 */
export const keyNames = (kind: Kind, fields: JsonObject): readonly string[] =>
  kind.keyOf?.(fields) ?? kind.key;

/** The same, or what a person knows the object by. */
export function knownBy(kind: Kind, fields: JsonObject): readonly string[] {
  const names = keyNames(kind, fields);
  return names.length > 0 ? names : [kind.title];
}

/** What a person knows an object by, as text; what there is one of has no name, and may hold secrets. */
export function titleOf(kind: Kind, fields: JsonObject): string {
  if (kind.singleton) return kind.singular;
  const names = knownBy(kind, fields);
  if (names.length > 1) return valuesAt(fields, names).map(textOf).join(' ');
  return textOf(fields[kind.title] ?? valueAt(fields, names[0] ?? kind.title) ?? '');
}

/** The value that a name leads to; null where there is none. */
export const valueAt = (fields: JsonObject, name: string): Json =>
  name.split('.').reduce<Json>((value, part) => (isObject(value) ? (value[part] ?? null) : null), fields);

/** Values by their names. */
export const valuesAt = (fields: JsonObject, names: readonly string[]): readonly Json[] =>
  names.map((name) => valueAt(fields, name));

/** Whether objects of the kind live in another one. */
export const isChild = (kind: Kind): boolean => kind.name.includes('.');
