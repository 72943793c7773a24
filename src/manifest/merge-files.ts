import { formatAddress } from '../address.js';
import { isNull, type Located, type LocatedEntry, type LocatedMap } from './located.js';
import type { Problems } from './problems.js';
import { levelOf } from './sections.js';
import { placeName, type Place } from './source-text.js';

/** Puts several documents together: their sections become one, and what two of them declare is a mistake. */
export function mergeFiles(documents: readonly LocatedMap[], place: Place, problems: Problems): LocatedMap {
  const merged = new Map<string, LocatedEntry>();
  for (const document of documents) {
    for (const [name, entry] of document.entries) {
      const first = merged.get(name);
      // A section that is one resource cannot be put together from two files.
      if (first && levelOf([name]) === 'entry') reportTwice([name], first, entry, problems);
      else merged.set(name, first ? joinSections(first, entry, [name], problems) : entry);
    }
  }
  return { type: 'map', entries: merged, place };
}

function joinSections(
  first: LocatedEntry,
  second: LocatedEntry,
  path: readonly string[],
  problems: Problems,
): LocatedEntry {
  if (isNull(second.value)) return first;
  if (isNull(first.value)) return second;
  const value = join(first, second, path, problems);
  return { key: first.key, value };
}

function join(
  { key, value: left }: LocatedEntry,
  { key: secondKey, value: right }: LocatedEntry,
  path: readonly string[],
  problems: Problems,
): Located {
  const [name = ''] = path;
  if (left.type === 'list' && right.type === 'list')
    return { ...left, items: [...left.items, ...right.items] };
  if (left.type === 'map' && right.type === 'map') return joinMaps(left, right, path, problems);
  if (left.type === 'scalar' && right.type === 'scalar') {
    if (left.value !== right.value) {
      problems.error('conflict', `${name} is stated differently at ${placeName(key)}`, secondKey);
    }
    return left;
  }
  problems.error(
    'wrong-type',
    `${name} is a ${left.type} at ${placeName(key)} and a ${right.type} here`,
    secondKey,
  );
  return left;
}

function joinMaps(
  left: LocatedMap,
  right: LocatedMap,
  path: readonly string[],
  problems: Problems,
): LocatedMap {
  const entries = new Map(left.entries);
  for (const [key, entry] of right.entries) {
    const first = entries.get(key);
    const inner = [...path, key];
    if (!first) entries.set(key, entry);
    // `external` holds sections, which join like those of the manifest itself.
    else if (levelOf(inner) === 'section') entries.set(key, joinSections(first, entry, inner, problems));
    else reportTwice(inner, first, entry, problems);
  }
  return { ...left, entries };
}

function reportTwice(
  path: readonly string[],
  first: LocatedEntry,
  second: LocatedEntry,
  problems: Problems,
): void {
  const message = `${formatAddress(path)} is declared twice; first at ${placeName(first.key)}`;
  // A whole section is one resource without a key.
  const isSingleton = path.length === 1;
  const hint = isSingleton
    ? 'put both together: there is one in each tenant'
    : 'remove or rename one of them';
  problems.error('duplicate-address', message, second.key, hint);
}
