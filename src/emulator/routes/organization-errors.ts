import type { Around } from '../api/api.js';
import { isDatabaseError } from '../database/errors.js';
import { RequestError } from '../http/request-error.js';

/**
 * Duplicates and unknown ids are 422 below organizations and their template, and nowhere else.
 *
 * @see packages/core/src/routes/organization/utils.ts in logto-io/logto
 */
export const tellingIntegrity: Around = async (handle) => {
  try {
    return await handle();
  } catch (error) {
    if (isDatabaseError(error) && error.code === '23505') {
      throw new RequestError('entity.unique_integrity_violation', { status: 422 });
    }
    if (isDatabaseError(error) && error.code === '23503') {
      throw new RequestError('entity.relation_foreign_key_not_found', { status: 422 });
    }
    throw error;
  }
};
