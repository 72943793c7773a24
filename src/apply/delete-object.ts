import { RefusedError } from '../errors.js';
import { jsonEqual } from '../json.js';
import { kindNamed } from '../kinds/index.js';
import type { WriteApi } from '../management-api/api.js';
import type { DeletedObject, Step } from '../plan/plan.js';

/**
 * Deletes an object, or the link that it is, after a last look: what somebody has changed since the plan was made is
 * left alone. What is gone already is as good as deleted.
 *
 * @throws {RefusedError} the object is no longer what the plan says
 */
export async function deleteObject(api: WriteApi, step: Step, deleted: DeletedObject): Promise<void> {
  const { kind } = step.resource;
  const { id, parentId } = deleted;
  if (kind.link) {
    const [from = '', to = ''] = id.split('/');
    await kindNamed(kind.link.from.kind).relations?.[kind.link.from.relation]?.remove(api, from, to);
    return;
  }
  const isThere = await refuseChanged(api, step, deleted);
  if (isThere) await kind.endpoints?.remove(api, id, parentId);
}

/**
 * @returns whether the object is there
 * @throws {RefusedError} the object is no longer what the plan says
 */
export async function refuseChanged(
  api: WriteApi,
  { resource: { kind } }: Step,
  { id, parentId, expected }: DeletedObject,
): Promise<boolean> {
  const object = await kind.endpoints?.get(api, id, parentId);
  if (!object) return false;
  const changed = Object.keys(expected).filter((name) => !jsonEqual(object.fields[name], expected[name]));
  if (changed.length > 0) {
    throw new RefusedError(
      `${changed.join(' and ')} changed in the tenant since the plan was made, so it is left alone`,
      [],
      'plan again and look at the difference',
    );
  }
  return true;
}
