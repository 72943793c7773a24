export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
