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
    let { entries } = entry.value;
    for (const [name, child] of Object.entries(kind.children)) {
      const children = entries.get(name);
      const filled = children && fillSection(children, child);
      if (filled && filled !== children) entries = new Map(entries).set(name, filled);
    }
    return entries === entry.value.entries ? entry : { ...entry, value: { ...entry.value, entries } };
  });

const fillEntry = (entry: LocatedEntry): LocatedEntry =>
  isNull(entry.value) && !isBroken(entry) ? { ...entry, value: emptyMap(entry.key) } : entry;

/** Where nothing is to be filled in, as in most sections, the section itself. */
function fillEach(section: LocatedEntry, fill: (entry: LocatedEntry) => LocatedEntry): LocatedEntry {
  const filledSection = fillEntry(section);
  const { key, value } = filledSection;
  if (value.type !== 'map') return filledSection;
  let entries: Map<string, LocatedEntry> | undefined;
  for (const [name, entry] of value.entries) {
    const filled = fill(entry);
    if (filled !== entry) entries = (entries ?? new Map(value.entries)).set(name, filled);
  }
  return entries ? { key, value: { ...value, entries } } : filledSection;
}

const isBroken = ({ value }: LocatedEntry): boolean => value.type === 'scalar' && value.broken === true;
