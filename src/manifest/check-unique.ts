import { canonicalJson, textOf } from '../json.js';
import { keyNames, valueAt, valuesAt } from '../kinds/identity.js';
import { placeIn, type Declarations, type Declared } from './declared.js';
import type { Problems } from './problems.js';
import { placeName } from './source-text.js';

/** What Logto keeps unique, two resources cannot both have: the second creation would fail in the middle of an apply. */
export function checkUniqueKeys(declarations: Declarations, problems: Problems): void {
  const holders = new Map<string, Declared>();
  for (const declared of declarations.values()) {
    const { kind, fields, parent, external, address } = declared.resource;
    const names = keyNames(kind, fields);
    if (external || kind.link || names.length === 0) continue;
    const columns = names.map((name) => name.split('.')[0] ?? name);
    const isOpen = names.some((name, index) => name === columns[index] && fields[name] === undefined);
    if (isOpen || columns.some((name) => declared.wrongFields.has(name))) continue;
    const identity = canonicalJson([kind.name, parent ?? null, names, ...valuesAt(fields, names)]);
    const other = holders.get(identity);
    if (!other) {
      holders.set(identity, declared);
      continue;
    }
    const what = names
      .map((name) => `${name} ${JSON.stringify(textOf(valueAt(fields, name)))}`)
      .join(' and ');
    problems.error(
      'conflict',
      `${address} has the same ${what} as ${other.resource.address}, at ${placeName(other.entry.key)}; Logto keeps it unique`,
      placeIn(declared, [columns[0] ?? '']),
      'keep one of the two, or give this one another',
    );
  }
}
