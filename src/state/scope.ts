import { kindNamed } from '../kinds/index.js';
import { referencesOf } from '../kinds/references.js';
import type { State } from './resource.js';

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
