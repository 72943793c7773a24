import { isObject, jsonEqual, member, sameStatement, type Json, type JsonObject } from '../json.js';

/** One value of a manifest that shall be another one. */
export interface Edit {
  /** From the top of the manifest: `['applications', 'web', 'description']`. */
  readonly path: readonly string[];
  /** What the manifest states now, with the values of expressions; undefined where it states nothing. */
  readonly before: Json | undefined;
  /** Undefined: taken out. */
  readonly after: Json | undefined;
  /** `after` stands as it will in the text: with expressions in it, and `$${` for a literal `${`. */
  readonly isText?: true;
  /** A whole resource goes, whatever its values are given by. */
  readonly isDeletion?: true;
}

/** What happens to the value of one key. */
export type ValueEdit =
  | { readonly type: 'set'; readonly before: Json | undefined; readonly after: Json; readonly of: Edit }
  | { readonly type: 'remove'; readonly of: Edit }
  | { readonly type: 'inside'; readonly entries: MapEdit };

/** What happens to the entries of a map, by key. */
export type MapEdit = Map<string, ValueEdit>;

/** The edits of single values that an edit comes to: of two objects only what differs in them. */
export function leavesOf(edit: Edit): readonly Edit[] {
  const { path, before, after } = edit;
  if (!isObject(before) || !isObject(after)) return sameStatement(before, after) ? [] : [edit];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    leavesOf({ ...edit, path: [...path, key], before: member(before, key), after: member(after, key) }),
  );
}

/** How keys and values stand in a text: of a manifest with `$${` for a literal `${`. */
export interface Wording {
  readonly key: (key: string) => string;
  readonly value: (value: Json, of: Edit) => Json;
}

/** The edits inside of a map that make one object another. */
export function mapEditOf(before: JsonObject, after: JsonObject, of: Edit, wording: Wording): MapEdit {
  const entries: MapEdit = new Map();
  for (const leaf of leavesOf({ ...of, path: [], before, after })) addLeaf(entries, leaf, of, wording);
  return entries;
}

/** Adds the edit of a single value, at the end of a path, to what happens to a map already. */
export function addLeaf(
  entries: MapEdit,
  { path, before, after }: Pick<Edit, 'path' | 'before' | 'after'>,
  of: Edit,
  wording: Wording,
): void {
  const [name = '', ...rest] = path;
  const key = wording.key(name);
  if (rest.length === 0) {
    const kept = after === undefined ? undefined : inBoth(entries.get(key), before, after);
    entries.set(key, kept === undefined ? { type: 'remove', of } : { type: 'set', before, after: kept, of });
    return;
  }
  const inner = entriesInside(entries.get(key), wording);
  entries.set(key, { type: 'inside', entries: inner });
  addLeaf(inner, { path: rest, before, after }, of, wording);
}

/** What is left of a list that two edits take items out of. */
function inBoth(earlier: ValueEdit | undefined, before: Json | undefined, after: Json): Json {
  const isTwice = earlier?.type === 'set' && Array.isArray(earlier.after) && Array.isArray(after);
  if (!isTwice || !jsonEqual(earlier.before, before)) return after;
  const others = earlier.after as readonly Json[];
  return (after as readonly Json[]).filter((item) => others.some((other) => jsonEqual(item, other)));
}

function entriesInside(edit: ValueEdit | undefined, wording: Wording): MapEdit {
  if (edit?.type === 'inside') return edit.entries;
  // What is put in together with what holds it.
  if (edit?.type !== 'set' || !isObject(edit.after)) return new Map();
  const { of } = edit;
  return new Map(
    Object.entries(edit.after).map(([name, after]) => [
      of.isText ? name : wording.key(name),
      { type: 'set', before: undefined, after, of },
    ]),
  );
}
