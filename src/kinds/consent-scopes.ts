import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import { asList, asObject, asTenantObject, pathSegment } from './endpoints.js';
import { choice, list, map, object, text } from './field.js';
import type { LinkTarget, Part } from './kind.js';
import { organizationPermissionLinks, permissionLinks, type AccessLink } from './access.js';
import { setChange, textsOf } from './sets.js';

const path = (id: string): string => `/api/applications/${pathSegment(id)}/user-consent-scopes`;

const scopesByResource = (description: string) =>
  map(
    { kind: 'apiResources' },
    list(text({ reference: { kind: 'apiResources.scopes', childOfMapKey: true } }), { unordered: true }),
    { emptyIsAbsent: true, insteadOfNull: '{}', description },
  );

/** What a third-party application may ask its users for. */
export const userConsentScopes = object(
  {
    organizationScopes: list(text({ reference: { kind: 'organizationScopes' } }), {
      unordered: true,
      insteadOfNull: '[]',
      description: 'Organization permissions.',
    }),
    resourceScopes: scopesByResource('Permissions of API resources, by API resource.'),
    organizationResourceScopes: scopesByResource(
      'Permissions of API resources inside organizations, by API resource.',
    ),
    userScopes: list(
      choice(
        [
          'profile',
          'email',
          'phone',
          'address',
          'custom_data',
          'identities',
          'roles',
          'urn:logto:scope:organizations',
          'urn:logto:scope:organization_roles',
          'urn:logto:scope:sessions',
        ],
        {},
      ),
      { unordered: true, insteadOfNull: '[]', description: 'What of the user itself.' },
    ),
  },
  {
    late: true,
    insteadOfNull: 'the lists that you want to empty',
    description:
      'Third-party applications only: what they may ask users to consent to. Each list that is stated is the whole list.',
  },
);

/** The lists, what Logto calls them in a path, and what each holds. */
const scopeTypes = {
  organizationScopes: 'organization-scopes',
  resourceScopes: 'resource-scopes',
  organizationResourceScopes: 'organization-resource-scopes',
  userScopes: 'user-scopes',
} as const;
type ScopeList = keyof typeof scopeTypes;
const scopeLists = Object.keys(scopeTypes) as ScopeList[];

export const consentScopesPart: Part = {
  appliesTo: ({ isThirdParty }) => isThirdParty === true,
  read: async (api, id, stated) => {
    const answer = asObject(await api.get(path(id)));
    const targets: LinkTarget[] = [];
    const names = isObject(stated) ? scopeLists.filter((name) => name in stated) : [];
    const value = Object.fromEntries(names.map((name) => [name, readScopes(name, answer[name], targets)]));
    return { value, targets };
  },
};

function readScopes(name: ScopeList, value: Json | undefined, targets: LinkTarget[]): Json {
  if (name === 'userScopes') return textsOf(value);
  if (name === 'organizationScopes') {
    return asList(value).map((scope) => {
      const { id, fields } = asTenantObject(scope);
      targets.push({ kind: 'organizationScopes', id, name: textOf(fields.name) });
      return id;
    });
  }
  const groups = asList(value)
    .map(asObject)
    .map(({ resource, scopes }) => {
      const holder = asTenantObject(resource ?? null);
      const parent = { kind: 'apiResources', id: holder.id, name: textOf(holder.fields.name) };
      targets.push(parent);
      const ids = asList(scopes).map((scope) => {
        const { id, fields } = asTenantObject(scope);
        targets.push({ kind: 'apiResources.scopes', id, name: textOf(fields.name), parent });
        return id;
      });
      return [holder.id, ids] as const;
    });
  return Object.fromEntries(groups);
}

/** The ids (for user scopes the names) in a list or in the lists of a map. */
const idsIn = (value: Json | undefined): readonly string[] =>
  isObject(value) ? Object.values(value).flatMap(textsOf) : textsOf(value);

/** There is no PUT: scopes are added together, then taken away one by one. POST skips what is there already. */
export async function writeConsentScopes(api: WriteApi, id: string, stated: JsonObject): Promise<void> {
  const current = await readAll(api, id);
  const changes = scopeLists
    .filter((name) => stated[name] !== undefined)
    .map((name) => ({ name, ...setChange(idsIn(current[name]), idsIn(stated[name])) }));
  const added = changes.filter(({ add }) => add.length > 0);
  // An empty list is refused (422 entity.invalid_input), so only lists with something in them are sent.
  if (added.length > 0)
    await api.post(path(id), Object.fromEntries(added.map(({ name, add }) => [name, add])));
  for (const { name, remove } of changes) {
    for (const scope of remove) {
      await api.delete(`${path(id)}/${scopeTypes[name]}/${pathSegment(scope)}`);
    }
  }
}

async function readAll(api: ReadApi, id: string): Promise<JsonObject> {
  const answer = asObject(await api.get(path(id)));
  return Object.fromEntries(scopeLists.map((name) => [name, readScopes(name, answer[name], [])]));
}

/** The permissions among what the application may ask for; the others are of the user itself. */
export const consentLinks = (address: string, scopes: Json | undefined): readonly AccessLink[] =>
  isObject(scopes)
    ? [
        ...organizationPermissionLinks(address, scopes.organizationScopes, 'consent'),
        ...permissionLinks(address, scopes.resourceScopes, 'consent'),
        ...permissionLinks(address, scopes.organizationResourceScopes, 'consent'),
      ]
    : [];
