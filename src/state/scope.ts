import { kindNamed, kindOfAddress, kinds } from '../kinds/index.js';
import { referencesOf } from '../kinds/references.js';
import type { Wanted } from '../kinds/kind.js';
import type { Ledger } from './ledger.js';
import type { State } from './resource.js';
import { undeclaredAddresses } from './undeclared.js';

/** All sections whose objects can be listed. */
export const everySection: ReadonlySet<string> = new Set(
  kinds.filter(({ link, endpoints }) => !link && endpoints?.list).map(({ name }) => name),
);

/** The sections of which only what is wanted is read, and which therefore wait for the ledger. */
export const sectionsToFind = (sections: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...sections].filter((name) => kindNamed(name).endpoints?.find));

/** What is wanted of a kind whose objects are too many to be read all. */
export function wantedOf(kindName: string, desired: State, ledger: Ledger): Wanted {
  const own = [...desired.values()].filter(({ kind }) => kind.name === kindName);
  const isOwn = (address: string): boolean => kindOfAddress(address)?.name === kindName;
  const entries = [...ledger.entries].filter(([address]) => isOwn(address));
  const intents = [...ledger.intents].filter(([address]) => isOwn(address));
  const known = new Set(entries.map(([address]) => address));
  return {
    ids: [...entries.map(([, { id }]) => id), ...own.flatMap(({ pinnedId }) => pinnedId ?? [])],
    resources: [
      ...own.filter(({ address, pinnedId }) => !known.has(address) && pinnedId === undefined),
      ...intents.map(([, intent]) => intent),
    ].map(({ fields }) => fields),
  };
}

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
    const parts = Object.entries(kind.parts ?? {}).filter(([name]) => fields[name] !== undefined);
    for (const [, part] of parts) part.needs?.forEach(add);
    kind.looksInto?.forEach(add);
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
