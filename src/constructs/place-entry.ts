import type { Construct } from 'constructs';
import type { Json, JsonObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { escapeExpressions, unescapeExpressions } from '../manifest/expression.js';
import type { Located, LocatedEntry } from '../manifest/located.js';
import type { Problems } from '../manifest/problems.js';
import { SourceText, type Place } from '../manifest/source-text.js';
import type { TokenCollector } from './tokens.js';

/** What one construct declares. */
export interface Entry {
  readonly construct: Construct;
  readonly kind: Kind;
  readonly section: readonly string[];
  readonly key: string;
  /** Where its values are, as the collector of tokens knows it. */
  readonly path: readonly string[];
  readonly value: Json;
}

type Entries = Map<string, LocatedEntry>;

/** A manifest that is being put together, and beside it a tree that knows which construct each value comes from. */
export interface Draft {
  readonly document: Record<string, Json>;
  readonly root: Entries;
  readonly tokens: TokenCollector;
  readonly problems: Problems;
}

export function placeEntry(entry: Entry, draft: Draft): void {
  const at = placeOf(entry.construct);
  const located = { key: at, value: locate(entry.value, at, entry.path, draft.tokens) };
  if (entry.kind.singleton) placeSingleton(entry, located, draft);
  else if (entry.kind.link) placeLink(entry, located, draft);
  else placeKeyed(entry, located, draft);
}

export const placeOf = (construct: Construct): Place => ({
  source: new SourceText(construct.node.path, ''),
  start: 0,
  end: 0,
});

/** Its section is the object itself. */
function placeSingleton(
  { kind, construct, value }: Entry,
  located: LocatedEntry,
  { document, root, problems }: Draft,
): void {
  const other = root.get(kind.name)?.key.source.name;
  if (other !== undefined) {
    const message = `two constructs declare the ${kind.singular} of the tenant: ${other} and ${construct.node.path}`;
    problems.error('duplicate-address', message, located.key, 'put what they say into one of them');
    return;
  }
  root.set(kind.name, located);
  document[kind.name] = value;
}

/** Its section is a list. */
function placeLink({ kind, value }: Entry, { key, value: located }: LocatedEntry, draft: Draft): void {
  const { document, root } = draft;
  document[kind.name] = [...((document[kind.name] ?? []) as readonly Json[]), value];
  const before = root.get(kind.name)?.value;
  const items = before?.type === 'list' ? before.items : [];
  root.set(kind.name, { key, value: { type: 'list', items: [...items, located], place: key } });
}

function placeKeyed(
  { construct, section, key, value }: Entry,
  located: LocatedEntry,
  { document, root, problems }: Draft,
): void {
  const at = located.key;
  const entries = section.reduce((map, name) => {
    const found = map.get(name)?.value;
    if (found?.type === 'map') return found.entries as Entries;
    const made: Entries = new Map();
    map.set(name, { key: at, value: { type: 'map', entries: made, place: at } });
    return made;
  }, root);
  const other = entries.get(key)?.key.source.name;
  if (other !== undefined) {
    const message = `two constructs have the key "${key}" in ${section.join('.')}: ${other} and ${construct.node.path}`;
    problems.error('duplicate-address', message, at, 'give one of them another id, or another `key`');
    return;
  }
  entries.set(key, located);
  const holder = section.reduce<Record<string, Json>>((object, name) => {
    object[name] = { ...((object[name] ?? {}) as JsonObject) };
    return object[name];
  }, document);
  // An assignment would take the key __proto__ for what the object inherits from.
  Object.defineProperty(holder, escapeExpressions(key), { value, enumerable: true });
}

/** What holds an expression has no value yet, so nothing is said about it. */
function locate(value: Json, at: Place, path: readonly string[], tokens: TokenCollector): Located {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item, index) =>
      locate(item, at, [...path, String(index)], tokens),
    );
    return { type: 'list', items, place: at };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([escaped, item]) => {
      const key = unescapeExpressions(escaped);
      return [key, { key: at, value: locate(item, at, [...path, key], tokens) }] as const;
    });
    return { type: 'map', entries: new Map(entries), place: at };
  }
  const scalar = value;
  if (tokens.paths.has(JSON.stringify(path)))
    return { type: 'scalar', value: scalar, place: at, broken: true };
  return {
    type: 'scalar',
    value: typeof scalar === 'string' ? unescapeExpressions(scalar) : scalar,
    place: at,
  };
}
