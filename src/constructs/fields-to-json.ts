import { Token } from 'cdktf';
import { formatAddress } from '../address.js';
import { isObject, member, type Json, type JsonObject } from '../json.js';
import type { Field, Fields, MapField } from '../kinds/field.js';
import type { Kind } from '../kinds/kind.js';
import type { Referable } from './props.js';

type Values = Readonly<Record<string, unknown>>;

/** Props of a construct, or of something that it holds → a resource of a manifest. Tokens are still in it. */
export function resourceToJson(kind: Kind, { pinnedId, lifecycle, ...stated }: Values): JsonObject {
  const { children = {} } = kind;
  const members = Object.entries(stated);
  const fields = members.filter(([name]) => !Object.hasOwn(children, name));
  const held = members.flatMap(([name, value]) => {
    const child = member(children, name);
    return child && value !== undefined ? [[name, childrenToJson(child, value)] as const] : [];
  });
  return {
    ...(pinnedId !== undefined && { id: pinnedId as Json }),
    ...fieldsToJson(kind.fields, Object.fromEntries(fields)),
    ...Object.fromEntries(held),
    ...(lifecycle !== undefined && { lifecycle: toJson(undefined, lifecycle) }),
  };
}

function childrenToJson(child: Kind, value: unknown): Json {
  if (!isObject(value) || Token.isUnresolved(value)) return value as Json;
  const resources = Object.entries(value).map(
    ([key, props]) => [key, isObject(props) ? resourceToJson(child, props) : (props as Json)] as const,
  );
  return Object.fromEntries(resources);
}

/** Constructs become keys, everything else stays as it is. What is undefined is not stated. */
function fieldsToJson(fields: Fields, values: Values): JsonObject {
  const members = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, toJson(fields[name], value)] as const],
  );
  return Object.fromEntries(members);
}

function toJson(field: Field | undefined, value: unknown): Json {
  if (Token.isUnresolved(value)) return value as Json;
  // What looks like a construct in there is none.
  if (field?.type === 'json' || field?.type === 'any' || field?.type === 'record') return asStated(value);
  if (isReferable(value)) return nameOf(value, field?.type === 'text' ? field.reference?.kind : undefined);
  if (field?.type === 'map' && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(field.items, item)]));
  }
  if (field?.type === 'map' && Array.isArray(value)) return merged(field, value);
  if (Array.isArray(value)) {
    const items = field?.type === 'list' ? field.items : undefined;
    return value.map((item: unknown) => toJson(items, item));
  }
  if (isObject(value)) return fieldsToJson(field?.type === 'object' ? field.fields : {}, value);
  return value as Json;
}

/** A value that may hold anything, without members that are undefined. */
function asStated(value: unknown): Json {
  if (Token.isUnresolved(value)) return value as Json;
  if (Array.isArray(value)) return value.map(asStated);
  if (!isObject(value)) return value as Json;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, asStated(member)]));
}

/** The parts of a map: `[orders.scope('read'), { orders: ['write'] }]` → `{ orders: ['read', 'write'] }`. */
function merged({ items }: MapField, parts: readonly unknown[]): JsonObject {
  const target = items.type === 'list' ? items.items : undefined;
  const groups = new Map<string, readonly Json[]>();
  const put = (key: string, targets: readonly unknown[]): void => {
    const names = targets.map((one) => toJson(target, one));
    groups.set(key, [...new Set([...(groups.get(key) ?? []), ...names])]);
  };
  for (const part of parts) {
    if (isReferable(part)) put(part.reference.parentKey ?? part.reference.key, [part]);
    else if (isObject(part)) {
      for (const [key, targets] of Object.entries(part)) put(key, Array.isArray(targets) ? targets : []);
    }
  }
  return Object.fromEntries(groups);
}

/**
 * The key by which a manifest names something.
 *
 * @param kind what is wanted: a construct of another kind is named in full, which is no key, so that nothing that has
 *   the same key is taken for it
 */
export function nameOf(target: string | Referable, kind?: string): string {
  if (typeof target === 'string') return target;
  const { reference } = target;
  const isWanted = kind === undefined || kind === reference.kind;
  return isWanted ? reference.key : formatAddress([reference.kind, reference.key]);
}

const isReferable = (value: unknown): value is Referable =>
  typeof value === 'object' && value !== null && 'reference' in value && isObject(value.reference);
