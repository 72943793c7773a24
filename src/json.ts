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
  if (isObject(value)) {
    const members = Object.keys(value)
      .sort()
      .filter((key) => value[key] !== undefined)
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

export const jsonEqual = (left: unknown, right: unknown): boolean =>
  left === right || canonicalJson(left) === canonicalJson(right);

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
