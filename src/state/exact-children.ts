import { formatAddress, parseAddress } from '../address.js';
import { textOf } from '../json.js';
import type { Ledger } from './ledger.js';
import type { Matching } from './matching.js';
import type { State } from './resource.js';
import type { Undeclared } from './undeclared.js';

/**
 * What nobody declares inside of a part that a manifest calls wholly its own: `lifecycle: { exact: [scopes] }` of an API
 * resource. What another stack owns is left to it.
 *
 * @param spared ids of what stays for now all the same
 */
export function exactChildren(
  desired: State,
  ledger: Ledger,
  { matches }: Pick<Matching, 'matches'>,
  spared: ReadonlySet<string>,
): readonly Undeclared[] {
  const declared = new Set([...matches.values()].map(({ object }) => object.id));
  return [...desired.values()].flatMap((parent) => {
    const object = parent.external ? undefined : matches.get(parent.address)?.object;
    return Object.entries(parent.kind.children ?? {}).flatMap(([section, kind]) => {
      if (!object || !parent.lifecycle.exact?.includes(section)) return [];
      const strays = (object.children?.[section] ?? []).filter(
        ({ id }) => !declared.has(id) && !ledger.owned.has(id) && !ledger.foreign.has(id) && !spared.has(id),
      );
      return strays.map((stray): Undeclared => {
        const name = textOf(stray.fields[kind.keyField ?? kind.title]);
        return {
          address: formatAddress([...(parseAddress(parent.address) ?? []), section, name]),
          kind,
          entry: { id: stray.id },
          object: stray,
          parentId: object.id,
          parent: parent.address,
          isStray: true,
        };
      });
    });
  });
}
