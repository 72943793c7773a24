import { formatAddress } from '../address.js';
import { emptyMap, isNull, type Located, type LocatedEntry, type LocatedMap } from './located.js';
import type { Problems } from './problems.js';
import { levelOf } from './sections.js';

/**
 * Merges an overlay over a manifest: maps by key and deep, anything else is replaced, `!remove` takes out.
 *
 * `null` for an entry of a section takes it out too. For a field it stays what it is in a manifest: it clears.
 */
export function applyOverlay(base: LocatedMap, overlay: LocatedMap, problems: Problems): LocatedMap {
  return mergeMaps(base, overlay, [], problems);
}

function mergeMaps(
  base: LocatedMap,
  overlay: LocatedMap,
  path: readonly string[],
  problems: Problems,
): LocatedMap {
  const entries = new Map(base.entries);
  for (const [key, entry] of overlay.entries) {
    const inner = [...path, key];
    const existing = entries.get(key);
    if (entry.value.type === 'removal' || (isNull(entry.value) && levelOf(inner) === 'entry')) {
      if (!entries.delete(key)) reportNothingToRemove(entry, inner, problems);
    } else if (isNull(entry.value) && levelOf(inner) === 'section') {
      const hint = 'write !remove to take the section out, or {} where it is meant to be empty';
      problems.error('wrong-overlay', `${formatAddress(inner)} says nothing here`, entry.key, hint);
    } else entries.set(key, mergeEntry(existing, entry, inner, problems));
  }
  return { type: 'map', entries, place: base.place };
}

function mergeEntry(
  existing: LocatedEntry | undefined,
  { key, value }: LocatedEntry,
  path: readonly string[],
  problems: Problems,
): LocatedEntry {
  if (value.type !== 'map') return { key, value: withoutRemovals(value, path, problems) };
  if (existing?.value.type === 'map') {
    return { key: existing.key, value: mergeMaps(existing.value, value, path, problems) };
  }
  return { key, value: mergeMaps(emptyMap(value.place), value, path, problems) };
}

function reportNothingToRemove(
  { key, value }: LocatedEntry,
  path: readonly string[],
  problems: Problems,
): void {
  const hint = value.type === 'removal' ? undefined : 'write {} to add it without any field';
  problems.error('wrong-overlay', `${formatAddress(path)} is not there, so nothing is removed`, key, hint);
}

/** A list replaces a list, so there is nothing in it to remove from. */
function withoutRemovals(value: Located, path: readonly string[], problems: Problems): Located {
  if (value.type === 'removal') {
    const message = '!remove cannot take an item out of a list, because an overlay replaces lists';
    problems.error('wrong-overlay', message, value.place, 'state the whole list');
    return { type: 'scalar', value: null, place: value.place, broken: true };
  }
  if (value.type === 'list') {
    return { ...value, items: value.items.map((item) => withoutRemovals(item, path, problems)) };
  }
  if (value.type !== 'map') return value;
  const entries = [...value.entries].map(
    ([name, entry]) => [name, { ...entry, value: withoutRemovals(entry.value, path, problems) }] as const,
  );
  return { ...value, entries: new Map(entries) };
}
