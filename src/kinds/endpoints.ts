import { ApiError } from '../errors.js';
import { isObject, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import type { Endpoints, TenantObject } from './kind.js';

/** What Logto sends as an object of a list or the answer to a creation. */
export function asTenantObject(value: Json): TenantObject {
  if (!isObject(value) || typeof value.id !== 'string') {
    throw wrongShape('an object with an id');
  }
  const fields = value;
  return {
    id: value.id,
    fields,
    ...(typeof value.createdAt === 'number' && { createdAt: value.createdAt }),
  };
}

/** The server answered, and not as Logto does. */
const wrongShape = (expected: string): ApiError =>
  new ApiError(`the server sent something else than ${expected}`, {
    request: '',
    status: 200,
    hint: 'is this a Logto, of a version that this version of logto-iac knows, without a proxy that changes answers?',
  });

export const pathSegment = encodeURIComponent;

interface CollectionOptions {
  /** Sent with the list request. */
  readonly query?: Readonly<Record<string, string | boolean>>;
  /** The list answers whole when it is not asked for pages (API lists differ: see koa-pagination.ts in logto-io/logto). */
  readonly unpaged?: true;
  /** Children that come with the list: section → key of the answer. */
  readonly children?: readonly string[];
  /** Objects that are not what they seem, and are left out of the list. */
  readonly hides?: (fields: JsonObject) => boolean;
  /** Adds what Logto tells in other words than it is told. */
  readonly read?: (object: TenantObject) => TenantObject;
  /** Fields with an endpoint of their own below the object: field → path segment; the body is `{ field: value }`. */
  readonly ownEndpoint?: Readonly<Record<string, string>>;
}

/** The usual shape: GET and POST on the collection, PATCH and DELETE on the object. */
export function collection(path: string, options: CollectionOptions = {}): Endpoints {
  const readOne = (value: Json): TenantObject =>
    (options.read ?? ((object) => object))(asTenantObject(value));
  const read = (value: Json): TenantObject => {
    const parent = readOne(value);
    if (!options.children) return parent;
    const children = Object.fromEntries(
      options.children.map((section) => [section, asList(parent.fields[section]).map(asTenantObject)]),
    );
    return { ...parent, children };
  };
  return {
    list: async (api) =>
      (options.unpaged ? asList(await api.get(path, options.query)) : await api.list(path, options.query))
        .map(read)
        .filter(({ fields }) => !options.hides?.(fields)),
    // A single object comes without its children.
    get: (api, id) => orGone(async () => readOne(await api.get(`${path}/${pathSegment(id)}`))),
    create: async (api, fields) => read(await api.post(path, fields)),
    update: (api, id, fields) =>
      patchObject(api, `${path}/${pathSegment(id)}`, fields, options.ownEndpoint ?? {}),
    remove: (api, id) => api.delete(`${path}/${pathSegment(id)}`),
  };
}

/** The same below a parent: `nested('/api/resources', 'scopes')`. */
export function nested(parentPath: string, section: string): Endpoints {
  const path = (parentId: string | undefined): string => {
    if (parentId === undefined) throw new Error(`${section} cannot be written before what holds them exists`);
    return `${parentPath}/${pathSegment(parentId)}/${section}`;
  };
  const listOf = async (api: ReadApi, parentId: string): Promise<readonly TenantObject[]> =>
    (await api.list(path(parentId))).map(asTenantObject);
  return {
    listOf,
    // There is no GET of a single one.
    get: async (api, id, parentId = '') => (await listOf(api, parentId)).find((object) => object.id === id),
    create: async (api, fields, parentId) => asTenantObject(await api.post(path(parentId), fields)),
    update: (api, id, fields, parentId) =>
      patchObject(api, `${path(parentId)}/${pathSegment(id)}`, fields, {}),
    remove: (api, id, parentId) => api.delete(`${path(parentId)}/${pathSegment(id)}`),
  };
}

/** Undefined where Logto says that there is no such object. */
export async function orGone<T>(get: () => Promise<T>): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    // Without a code it is not Logto that answers, but something in between.
    if (error instanceof ApiError && error.status === 404 && error.code !== '') return undefined;
    throw error;
  }
}

/** Without a code of Logto's own, a 404 says that this version has no such path. */
export const isUnknownPath = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 404 && error.code === '';

async function patchObject(
  api: WriteApi,
  path: string,
  fields: JsonObject,
  ownEndpoint: Readonly<Record<string, string>>,
): Promise<void> {
  const columns = Object.entries(fields).filter(([name]) => !(name in ownEndpoint));
  // Logto answers 422 to a PATCH that sets nothing (core/database/update-where.ts).
  if (columns.length > 0) await api.patch(path, Object.fromEntries(columns));
  for (const [name, segment] of Object.entries(ownEndpoint)) {
    const value = fields[name];
    if (value !== undefined) await api.patch(`${path}/${segment}`, { [name]: value });
  }
}

/** An answer that is an object; one that is none is not from Logto. */
export function asObject(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw wrongShape('an object');
  return value;
}

/** A settings object of which there is one in each tenant: GET and PATCH (or PUT) of one path. */
export function settings(path: string, id: string, method: 'patch' | 'put' = 'patch'): Endpoints {
  const read = (value: Json): TenantObject => ({ id, fields: asObject(value) });
  const get = (api: ReadApi): Promise<TenantObject | undefined> =>
    orGone(async () => read(await api.get(path)));
  const update = async (api: WriteApi, _id: string, fields: JsonObject): Promise<void> => {
    await api[method](path, fields);
  };
  return {
    list: async (api) => [await get(api)].filter((object) => object !== undefined),
    get,
    create: async (api, fields) => {
      await update(api, id, fields);
      return { id, fields };
    },
    update,
    remove: (api) => api.delete(path),
  };
}

/** The items of an answer that is a list; one that is none is not from Logto. */
export function asList(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw wrongShape('a list');
  return value as readonly Json[];
}

/** The paged list below an object, as objects. */
export const listBelow = async (api: ReadApi, path: string): Promise<readonly TenantObject[]> =>
  (await api.list(path)).map(asTenantObject);
