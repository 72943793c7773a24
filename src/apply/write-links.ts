import { ApiError } from '../errors.js';
import type { Kind, Relation } from '../kinds/kind.js';
import type { WriteApi } from '../management-api/api.js';
import type { LinkEnd, LinkWork } from '../plan/plan.js';

/**
 * Adds links, then removes links, so that nobody loses a permission for a moment.
 *
 * @param idOf the id of a target that may have been created a moment ago
 * @param mayExist some of the links to add may be there already
 */
export async function writeLinks(
  api: WriteApi,
  kind: Kind,
  id: string,
  work: readonly LinkWork[],
  idOf: (end: LinkEnd) => string,
  mayExist = false,
): Promise<void> {
  for (const { relation: name, add, remove } of work) {
    const relation = kind.relations?.[name];
    if (!relation) throw new Error(`kind ${kind.name} has no relation ${name}`);
    if (add.length > 0) await addLinks(api, relation, id, add.map(idOf), mayExist);
    for (const end of remove) await relation.remove(api, id, idOf(end));
  }
}

const attempts = 3;

async function addLinks(
  api: WriteApi,
  relation: Relation,
  id: string,
  targetIds: readonly string[],
  mayExist: boolean,
): Promise<void> {
  let missing = mayExist ? await missingLinks(api, relation, id, targetIds) : targetIds;
  for (let attempt = 1; missing.length > 0; attempt += 1) {
    try {
      await relation.add(api, id, missing);
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || !error.uncertain || attempt === attempts) throw error;
      // Logto refuses a whole addition when one of the links is there already, so only what is missing is sent again.
      missing = await missingLinks(api, relation, id, missing);
    }
  }
}

async function missingLinks(
  api: WriteApi,
  relation: Relation,
  id: string,
  targetIds: readonly string[],
): Promise<readonly string[]> {
  const linked = (await relation.readOne(api, id)).map((target) => target.id);
  return targetIds.filter((target) => !linked.includes(target));
}
