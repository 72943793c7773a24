import { isUnknownPath } from '../kinds/endpoints.js';
import { kindNamed } from '../kinds/index.js';
import type { TenantLists, TenantObject, Wanted } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';

/** What was read, and the kinds of which this server knows nothing. */
export interface Reading {
  readonly lists: TenantLists;
  readonly missing: ReadonlySet<string>;
}

/**
 * Reads every object of the given kinds, all lists at once. The children of a kind come with it, under their own name.
 *
 * @param kindNames sections of the manifest; names of children count as their parent
 * @param wantedOf what is wanted of a kind whose objects are too many to be read all
 * @throws {ApiError} a list could not be read
 */
export async function readLists(
  api: ReadApi,
  kindNames: ReadonlySet<string>,
  wantedOf: (kindName: string) => Wanted = () => ({ ids: [], resources: [] }),
): Promise<Reading> {
  const sections = new Set([...kindNames].map((name) => name.split('.')[0] ?? name));
  const missing = new Set<string>();
  const lists = await Promise.all(
    [...sections].map(async (name): Promise<readonly [string, readonly TenantObject[]]> => {
      const { list, find } = kindNamed(name).endpoints ?? {};
      try {
        return [name, (await list?.(api)) ?? (await find?.(api, wantedOf(name))) ?? []];
      } catch (error) {
        if (!isUnknownPath(error)) throw error;
        missing.add(name);
        return [name, []];
      }
    }),
  );
  return { lists: new Map(lists), missing };
}
