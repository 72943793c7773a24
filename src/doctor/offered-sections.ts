import { ApiError, UsageError } from '../errors.js';
import { isChild } from '../kinds/identity.js';
import { isUnknownPath } from '../kinds/endpoints.js';
import { kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import type { Found } from './checks.js';

/** No object of Logto's has such an id, so that nothing but the path is asked for. */
const nobody = 'logto-iac-doctor';

/** Logto tells its version to nobody. What it has tells how old it is. */
export const testedVersion = '1.42';

/**
 * Asks whether this server has each of the sections of a manifest, one small request each.
 *
 * @param declared sections that the manifest has
 * @throws {UsageError} the manifest has sections that the server does not
 * @throws {ApiError} the server does not answer, or refuses
 */
export async function checkOffered(api: ReadApi, declared: ReadonlySet<string>): Promise<Found<undefined>> {
  const asked = kinds.filter((kind) => !kind.link && !isChild(kind));
  const answers = await Promise.all(
    asked.map(async (kind) => ({
      kind,
      isThere: await isOffered(api, kind),
      not: await kind.unoffered?.(api),
    })),
  );
  const missing = answers.filter(({ isThere }) => !isThere).map(({ kind }) => kind.name);
  const unoffered = answers.flatMap(({ not = [] }) => not);
  const needed = missing.filter((name) => declared.has(name));
  const hint = 'take them out of manifests, or update Logto';
  if (needed.length > 0)
    throw new UsageError(`this Logto has no ${needed.join(', ')}, which the manifest has`, hint);
  const but = unoffered.length > 0 ? `; it does not offer ${unoffered.join(', ')}` : '';
  if (missing.length === 0) {
    const message = `this Logto has all ${asked.length} sections of manifests, as Logto ${testedVersion} does${but}`;
    return { value: undefined, message };
  }
  const message = `this Logto is older than ${testedVersion}: it has no ${missing.join(', ')}${but}`;
  return { value: undefined, message, remedy: hint };
}

async function isOffered(api: ReadApi, { endpoints }: Kind): Promise<boolean> {
  try {
    await endpoints?.get(api, nobody);
    return true;
  } catch (error) {
    if (isUnknownPath(error)) return false;
    // It knows the path, and does not like the id.
    if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429)
      return true;
    throw error;
  }
}
