import { isObject, type Json, type JsonObject } from '../json.js';
import type { Field, Fields } from '../kinds/field.js';
import type { Referable } from './props.js';

/** Props of a construct → fields of a manifest: constructs become keys, everything else stays as it is. */
export function fieldsToJson(fields: Fields, props: Readonly<Record<string, unknown>>): JsonObject {
  const members = Object.entries(props).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, toJson(fields[name], value)] as const],
  );
  return Object.fromEntries(members);
}

function toJson(field: Field | undefined, value: unknown): Json {
  if (isReferable(value)) return value.reference.key;
  if (field?.type === 'map' && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(field.items, item)]));
  }
  if (field?.type === 'map' && Array.isArray(value)) return groupByParent(value);
  if (Array.isArray(value)) {
    const items = field?.type === 'list' ? field.items : undefined;
    return value.map((item: unknown) => toJson(items, item));
  }
  if (isObject(value) && field?.type !== 'json') {
    return fieldsToJson(field?.type === 'object' ? field.fields : {}, value);
  }
  return value as Json;
}

/** `[orders.scope('read'), { orders: ['write'] }]` → `{ orders: ['read', 'write'] }`. */
function groupByParent(items: readonly unknown[]): JsonObject {
  const groups: Record<string, string[]> = {};
  const put = (parent: string, key: string): void => {
    const keys = (groups[parent] ??= []);
    if (!keys.includes(key)) keys.push(key);
  };
  for (const item of items) {
    if (isReferable(item)) put(item.reference.parentKey ?? item.reference.key, item.reference.key);
    else if (isObject(item)) {
      for (const [parent, keys] of Object.entries(item)) {
        for (const key of Array.isArray(keys) ? (keys as readonly unknown[]) : []) {
          put(parent, isReferable(key) ? key.reference.key : String(key));
        }
      }
    }
  }
  return groups;
}

const isReferable = (value: unknown): value is Referable =>
  typeof value === 'object' && value !== null && 'reference' in value && isObject(value.reference);
