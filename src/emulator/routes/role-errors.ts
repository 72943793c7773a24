import type { Around } from '../api/api.js';
import { isDatabaseError } from '../database/errors.js';
import { RequestError } from '../http/request-error.js';

/**
 * Row-level security refuses changes of internal roles, which routes of roles tell as 403.
 *
 * @see packages/core/src/middleware/koa-role-rls-error-handler.ts in logto-io/logto
 */
export const tellingInternalRoles: Around = async (handle) => {
  try {
    return await handle();
  } catch (error) {
    if (isDatabaseError(error) && error.code === '42501') {
      throw new RequestError('role.internal_role_violation', { status: 403 });
    }
    throw error;
  }
};
