export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** An object as it is, and for anything else an empty one. */
export const objectOrEmpty = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** What an object itself holds: keys may be any text, also `constructor`, which every object of JavaScript inherits. */
export const member = <T>(object: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** JSON with the keys of every object sorted, so that equal values give equal text (Logto's jsonb keeps no key order). */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  // One text that grows: lists of members would be the most of what a plan leaves behind.
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const inner = value[key];
    if (inner === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(inner)}`;
  }
  return `{${members}}`;
}

/** Whether two values are the same JSON, whatever the order of keys. What is undefined is null, and as a member nothing. */
export function jsonEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => jsonEqual(item, right[index]))
    );
  }
  if (!isObject(left) || !isObject(right)) return (left ?? null) === (right ?? null);
  let more = 0;
  for (const key of Object.keys(right)) if (right[key] !== undefined) more += 1;
  for (const key of Object.keys(left)) {
    if (left[key] === undefined) continue;
    if (member(right, key) === undefined || !jsonEqual(left[key], right[key])) return false;
    more -= 1;
  }
  return more === 0;
}

/** The same, where nothing and null are two things, as in a manifest. */
export const sameStatement = (left: Json | undefined, right: Json | undefined): boolean =>
  (left === undefined) === (right === undefined) && jsonEqual(left, right);

/** A text as it is, anything else as JSON: for messages. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : canonicalJson(value));

/** The members of an object with these names, where it has them. */
export const pick = (value: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    names.flatMap((name) => {
      const member = value[name];
      return member === undefined ? [] : [[name, member] as const];
    }),
  );

/** An object without the keys that hold null, at every depth: a stored null is no different from none. */
export function withoutNulls(value: Json): Json {
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(members.map(([name, inner]) => [name, withoutNulls(inner)] as const));
}
