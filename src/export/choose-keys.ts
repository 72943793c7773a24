import { textOf, type JsonObject } from '../json.js';
import { titleOf } from '../kinds/identity.js';
import type { Kind, TenantObject } from '../kinds/kind.js';

const longestKey = 60;

/**
 * A key that a person would give to something of this name: in lower case, words joined by "-". Empty where the name has
 * no letter or digit of any script.
 */
export function keyFromName(name: string): string {
  const plain = name
    .normalize('NFD')
    // Only the accents of Latin letters: marks of other scripts belong to their letters.
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();
  const words = plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return Array.from(words).slice(0, longestKey).join('').replace(/-+$/, '');
}

/**
 * Keys for objects of one kind: from their names, each once. The same objects get the same keys whatever their order:
 * of equal names the older one has the key without a number.
 *
 * @param taken keys that mean something else already
 * @param known keys that objects have already, by id: those of the ledger
 */
export function chooseKeys(
  kind: Kind,
  objects: readonly TenantObject[],
  taken: ReadonlySet<string>,
  known: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const used = new Set(taken);
  const keys = new Map<string, string>();
  for (const { id } of objects) {
    const key = known.get(id);
    if (key === undefined || used.has(key)) continue;
    keys.set(id, key);
    used.add(key);
  }
  for (const { id, fields } of [...objects].filter(({ id }) => !keys.has(id)).sort(olderFirst)) {
    const key = isNamedByKey(kind) ? textOf(fields[kind.keyField ?? '']) : freeKey(keyOf(kind, fields), used);
    keys.set(id, key);
    used.add(key);
  }
  return keys;
}

const isNamedByKey = ({ keyField }: Kind): boolean => keyField !== undefined;

function keyOf(kind: Kind, fields: JsonObject): string {
  const name = kind.keyFrom?.(fields) ?? titleOf(kind, fields);
  return keyFromName(name) || keyFromName(kind.singular);
}

function freeKey(key: string, used: ReadonlySet<string>): string {
  if (!used.has(key)) return key;
  for (let number = 2; ; number += 1) {
    const numbered = `${key}-${number}`;
    if (!used.has(numbered)) return numbered;
  }
}

const olderFirst = (left: TenantObject, right: TenantObject): number =>
  (left.createdAt ?? 0) - (right.createdAt ?? 0) || (left.id < right.id ? -1 : 1);
