import type { Problem } from '../errors.js';
import { titleOf } from '../kinds/identity.js';
import { kinds } from '../kinds/index.js';
import type { TenantLists } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import { linkAddress } from './current-state.js';
import type { Matching } from './matching.js';
import type { State } from './resource.js';
import type { Targets } from './targets.js';
import type { Undeclared } from './undeclared.js';

/** Objects that no run touches, with the reason: id → why. */
export type Untouchables = ReadonlyMap<string, string>;

/**
 * What this run itself stands on: the application that it signs in with, and what that one is linked to (its roles).
 * Looks only into lists that have been read for other reasons: what is not in scope cannot be touched.
 */
export async function readUntouchables(
  api: ReadApi,
  lists: TenantLists,
  ownApplicationId: string,
  ledgerApplicationId?: string,
): Promise<Untouchables> {
  const untouchables = new Map<string, string>();
  if (ledgerApplicationId !== undefined) untouchables.set(ledgerApplicationId, 'it keeps the ledger');
  untouchables.set(ownApplicationId, 'this run signs in with it');
  const relations = kinds
    .filter((kind) => kind.holdsCredentials)
    .flatMap((kind) => Object.values(kind.relations ?? {}))
    .filter((relation) => relation.needs.every((name) => lists.has(name)));
  for (const relation of relations) {
    const links = await relation.read(api, [ownApplicationId], lists);
    for (const { id } of links.get(ownApplicationId) ?? []) {
      untouchables.set(id, 'the application that this run signs in with depends on it');
    }
  }
  return untouchables;
}

/** A problem for each managed resource that is, or would change, something that is never touched. */
export function untouchableProblems(
  desired: State,
  { matches }: Matching,
  targets: Targets,
  undeclared: readonly Undeclared[],
  untouchables: Untouchables,
): readonly Problem[] {
  const declared = [...desired.values()].flatMap((resource) => {
    if (resource.external) return [];
    const { kind, address, source } = resource;
    const object = matches.get(address)?.object;
    const id = kind.link ? targets.idOf(linkAddress(resource, kind.link.from)) : object?.id;
    const reason =
      (id === undefined ? undefined : untouchables.get(id)) ?? (object && kind.untouchable?.(object.fields));
    if (reason === undefined) return [];
    const what = object
      ? `is "${titleOf(kind, object.fields)}" (${object.id}), which`
      : `changes ${linkAddress(resource, kind.link?.from ?? { field: '', kind: kind.name })}, which`;
    return [
      {
        code: 'protected' as const,
        severity: 'error' as const,
        message: `${address} ${what} is never touched: ${reason}`,
        hint: kind.link
          ? 'take it out of the manifest, or sign in with another application'
          : 'take it out of the manifest; to refer to it, declare it under external',
        ...(source && { at: source }),
      },
    ];
  });
  return [...declared, ...undeclared.flatMap((owned) => removalProblems(owned, untouchables))];
}

/** The same for what would be deleted. */
function removalProblems(
  { address, kind, entry, object }: Undeclared,
  untouchables: Untouchables,
): readonly Problem[] {
  const id = kind.link ? (entry.id.split('/')[0] ?? '') : entry.id;
  const reason = untouchables.get(id) ?? (object && kind.untouchable?.(object.fields));
  if (object === undefined || entry.release || reason === undefined) return [];
  return [
    {
      code: 'protected',
      severity: 'error',
      message: `${address} (${entry.id}) is no longer declared, but it is never deleted: ${reason}`,
      hint: 'sign in with another application to remove it, or declare it again with lifecycle.onRemove: release',
    },
  ];
}
