import { newUserId, permissionLinks } from './access.js';
import { asList, asTenantObject, collection, pathSegment } from './endpoints.js';
import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi } from '../management-api/api.js';
import { choice, flag, list, map, text } from './field.js';
import { defineKind, type Finding, type LinkTarget, type Relation } from './kind.js';

/** Roles whose name starts so are Logto's own: hidden from every list, yet reachable by id. */
export const internalRolePrefix = '#internal:';

const readScopes = async (api: ReadApi, id: string): Promise<readonly LinkTarget[]> =>
  // Without paging parameters this list answers whole, each scope with its API resource.
  asList(await api.get(`/api/roles/${pathSegment(id)}/scopes`)).map(linkTarget);

const scopesOfRole: Relation = {
  needs: [],
  read: async (api, ids) =>
    new Map(await Promise.all(ids.map(async (id) => [id, await readScopes(api, id)] as const))),
  readOne: readScopes,
  // All or nothing, and 422 when the role has one of them already (routes/role.scope.ts).
  add: async (api, id, scopeIds) => {
    await api.post(`/api/roles/${pathSegment(id)}/scopes`, { scopeIds });
  },
  inCreation: 'scopeIds',
  remove: (api, id, scopeId) => api.delete(`/api/roles/${pathSegment(id)}/scopes/${pathSegment(scopeId)}`),
};

function linkTarget(value: Json): LinkTarget {
  const scope = asTenantObject(value);
  const { resource: holder, name } = scope.fields;
  const resource = isObject(holder) ? asTenantObject(holder) : undefined;
  return {
    kind: 'apiResources.scopes',
    id: scope.id,
    name: textOf(name),
    ...(resource && {
      parent: { kind: 'apiResources', id: resource.id, name: textOf(resource.fields.name) },
    }),
  };
}

export const role = defineKind({
  name: 'roles',
  singular: 'role',
  summary: 'A named set of permissions, given to users or to machine-to-machine applications.',
  fields: {
    name: text({ required: true, minLength: 1, maxLength: 128, description: 'Unique in the tenant.' }),
    description: text({
      required: true,
      minLength: 1,
      maxLength: 128,
      insteadOfNull: 'a text: Logto requires one',
      description: 'What the role is for. Logto requires it.',
    }),
    type: choice(['User', 'MachineToMachine'], {
      immutable: true,
      default: 'User',
      description: 'Who can have the role.',
    }),
    isDefault: flag({
      default: false,
      description: 'Given to every new user. Meaningless for machine-to-machine roles.',
    }),
    scopes: map(
      { kind: 'apiResources' },
      list(text({ reference: { kind: 'apiResources.scopes', childOfMapKey: true } }), { unordered: true }),
      {
        relation: true,
        insteadOfNull: '{} for no permission at all',
        description:
          'The permissions of the role, by API resource: the whole set. `management-api: [all]` is access to the Management API.',
      },
    ),
  },
  key: ['name'],
  title: 'name',
  lookupBy: ['name'],
  endpoints: collection('/api/roles'),
  relations: { scopes: scopesOfRole },
  untouchable: ({ name }) =>
    textOf(name).startsWith(internalRolePrefix)
      ? `roles named "${internalRolePrefix}…" are Logto's own, hidden and in use`
      : undefined,
  access: {
    node: 'role',
    detail: 'type',
    links: (address, { scopes, isDefault }) => [
      ...permissionLinks(address, scopes),
      ...(isDefault === true ? [{ from: newUserId, to: address, type: 'role' } as const] : []),
    ],
  },
  check: checkRole,
  replacement: [
    'every user and application loses the role; only assignments stated in a manifest are made again',
  ],
});

function checkRole(fields: JsonObject): readonly Finding[] {
  const { name, scopes, type = 'User' } = fields;
  const findings: Finding[] = [];
  if (textOf(name).startsWith(internalRolePrefix)) {
    findings.push({
      code: 'wrong-value',
      severity: 'error',
      path: ['name'],
      message: `the role name "${textOf(name)}" is reserved: Logto hides roles named "${internalRolePrefix}…" from every list`,
      hint: 'choose another name',
    });
  }
  if (type === 'User' && isObject(scopes) && 'management-api' in scopes) {
    findings.push({
      code: 'wrong-value',
      severity: 'error',
      path: ['scopes', 'management-api'],
      message: 'a role for users cannot have permissions of the Management API',
      hint: 'set type: MachineToMachine, or take management-api out',
    });
  }
  return findings;
}
