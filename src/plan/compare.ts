import { canonicalJson, isObject, jsonEqual, member, type Json, type JsonObject } from '../json.js';
import type { Field, Fields } from '../kinds/field.js';

/** A difference between a stated value and the tenant's. */
export interface Difference {
  readonly path: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** The field cannot be changed in place. */
  readonly immutable: boolean;
  readonly sensitive: boolean;
}

export interface CompareOptions {
  /** Paths that are neither compared nor written. */
  readonly ignore: readonly (readonly string[])[];
  /** Paths in which keys that are not stated are removed. */
  readonly exact: readonly (readonly string[])[];
  /** The object is made: what is ignored and has no value yet gets the stated one. */
  readonly isCreated?: true;
}

/**
 * The differences between what is stated and what the tenant has: only stated fields, sets as sets, JSON objects by
 * stated key at every depth.
 */
export function compareFields(
  kindFields: Fields,
  desired: JsonObject,
  current: JsonObject,
  options: CompareOptions,
): readonly Difference[] {
  return Object.entries(kindFields).flatMap(([name, field]) => {
    const value = desired[name];
    if (value === undefined || field.relation || (field.creationOnly && !options.isCreated)) return [];
    return compare(field, storedAs(field, value), current[name], [name], options, inherit(field, noTraits));
  });
}

/** Logto stores an empty text in a nullable column as null (core/utils/sql.ts: convertToPrimitiveOrSql). */
function storedAs(field: Field, value: Json): Json {
  if (field.emptyIsAbsent && field.type !== 'map' && isObject(value)) return withoutEmpty(value) ?? {};
  return value === '' && field.nullable ? null : value;
}

/** Empty texts, lists and objects become null, which is how Logto stores them (utils: clean-deep). */
function withoutEmpty(value: Json): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(withoutEmpty).filter((item) => item !== null);
    return items.length === 0 ? null : items;
  }
  if (!isObject(value)) return value === '' ? null : value;
  const members = Object.entries(value).map(([name, inner]) => [name, withoutEmpty(inner)] as const);
  return members.length === 0 ? null : Object.fromEntries(members);
}

/** Nothing but nulls, at every depth: Logto stores no object for it. */
const holdsNothing = (value: Json): boolean =>
  value === null || (isObject(value) && Object.values(value).every(holdsNothing));

interface Inherited {
  readonly immutable: boolean;
  readonly sensitive: boolean;
  readonly emptyIsAbsent: boolean;
}
const noTraits: Inherited = { immutable: false, sensitive: false, emptyIsAbsent: false };
const inherit = (field: Field, from: Inherited): Inherited => ({
  immutable: from.immutable || field.immutable === true,
  sensitive: from.sensitive || field.sensitive === true,
  emptyIsAbsent: from.emptyIsAbsent || field.emptyIsAbsent === true,
});

function compare(
  field: Field | undefined,
  desired: Json,
  current: Json | undefined,
  path: readonly string[],
  options: CompareOptions,
  traits: Inherited,
): readonly Difference[] {
  const isIgnored = options.ignore.some((ignored) => startsWith(path, ignored));
  if (isIgnored && !(options.isCreated && current === undefined)) return [];
  if (field?.type === 'text' && field.emptyIsAbsent && desired === '') {
    return compare(field, null, current, path, options, traits);
  }
  if (isObject(desired) && isObject(current) && (field === undefined || isKeyed(field))) {
    return compareObjects(field, desired, current, path, options, traits);
  }
  const isAbsent = current === null || current === undefined;
  if (traits.emptyIsAbsent && isAbsent && path.length > 1 && holdsNothing(desired)) return [];
  if (sameValue(field, desired, current)) return [];
  const { immutable, sensitive } = traits;
  return [{ path, before: current, after: desired ?? undefined, immutable, sensitive }];
}

const isKeyed = ({ type }: Field): boolean => type === 'object' || type === 'json' || type === 'record';

export const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.length <= path.length && start.every((segment, index) => path[index] === segment);

function compareObjects(
  field: Field | undefined,
  desired: JsonObject,
  current: JsonObject,
  path: readonly string[],
  options: CompareOptions,
  traits: Inherited,
): readonly Difference[] {
  const exact = options.exact.some((part) => startsWith(path, part));
  const unstated = Object.keys(current).filter((name) => !Object.hasOwn(desired, name));
  const removed = exact ? unstated.filter((name) => !fieldIn(field, name)?.required) : [];
  return [...Object.keys(desired), ...removed].flatMap((name) => {
    const inner = fieldIn(field, name);
    const traitsBelow = inner ? inherit(inner, traits) : traits;
    const value = Object.hasOwn(desired, name) ? (desired[name] ?? null) : withoutStatement(inner);
    return compare(inner, value, member(current, name), [...path, name], options, traitsBelow);
  });
}

function fieldIn(field: Field | undefined, name: string): Field | undefined {
  if (field?.type === 'record') return { ...field.items, nullable: true };
  return field?.type === 'object' ? member(field.fields, name) : undefined;
}

/** What a key holds that is not stated in a part that is wholly ours: nothing, unless Logto requires something. */
const withoutStatement = (field: Field | undefined): Json => field?.initial ?? null;

/** Whether Logto takes two values of a field for the same. */
export function sameValue(field: Field | undefined, desired: Json, current: Json | undefined): boolean {
  // A stored null and no value are equal: both are what `null` in a manifest asks for.
  if (desired === null && (current === null || current === undefined)) return true;
  if (current === undefined || current === null) {
    return field?.sameAsAbsent !== undefined && jsonEqual(desired, field.sameAsAbsent);
  }
  if (desired === null) return field?.sameAsAbsent !== undefined && jsonEqual(current, field.sameAsAbsent);
  return jsonEqual(normal(field, desired), normal(field, current));
}

/** One of all the values that Logto takes for the same. */
function normal(field: Field | undefined, value: Json): Json {
  if (field?.type === 'text' && field.lowercase && typeof value === 'string') return value.toLowerCase();
  if (field?.type === 'list' && Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => normal(field.items, item));
    if (!field.unordered && !field.distinct) return items;
    const each = [...new Map(items.map((item) => [canonicalJson(item), item])).values()];
    return field.unordered ? each.map(canonicalJson).sort() : each;
  }
  if (field?.type === 'map' && isObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => [key, normal(field.items, item)] as const);
    const isKept = (item: Json): boolean => !field.emptyIsAbsent || !Array.isArray(item) || item.length > 0;
    return Object.fromEntries(entries.filter(([, item]) => isKept(item)));
  }
  return value;
}

/**
 * What a column has to hold so that the stated keys are as stated and all others stay: JSON Merge Patch (RFC 7396).
 * Ignored paths keep what the tenant has; at a creation they get what is stated where it has nothing.
 */
export function mergeColumn(
  field: Field | undefined,
  desired: Json,
  current: Json | undefined,
  path: readonly string[],
  options: CompareOptions,
): Json | undefined {
  const isIgnored = (at: readonly string[]): boolean =>
    options.ignore.some((ignored) => startsWith(at, ignored));
  if (isIgnored(path) && !(options.isCreated && current === undefined)) return current;
  if (Array.isArray(desired)) return withoutRepetitions(field, desired as readonly Json[]);
  // A map and JSON without known keys are stated whole.
  if (!isObject(desired) || (field && !isKeyed(field))) return desired;
  const before: JsonObject = isObject(current) ? current : {};
  const exact = options.exact.some((part) => startsWith(path, part));
  const unstated = Object.entries(before).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    if (Object.hasOwn(desired, name)) return [];
    const inner = fieldIn(field, name);
    if (!exact || inner?.required || isIgnored([...path, name])) return [[name, value]];
    return inner?.initial === undefined ? [] : [[name, inner.initial]];
  });
  const stated = Object.entries(desired).flatMap(([name, value]) => {
    const result = mergeColumn(fieldIn(field, name), value, member(before, name), [...path, name], options);
    return result === undefined || result === null ? [] : [[name, result] as const];
  });
  return Object.fromEntries([...unstated, ...stated]);
}

/** Logto refuses some repetitions, and others mean nothing. */
function withoutRepetitions(field: Field | undefined, items: readonly Json[]): readonly Json[] {
  if (field?.type !== 'list' || (!field.unordered && !field.distinct)) return items;
  return [...new Map(items.map((item) => [canonicalJson(item), item])).values()];
}
