import type { z } from 'zod';

import { RequestError } from '../http/request-error.js';

/**
 * The part of a request that passes its guard, without what the guard does not know.
 *
 * @throws {RequestError} 400 `guard.invalid_input`
 * @see packages/core/src/middleware/koa-guard.ts in logto-io/logto
 */
export function guarded<Value>(
  type: string,
  guard: z.ZodType<Value, z.ZodTypeDef, unknown>,
  value: unknown,
): Value {
  const result = guard.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  throw new RequestError('guard.invalid_input', {
    data: { issues, name: 'ZodError' },
    details: issues.map(detailOf).join('\n'),
    words: { type },
  });
}

const detailOf = (issue: z.ZodIssue): string => {
  const reason =
    issue.code === 'invalid_type'
      ? `Expected ${issue.expected} but received ${issue.received}.`
      : issue.message;
  return `Error in key path "${issue.path.join('.')}": (${issue.code}) ${reason}`;
};
