import { jsonAnswer, reasonAnswer, type Answer } from '../http/answer.js';
import {
  isDatabaseError,
  NothingDeleted,
  NothingUpdated,
  NotFound,
  type DatabaseError,
} from '../database/errors.js';
import { EmptyList } from '../database/sql.js';
import { BodyTooLarge } from '../http/read-body.js';
import { RequestError } from '../http/request-error.js';

/** Unique constraints that Logto tells by name; any other duplicate is a 500 outside the organization routes. */
const codesOfConstraints: Readonly<Record<string, string>> = {
  applications__protected_app_metadata_host: 'application.protected_application_subdomain_exists',
  applications__protected_app_metadata_custom_domain: 'domain.hostname_already_exists',
  application_secrets_pkey: 'application.secret_name_exists',
  personal_access_tokens_pkey: 'user.personal_access_token_name_exists',
  users__username: 'user.username_already_in_use',
  users__primary_email: 'user.email_already_in_use',
  users__primary_phone: 'user.phone_already_in_use',
  custom_profile_fields__name: 'custom_profile_fields.name_exists',
};

/**
 * What a thrown error is answered with.
 *
 * @see packages/core/src/middleware/koa-error-handler.ts in logto-io/logto
 */
export function errorAnswer(error: unknown, messages: unknown): Answer {
  const meant = requestErrorOf(error);
  if (meant !== undefined) return requestErrorAnswer(meant, messages);
  if (error instanceof BodyTooLarge) return reasonAnswer(404);
  if (error instanceof SyntaxError) return jsonAnswer(400, { message: error.message });
  return jsonAnswer(500, { message: 'Internal server error.' });
}

export const isUnexpected = (error: unknown): boolean =>
  requestErrorOf(error) === undefined && !(error instanceof SyntaxError) && !(error instanceof BodyTooLarge);

const requestErrorAnswer = (
  { code, status, data, details, words }: RequestError,
  messages: unknown,
): Answer => jsonAnswer(status, { code, data, details, message: messageOf(code, words, messages) });

function messageOf(code: string, words: RequestError['words'], messages: unknown): string {
  const text = code
    .split('.')
    .reduce<unknown>((level, key) => (level as Record<string, unknown> | undefined)?.[key], messages);
  return typeof text === 'string'
    ? text.replaceAll(/\{\{\s*([\w]+)[^}]*\}\}/g, (_, word: string) => String(words[word] ?? ''))
    : code;
}

/** @see packages/core/src/middleware/koa-slonik-error-handler.ts in logto-io/logto */
function requestErrorOf(error: unknown): RequestError | undefined {
  if (error instanceof RequestError) return error;
  if (error instanceof EmptyList) return new RequestError('entity.invalid_input', { status: 422 });
  if (error instanceof NothingUpdated) {
    return new RequestError('entity.not_exists', { status: 404, words: { name: error.entity } });
  }
  if (error instanceof NothingDeleted || error instanceof NotFound) {
    return new RequestError('entity.not_found', { status: 404 });
  }
  return isDatabaseError(error) ? requestErrorOfDatabase(error) : undefined;
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
function requestErrorOfDatabase({ code, constraint, message }: DatabaseError): RequestError | undefined {
  switch (code) {
    case '22001': // a value is too long
      return new RequestError('entity.value_too_long', { status: 422, data: { message } });
    case '22P02': // a value is not of the column's type
      return new RequestError('entity.invalid_input', { status: 422 });
    case '23503': // foreign key
      return new RequestError('entity.relation_foreign_key_not_found', { status: 404 });
    case '23514': // check
      return new RequestError('entity.db_constraint_violated', { status: 422 });
    case '23505': {
      const known = codesOfConstraints[constraint ?? ''];
      return known === undefined ? undefined : new RequestError(known, { status: 422 });
    }
    default:
      return undefined;
  }
}
