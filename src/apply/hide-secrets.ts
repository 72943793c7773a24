import { ApiError, RefusedError } from '../errors.js';
import { maskSecrets } from '../manifest/problems.js';

/** Shorter ones are letters of other words: to mask them would make messages unreadable, and give them away. */
const shortestUnmistakable = 4;

/**
 * The error without the sensitive values of the manifest: Logto's messages may quote what was sent.
 *
 * @param secrets values of sensitive variables
 */
export function hideSecrets(error: Error, secrets: readonly string[]): Error {
  const hidden = secrets.filter(({ length }) => length >= shortestUnmistakable).flatMap(spellings);
  if (hidden.length === 0) return error;
  const hide = (text: string): string => maskSecrets(text, hidden);
  if (error instanceof ApiError) {
    const { request, status, code, requestId, hint, uncertain } = error;
    // The cause would be told with the error, and says nothing that the message does not.
    return new ApiError(hide(error.message), {
      request,
      status,
      code: hide(code),
      uncertain,
      ...(requestId !== undefined && { requestId }),
      ...(hint !== undefined && { hint: hide(hint) }),
    });
  }
  if (error instanceof RefusedError) {
    return new RefusedError(
      hide(error.message),
      error.problems,
      error.hint === undefined ? undefined : hide(error.hint),
    );
  }
  return new Error(hide(error.message));
}

/** A secret as it is, as it stands in JSON, and in JSON that is quoted in JSON; texts are told on one line. */
function spellings(secret: string): readonly string[] {
  const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
  const once = inJson(secret);
  return [...new Set([secret, secret.replace(/\s+/g, ' ').trim(), once, inJson(once)])].filter(
    (text) => text !== '',
  );
}
