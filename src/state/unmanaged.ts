import { titleOf } from '../kinds/identity.js';
import { kindNamed } from '../kinds/index.js';
import type { Kind, TenantLists, TenantObject } from '../kinds/kind.js';
import type { Ledger } from './ledger.js';

/** An object of the tenant that no manifest of this stack declares. */
export interface Unmanaged {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  /** The stack that owns it, when it is another one. */
  readonly stack?: string;
}

/**
 * Objects that are neither declared nor owned: made in the Console, by another tool, or by another stack. What Logto or
 * this tool itself put there is left out.
 *
 * @param isDeclared whether an id belongs to an address of the manifest
 * @param isOurs whether an id belongs to what this run stands on
 */
export function findUnmanaged(
  lists: TenantLists,
  ledger: Ledger,
  isDeclared: (id: string) => boolean,
  isOurs: (id: string) => boolean,
): readonly Unmanaged[] {
  return [...lists].flatMap(([name, objects]) => {
    const kind = kindNamed(name);
    return objects.flatMap((object) => {
      if (isOurs(object.id) || isBuiltIn(kind, object)) return [];
      const children = Object.entries(kind.children ?? {}).flatMap(([section, child]) =>
        (object.children?.[section] ?? []).map((held) => [child, held] as const),
      );
      return [[kind, object] as const, ...children]
        .filter(([, { id }]) => !isDeclared(id) && !ledger.owned.has(id))
        .map(([of, held]) => describe(of, held, ledger));
    });
  });
}

/** Also what every tenant has one of. */
const isBuiltIn = (kind: Kind, { fields }: TenantObject): boolean =>
  (kind.singleton !== undefined && kind.singleton.defaults !== null) ||
  kind.untouchable?.(fields) !== undefined ||
  Object.values(kind.builtIns ?? {}).some((builtIn) => builtIn.is(fields));

function describe(kind: Kind, { id, fields }: TenantObject, ledger: Ledger): Unmanaged {
  const stack = ledger.foreign.get(id)?.stack;
  return { kind: kind.name, id, name: titleOf(kind, fields), ...(stack !== undefined && { stack }) };
}
