import { canonicalJson, textOf } from '../json.js';
import { placeIn, type Declarations, type Declared } from './declared.js';
import type { Problems } from './problems.js';
import { placeName } from './source-text.js';

/** What Logto keeps unique, two resources cannot both have: the second creation would fail in the middle of an apply. */
export function checkUniqueKeys(declarations: Declarations, problems: Problems): void {
  const holders = new Map<string, Declared>();
  for (const declared of declarations.values()) {
    const { kind, fields, parent, external, address } = declared.resource;
    if (external || kind.link || kind.key.length === 0) continue;
    const values = kind.key.map((name) => fields[name]);
    if (values.includes(undefined) || kind.key.some((name) => declared.wrongFields.has(name))) continue;
    const identity = canonicalJson([kind.name, parent ?? null, ...values.map((value) => value ?? null)]);
    const other = holders.get(identity);
    if (!other) {
      holders.set(identity, declared);
      continue;
    }
    const what = kind.key.map((name) => `${name} ${JSON.stringify(textOf(fields[name]))}`).join(' and ');
    problems.error(
      'conflict',
      `${address} has the same ${what} as ${other.resource.address}, at ${placeName(other.entry.key)}; Logto keeps it unique`,
      placeIn(declared, [kind.key[0] ?? '']),
      'keep one of the two, or give this one another',
    );
  }
}
