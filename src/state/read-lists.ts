import { kindNamed } from '../kinds/index.js';
import type { TenantLists, TenantObject } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';

/**
 * Reads every object of the given kinds, all lists at once. The children of a kind come with it, under their own name.
 *
 * @param kindNames sections of the manifest; names of children count as their parent
 * @throws {ApiError} a list could not be read
 */
export async function readLists(api: ReadApi, kindNames: ReadonlySet<string>): Promise<TenantLists> {
  const sections = new Set([...kindNames].map((name) => name.split('.')[0] ?? name));
  const lists = await Promise.all(
    [...sections].map(async (name) => {
      const list = kindNamed(name).endpoints?.list;
      return [name, list ? await list(api) : []] as const;
    }),
  );
  return new Map<string, readonly TenantObject[]>(lists);
}
