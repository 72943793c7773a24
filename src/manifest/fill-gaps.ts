import type { Kind } from '../kinds/kind.js';
import { emptyMap, isNull, type LocatedEntry, type LocatedMap } from './located.js';
import { kindOfSection } from './sections.js';

/**
 * Reads nothing behind a key as "no fields" for what a section holds, and as "no entries" for a section.
 *
 * `orders:write:` declares a permission without a description. After overlays, where nothing means that it goes away.
 */
export function fillGaps(root: LocatedMap): LocatedMap {
  const entries = [...root.entries].map(([name, entry]) => {
    const kind = kindOfSection(name);
    if (kind?.singleton) return [name, fillEntry(entry)] as const;
    if (kind && !kind.link) return [name, fillSection(entry, kind)] as const;
    if (name !== 'external') return [name, entry] as const;
    return [name, fillEach(entry, (section) => fillEach(section, fillEntry))] as const;
  });
  return { ...root, entries: new Map(entries) };
}

const fillSection = (section: LocatedEntry, kind: Kind): LocatedEntry =>
  fillEach(section, (written) => {
    const entry = fillEntry(written);
    if (entry.value.type !== 'map' || !kind.children) return entry;
    const entries = new Map(entry.value.entries);
    for (const [name, child] of Object.entries(kind.children)) {
      const children = entries.get(name);
      if (children) entries.set(name, fillSection(children, child));
    }
    return { ...entry, value: { ...entry.value, entries } };
  });

const fillEntry = (entry: LocatedEntry): LocatedEntry =>
  isNull(entry.value) && !isBroken(entry) ? { ...entry, value: emptyMap(entry.key) } : entry;

function fillEach(section: LocatedEntry, fill: (entry: LocatedEntry) => LocatedEntry): LocatedEntry {
  const { key, value } = fillEntry(section);
  if (value.type !== 'map') return { key, value };
  const entries = [...value.entries].map(([name, entry]) => [name, fill(entry)] as const);
  return { key, value: { ...value, entries: new Map(entries) } };
}

const isBroken = ({ value }: LocatedEntry): boolean => value.type === 'scalar' && value.broken === true;
