import { textOf, type Json, type JsonObject } from '../json.js';
import type { WriteApi } from '../management-api/api.js';
import { asList, asObject, orGone, pathSegment } from './endpoints.js';
import { any, record, text } from './field.js';
import type { Endpoints, TenantObject } from './kind.js';

/** What scripts that Logto runs have in common. */
export const script = text({
  required: true,
  content: 'js',
  insteadOfNull: 'the script',
  description: 'JavaScript.',
});

export const environmentVariables = record(text({}), {
  nullable: true,
  sensitive: true,
  description: 'What the script is given. Treated as secret: it often is.',
});

export const contextSample = any({
  nullable: true,
  description: 'What the script is tried with in the Console.',
});

/**
 * Scripts that are addressed by what they are for.
 *
 * @param keyField the field that says what one is for, which is its id
 * @param keyInList what the list calls one: `access-token` → `jwt.accessToken`
 */
export function scripts(
  collectionPath: string,
  keyField: string,
  keyInList: Readonly<Record<string, string>>,
): Endpoints {
  const path = (id: string): string => `${collectionPath}/${pathSegment(id)}`;
  const asScript = (id: string, value: Json): TenantObject => ({
    id,
    fields: { ...asObject(value), [keyField]: id },
  });
  /** PATCH can take nothing away and wants the script all the same, so the whole is put. */
  const put = async (api: WriteApi, id: string, fields: JsonObject): Promise<TenantObject> => {
    const body = Object.entries(fields).filter(([name, value]) => name !== keyField && value !== null);
    return asScript(id, await api.put(path(id), Object.fromEntries(body)));
  };
  const idOfKey = new Map(Object.entries(keyInList).map(([id, key]) => [key, id]));
  const endpoints: Endpoints = {
    list: async (api) =>
      asList(await api.get(collectionPath))
        .map(asObject)
        .flatMap(({ key, value }) => {
          const id = idOfKey.get(textOf(key));
          return id === undefined ? [] : [asScript(id, value ?? null)];
        }),
    get: (api, id) => orGone(async () => asScript(id, await api.get(path(id)))),
    create: (api, fields) => put(api, textOf(fields[keyField]), fields),
    update: async (api, id, fields) => {
      const stored = asObject(await api.get(path(id)));
      await put(api, id, { ...stored, ...fields });
    },
    remove: (api, id) => api.delete(path(id)),
  };
  return endpoints;
}
