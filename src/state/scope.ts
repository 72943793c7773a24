import { kindNamed, kindOfAddress, kinds } from '../kinds/index.js';
import { referencesOf } from '../kinds/references.js';
import type { Ledger } from './ledger.js';
import type { State } from './resource.js';
import { undeclaredAddresses } from './undeclared.js';

/** All sections whose objects can be listed. */
export const everySection: ReadonlySet<string> = new Set(
  kinds.filter(({ link }) => !link).map(({ name }) => name),
);

/** The sections of the tenant that have to be read for a manifest: what it declares and what that refers to. */
export function sectionsInScope(desired: State): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (kindName: string): void => {
    names.add(kindName.split('.')[0] ?? kindName);
  };
  for (const { kind, fields } of desired.values()) {
    if (!kind.link) add(kind.name);
    for (const reference of referencesOf(fields, kind.fields)) add(reference.kind);
    const stated = Object.entries(kind.relations ?? {}).filter(([name]) => fields[name] !== undefined);
    for (const [, relation] of stated) relation.needs.forEach(add);
    if (kind.link) {
      const relation = kindNamed(kind.link.from.kind).relations?.[kind.link.from.relation];
      relation?.needs.forEach(add);
    }
  }
  return names;
}

/** The sections that have to be read besides, because the ledger owns something there that is no longer declared. */
export function sectionsOfLedger(
  desired: State,
  ledger: Ledger,
  inScope: ReadonlySet<string>,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const address of undeclaredAddresses(desired, ledger)) {
    const kind = kindOfAddress(address);
    if (!kind) continue;
    if (!kind.link) names.add(kind.name.split('.')[0] ?? kind.name);
    else {
      names.add(kind.link.from.kind);
      const relation = kindNamed(kind.link.from.kind).relations?.[kind.link.from.relation];
      for (const name of relation?.needs ?? []) names.add(name);
    }
  }
  return new Set([...names].filter((name) => !inScope.has(name)));
}
