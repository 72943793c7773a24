import { ApiError } from '../errors.js';
import { jsonEqual, type JsonObject } from '../json.js';
import { keyNames, knownBy, valuesAt } from '../kinds/identity.js';
import type { TenantObject } from '../kinds/kind.js';
import type { WriteApi } from '../management-api/api.js';
import type { Step } from '../plan/plan.js';

const attempts = 3;

/** What a creation has led to. */
export interface Made {
  readonly id: string;
  /** Logto has said so; otherwise the object was found, and may have only some of the links that were asked for. */
  readonly isWhole: boolean;
}

/**
 * Creates the object of a step. After an uncertain answer it looks whether the object is there before it tries again,
 * so that an answer that was lost never makes a second one.
 *
 * @param links the links that the creation makes too, as members of its body
 * @param isTaken whether an id belongs to an object that was there before, or that another step has made
 * @throws {ApiError} Logto refused, or the answers stayed uncertain
 */
export async function createObject(
  api: WriteApi,
  step: Step,
  parentId: string | undefined,
  links: JsonObject,
  isTaken: (id: string) => boolean,
): Promise<Made> {
  const { endpoints, name } = step.resource.kind;
  if (!endpoints) throw new Error(`kind ${name} cannot be created`);
  const body = { ...step.fields, ...links };
  let isUncertain = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { id: (await endpoints.create(api, body, parentId)).id, isWhole: true };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      isUncertain ||= error.uncertain;
      if (!isUncertain && !mayLeave(error, links)) throw error;
      // A name that is in use may be in use by what an earlier attempt has made in the meantime.
      const made = await findMade(api, step, parentId, isTaken);
      if (made) return { id: made.id, isWhole: false };
      if (!isUncertain) throw error;
      if (attempt === attempts || !mayRepeat(error, step)) throw uncertain(error);
    }
  }
}

/**
 * Whether a creation that was refused may have left an object all the same: Logto makes it before it looks at the links.
 * A name that is in use (422) is refused before that.
 */
const mayLeave = ({ status }: ApiError, links: JsonObject): boolean =>
  Object.keys(links).length > 0 && (status === 400 || status === 404);

/**
 * Whether a creation that left no trace may be sent again. Where Logto keeps nothing unique only if the server itself
 * has answered: a request without an answer may still arrive, and make the object a second time.
 */
const mayRepeat = (error: ApiError, { resource: { kind, fields } }: Step): boolean =>
  error.uncertain && (keyNames(kind, fields).length > 0 || error.status === 500);

/** The same error, of which nobody can tell whether an earlier attempt was done. */
const uncertain = (error: ApiError): ApiError =>
  error.uncertain
    ? error
    : new ApiError(error.message, {
        request: error.request,
        status: error.status,
        code: error.code,
        ...(error.requestId !== undefined && { requestId: error.requestId }),
        ...(error.hint !== undefined && { hint: error.hint }),
        uncertain: true,
        cause: error,
      });

/** The object that a creation made whose answer was lost: by its unique key, else by its name among new objects. */
async function findMade(
  api: WriteApi,
  { resource: { kind }, fields }: Step,
  parentId: string | undefined,
  isTaken: (id: string) => boolean,
): Promise<TenantObject | undefined> {
  const { endpoints } = kind;
  const siblings =
    parentId === undefined ? await endpoints?.list?.(api) : await endpoints?.listOf?.(api, parentId);
  const names = knownBy(kind, fields);
  const wanted = valuesAt(fields, names);
  return siblings?.find((object) => !isTaken(object.id) && jsonEqual(valuesAt(object.fields, names), wanted));
}
