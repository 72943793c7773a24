import { isList, isObject, withoutNulls, type Json, type JsonObject } from '../json.js';
import type { Field, Fields, MapField } from '../kinds/field.js';
import { fieldAt } from '../kinds/field-at.js';
import { mapReferences } from '../kinds/references.js';
import { sameValue } from '../plan/compare.js';

/** Whether what a manifest refers to by an address stays stated, although the tenant has no such link. */
export type Keeps = (address: string) => boolean;

/**
 * What the tenant has, as the manifest would say it: what is the same stays as it is written, sets in their order; what is
 * new comes last.
 *
 * @param current in the words of the manifest: keys in place of ids
 * @returns undefined where nothing is to be stated
 */
export function tenantValue(
  field: Field | undefined,
  stated: Json | undefined,
  current: Json | undefined,
  keeps: Keeps = () => false,
  mapKey?: string,
): Json | undefined {
  if (current === undefined || current === null) return field ? nothingIn(field) : null;
  if (stated !== undefined && sameValue(field, stated, current)) return stated;
  if (field?.type === 'time' && typeof current === 'number') return new Date(current).toISOString();
  if (isList(current)) {
    const before = isList(stated) ? stated : [];
    return field?.type === 'list' && field.unordered
      ? mergedSet(field.items, before, current, (item) => refersTo(item, field.items, keeps, mapKey))
      : current.map((item) => likeStated(field?.type === 'list' ? field.items : undefined, before, item));
  }
  if (!isObject(current)) return current;
  return field?.type === 'map'
    ? tenantMap(field, isObject(stated) ? stated : {}, current, keeps)
    : withoutNulls(current);
}

/** What says that there is nothing: null where Logto can hold it, so that it stays stated. */
function nothingIn(field: Field): Json | undefined {
  if (field.nullable) return null;
  return field.sameAsAbsent as Json | undefined;
}

function mergedSet(
  items: Field,
  stated: readonly Json[],
  current: readonly Json[],
  isKept: (item: Json) => boolean,
): readonly Json[] {
  const isIn = (item: Json, list: readonly Json[]): boolean =>
    list.some((other) => sameValue(items, item, other));
  return [
    ...stated.filter((item) => isIn(item, current) || isKept(item)),
    ...current.filter((item) => !isIn(item, stated)),
  ];
}

/** An item as it is written where the same is stated. */
const likeStated = (items: Field | undefined, stated: readonly Json[], item: Json): Json =>
  stated.find((other) => sameValue(items, other, item)) ?? withoutNulls(item);

function tenantMap(field: MapField, stated: JsonObject, current: JsonObject, keeps: Keeps): Json {
  const keys = [...new Set([...Object.keys(stated), ...Object.keys(current)])];
  const entries = keys.flatMap((key): readonly (readonly [string, Json])[] => {
    const written = stated[key];
    if (!Object.hasOwn(current, key)) {
      const isKept = written !== undefined && refersTo({ [key]: written }, field, keeps);
      return isKept ? [[key, written]] : [];
    }
    const value = tenantValue(field.items, written, current[key], keeps, key);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

/** Whether something in a value names what is kept. */
function refersTo(value: Json, field: Field, keeps: Keeps, mapKey?: string): boolean {
  let found = false;
  mapReferences(
    value,
    field,
    ({ address, parent, key }) => {
      found ||= keeps(address) || (parent !== undefined && keeps(parent.address));
      return key;
    },
    mapKey,
  );
  return found;
}

/** The field that a path leads to. What a record holds may be taken away. */
export function fieldOf(fields: Fields, path: readonly string[]): Field | undefined {
  const field = fieldAt(fields, path);
  const isInRecord = fieldAt(fields, path.slice(0, -1))?.type === 'record';
  return field && isInRecord ? { ...field, nullable: true } : field;
}
