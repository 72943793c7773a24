import type { Json, JsonObject } from '../json.js';
import type { Place } from './source-text.js';

/**
 * A value of a manifest that knows where it is written.
 *
 * What an alias names is shared, not copied, so such a tree may hold one node many times; it is never changed.
 */
export type Located = LocatedScalar | LocatedList | LocatedMap | Removal;

export interface LocatedScalar {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  readonly place: Place;
  /** The value of a sensitive variable, or a text with one in it. */
  readonly secret?: true;
  /** An expression in it has no value; that is reported already, so nothing else is said about it. */
  readonly broken?: true;
}

export interface LocatedList {
  readonly type: 'list';
  readonly items: readonly Located[];
  readonly place: Place;
}

export interface LocatedMap {
  readonly type: 'map';
  readonly entries: ReadonlyMap<string, LocatedEntry>;
  readonly place: Place;
}

/** `!remove` in an overlay. */
export interface Removal {
  readonly type: 'removal';
  readonly place: Place;
}

export interface LocatedEntry {
  readonly key: Place;
  readonly value: Located;
}

export const isNull = (node: Located): boolean => node.type === 'scalar' && node.value === null;

export const emptyMap = (place: Place): LocatedMap => ({ type: 'map', entries: new Map(), place });

/** The value without its places. */
export function toJson(node: Located): Json {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toJson);
    case 'map':
      return mapToJson(node);
    case 'removal':
      return null;
  }
}

function mapToJson({ entries }: LocatedMap): JsonObject {
  const members: Record<string, Json> = {};
  for (const [key, { value }] of entries) {
    // Assigned, it would become the prototype; the value of a variable may have any key.
    if (key === '__proto__')
      return Object.fromEntries([...entries].map(([name, entry]) => [name, toJson(entry.value)]));
    members[key] = toJson(value);
  }
  return members;
}

/** Deeper than any manifest goes, and far from where recursion ends. */
export const maximumDepth = 100;

/** JSON as if all of it were written at one place. Throws a RangeError where it is nested too deeply. */
export function fromJson(value: Json, place: Place, secret: boolean, depth = 0): Located {
  if (depth > maximumDepth) throw new RangeError('nested too deeply');
  const inner = (item: Json): Located => fromJson(item, place, secret, depth + 1);
  if (Array.isArray(value)) {
    return { type: 'list', items: (value as readonly Json[]).map(inner), place };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, { key: place, value: inner(item) }] as const,
    );
    return { type: 'map', entries: new Map(entries), place };
  }
  const scalar = value;
  return { type: 'scalar', value: scalar, place, ...(secret && { secret: true as const }) };
}

/** Where a path leads; `found` is false when it ends early, at the nearest enclosing value. */
export interface Step {
  readonly value: Located;
  /** The key of the nearest map entry on the way, or the place of the list item. */
  readonly key: Place;
  readonly found: boolean;
}

export function walk(from: LocatedEntry, path: readonly string[]): Step {
  let { key, value } = from;
  for (const segment of path) {
    if (value.type === 'map') {
      const entry = value.entries.get(segment);
      if (!entry) return { value, key, found: false };
      ({ key, value } = entry);
    } else if (value.type === 'list') {
      const item = value.items[Number(segment)];
      if (!item) return { value, key, found: false };
      ({ place: key } = item);
      value = item;
    } else return { value, key, found: false };
  }
  return { value, key, found: true };
}

/** What a message about the value underlines: a scalar itself, but the key of a list or map. */
export function placeOf({ value, key }: Step): Place {
  const isWritten = value.type === 'scalar' && value.place.end > value.place.start;
  return isWritten || value.type === 'removal' ? value.place : key;
}
