import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import { asList, asObject, orGone, pathSegment } from './endpoints.js';
import { text, time } from './field.js';
import { defineKind, type Endpoints, type Finding, type TenantObject } from './kind.js';
import type { Output } from './output.js';
import { checkRotation, generationIn, longestBase, rotate } from './rotation.js';

/** Logto makes one of this name with every application that has secrets (schemas/src/consts/application.ts). */
const defaultSecretName = 'Default secret';

export const typesWithSecrets: readonly string[] = ['MachineToMachine', 'Traditional', 'Protected'];

const path = (applicationId = '', name?: string): string =>
  `/api/applications/${pathSegment(applicationId)}/secrets${name === undefined ? '' : `/${pathSegment(name)}`}`;

/** Secrets have no id: they are addressed by their name. Names may hold anything, ids of applications no colon. */
const idOf = (applicationId: string, name: string): string => `${applicationId}:${name}`;
const nameIn = (id: string): string => id.slice(id.indexOf(':') + 1);

/** A secret without its value, which nothing here needs to know. */
function asSecret(value: Json, applicationId: string): TenantObject {
  const { name, expiresAt, createdAt } = asObject(value);
  const fields: JsonObject = { name: name ?? null, expiresAt: expiresAt ?? null };
  return {
    id: idOf(applicationId, textOf(name)),
    fields,
    ...(typeof createdAt === 'number' && { createdAt }),
  };
}

const listOf = async (api: ReadApi, applicationId: string): Promise<readonly TenantObject[]> =>
  asList((await orGone(() => api.get(path(applicationId)))) ?? []).map((secret) =>
    asSecret(secret, applicationId),
  );

async function create(api: WriteApi, fields: JsonObject, applicationId = ''): Promise<TenantObject> {
  if (fields.name === defaultSecretName) {
    const made = (await listOf(api, applicationId)).find((secret) => secret.fields.name === fields.name);
    if (made && (fields.expiresAt ?? null) === made.fields.expiresAt) return made;
    // Made with the application a moment ago, and when it expires cannot be changed.
    if (made) await api.delete(path(applicationId, defaultSecretName));
  }
  return asSecret(await api.post(path(applicationId), fields), applicationId);
}

const endpoints: Endpoints = {
  listOf,
  get: async (api, id, applicationId = '') =>
    (await listOf(api, applicationId)).find((secret) => secret.id === id),
  create,
  update: async (api, id, { name }, applicationId) => {
    if (name !== undefined) await api.patch(path(applicationId, nameIn(id)), { name });
  },
  idAfter: (id, { name }) => (name === undefined ? id : idOf(id.slice(0, id.indexOf(':')), textOf(name))),
  remove: (api, id, applicationId) => api.delete(path(applicationId, nameIn(id))),
};

/**
 * The value of the newest secret that is in force: of those that the stack owns, or of all where it owns none. Where one is
 * rotated, both are good for a while, and whoever is given the newer one has the most time.
 */
export const newestSecret: Output = {
  isSecret: true,
  lacking: 'none of its secrets is in force',
  read: async ({ id: applicationId }, { api, now, children }) => {
    const inForce = asList(await api.get(path(applicationId)))
      .map(asObject)
      .filter(({ expiresAt }) => typeof expiresAt !== 'number' || expiresAt > now);
    const owned = inForce.filter(({ name }) => children.includes(idOf(applicationId, textOf(name))));
    const candidates = children.length > 0 ? owned : inForce;
    const [newest] = [...candidates].sort((left, right) => Number(right.createdAt) - Number(left.createdAt));
    return typeof newest?.value === 'string' ? newest.value : undefined;
  },
};

const maxLength = 256;

function checkType(application: JsonObject | undefined): readonly Finding[] {
  const type = application?.type;
  if (type === undefined || typesWithSecrets.includes(textOf(type))) return [];
  const message = `an application of type ${textOf(type)} has no secrets`;
  const hint = `only those of type ${typesWithSecrets.join(', ')} have`;
  return [{ code: 'wrong-value', severity: 'error', path: [], message, hint }];
}

/** The names of those that follow belong to the secret that is rotated. */
function checkNames(
  secrets: ReadonlyMap<string, JsonObject>,
): readonly (Finding & { readonly key: string })[] {
  const isRotated = (key: string): boolean => isObject(secrets.get(key)?.rotate);
  return [...secrets.keys()].flatMap((key) => {
    const { base, number } = generationIn(key);
    const fault = (code: Finding['code'], message: string, hint: string) => [
      { key, code, severity: 'error' as const, path: [], message, hint },
    ];
    if (number > 1 && isRotated(base)) {
      const message = `the secret "${key}" has a name that "${base}" will have when it is rotated`;
      return fault('conflict', message, 'choose another name for one of them');
    }
    if (!isRotated(key) || key.length <= longestBase(maxLength)) return [];
    const message = `the name of a secret that is rotated has ${longestBase(maxLength)} characters at most: a number is put behind it`;
    return fault('wrong-value', message, 'choose a shorter one');
  });
}

export const applicationSecret = defineKind({
  name: 'applications.secrets',
  singular: 'secret',
  summary:
    'A client secret of an application. Its key is its name; Logto makes its value, which only `output --reveal-secrets` reads. Secrets that the manifest does not name stay.',
  fields: {
    name: text({ required: true, minLength: 1, maxLength, description: 'The name of the secret.' }),
    expiresAt: time({
      immutable: true,
      nullable: true,
      description: 'When it stops to be accepted. Without it, never.',
    }),
    rotate,
  },
  key: ['name'],
  title: 'name',
  keyField: 'name',
  isReadByParent: true,
  goesWithParent: true,
  comesWithParent: ({ fields }) => fields.name === defaultSecretName && fields.expiresAt === null,
  endpoints,
  outputs: { value: newestSecret },
  rotatesBy: 'rotate',
  check: (fields, _lookup, application) => [...checkType(application), ...checkRotation(fields)],
  checkAll: checkNames,
  checkTenant: (secrets, view) =>
    [...secrets].flatMap(([address, { expiresAt }]) => {
      if (typeof expiresAt !== 'number' || expiresAt > view.now || view.current(address)) return [];
      return [
        {
          address,
          code: 'wrong-value' as const,
          severity: 'error' as const,
          path: ['expiresAt'],
          message: `${address} would be made after it has expired (${new Date(expiresAt).toISOString()}), which Logto refuses`,
          hint: 'choose a later moment, or take the secret out',
        },
      ];
    }),
  replacement: ['it gets a new value: everything that signs in with the old one stops'],
});
