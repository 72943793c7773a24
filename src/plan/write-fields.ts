import { isObject, jsonEqual, type Json, type JsonObject } from '../json.js';
import type { Field } from '../kinds/field.js';
import type { Kind } from '../kinds/kind.js';
import { mergeColumn, type CompareOptions } from './compare.js';

/** Stated fields, and below them what is taken over from an object that is gone. */
export function withCarried(
  kind: Kind,
  desired: JsonObject,
  carriedOver: JsonObject,
  options: CompareOptions,
): JsonObject {
  const merged = Object.entries(carriedOver).map(([name, before]) => {
    const stated = desired[name];
    return [
      name,
      stated === undefined
        ? before
        : (mergeColumn(kind.fields[name], stated, before, [name], options) ?? null),
    ];
  });
  return { ...desired, ...(Object.fromEntries(merged) as JsonObject) };
}

/** The body of a creation, and the fields that the creation does not accept. */
export interface CreationFields {
  readonly fields: JsonObject;
  readonly lateFields: JsonObject;
}

/**
 * What creates the object as stated.
 *
 * @param replaced what the object that it takes the place of held: fields that the manifest does not state are carried
 *   over, so that a replacement loses no more than it must
 */
export function creationFields(
  kind: Kind,
  desired: JsonObject,
  options: CompareOptions,
  replaced: JsonObject = {},
): CreationFields {
  const fields: Record<string, Json> = {};
  const lateFields: Record<string, Json> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.relation) continue;
    const stated = desired[name];
    const value =
      stated === undefined ? replaced[name] : mergeColumn(field, stated, replaced[name], [name], options);
    // Leaving a field out of a creation is how to get null, and Logto takes null for few of them.
    if (value === undefined || value === null) continue;
    const early = field.late ? undefined : withoutLate(field, withInitial(field, value));
    if (early !== undefined) fields[name] = early;
    if (!jsonEqual(early, withInitial(field, value))) lateFields[name] = value;
  }
  return { fields, lateFields };
}

function withoutLate(field: Field, value: Json): Json {
  if (field.type !== 'object' || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !field.fields[name]?.late));
}

function withInitial(field: Field, value: Json): Json {
  if (field.type !== 'object' || !isObject(value)) return value;
  const initial = Object.entries(field.fields).flatMap(([name, inner]) =>
    inner.initial === undefined ? [] : [[name, inner.initial] as const],
  );
  return { ...Object.fromEntries(initial), ...value };
}

/**
 * The body of the one PATCH that makes these fields as stated. PATCH replaces a JSON column whole
 * (core/database/update-where.ts), so a changed column is sent whole, with the keys that nobody manages.
 *
 * @param changed names of the fields that differ
 */
export function updateFields(
  kind: Kind,
  desired: JsonObject,
  current: JsonObject,
  changed: ReadonlySet<string>,
  options: CompareOptions,
): JsonObject {
  const fields: Record<string, Json> = {};
  for (const name of changed) {
    const value = desired[name];
    if (value !== undefined) {
      fields[name] = mergeColumn(kind.fields[name], value, current[name], [name], options) ?? null;
    }
  }
  return fields;
}
