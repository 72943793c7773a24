import { isObject, textOf, type Json } from '../json.js';
import type { ReadApi } from '../management-api/api.js';
import { organizationPermissionLinks, permissionLinks } from './access.js';
import { asList, asTenantObject, collection, pathSegment } from './endpoints.js';
import { choice, list, map, text } from './field.js';
import { defineKind, type LinkTarget, type Relation, type TenantLists } from './kind.js';

const path = (id: string, section: string): string => `/api/organization-roles/${pathSegment(id)}/${section}`;

/**
 * Links of organization roles. The list embeds them (and only the list: routes/organization-role/index.ts), so reading
 * them costs nothing; POST skips what is there already.
 *
 * @param embedded the key of the list under which they are
 * @param bodyKey what POST calls the ids
 */
function linksOfRole(
  section: string,
  embedded: string,
  bodyKey: string,
  toTarget: (value: Json) => LinkTarget,
): Relation {
  return {
    needs: ['organizationRoles'],
    read: (_api: ReadApi, ids: readonly string[], lists: TenantLists) => {
      const roles = new Map(
        (lists.get('organizationRoles') ?? []).map((role) => [role.id, role.fields[embedded]]),
      );
      return Promise.resolve(new Map(ids.map((id) => [id, asList(roles.get(id) ?? []).map(toTarget)])));
    },
    readOne: async (api, id) => asList(await api.get(path(id, section))).map(toTarget),
    add: async (api, id, targetIds) => {
      await api.post(path(id, section), { [bodyKey]: targetIds });
    },
    remove: (api, id, targetId) => api.delete(`${path(id, section)}/${pathSegment(targetId)}`),
  };
}

function organizationScopeTarget(value: Json): LinkTarget {
  const { id, fields } = asTenantObject(value);
  return { kind: 'organizationScopes', id, name: textOf(fields.name) };
}

function resourceScopeTarget(value: Json): LinkTarget {
  const { id, fields } = asTenantObject(value);
  const resource = isObject(fields.resource) ? asTenantObject(fields.resource) : undefined;
  const target = { kind: 'apiResources.scopes', id, name: textOf(fields.name) };
  if (!resource) return target;
  return { ...target, parent: { kind: 'apiResources', id: resource.id, name: textOf(resource.fields.name) } };
}

export const organizationRole = defineKind({
  name: 'organizationRoles',
  singular: 'organization role',
  summary: 'A role inside an organization, part of the template that all organizations share.',
  fields: {
    name: text({ required: true, minLength: 1, maxLength: 128, description: 'Unique in the tenant.' }),
    description: text({ nullable: true, maxLength: 256, description: 'What the role is for.' }),
    // PATCH takes it, also while members have the role, and leaves them with a role that is not for them.
    type: choice(['User', 'MachineToMachine'], {
      immutable: true,
      default: 'User',
      description: 'Who can have the role.',
    }),
    scopes: list(text({ reference: { kind: 'organizationScopes' } }), {
      unordered: true,
      relation: true,
      insteadOfNull: '[] for no permission at all',
      description: 'The organization permissions of the role: the whole set.',
    }),
    resourceScopes: map(
      { kind: 'apiResources' },
      list(text({ reference: { kind: 'apiResources.scopes', childOfMapKey: true } }), { unordered: true }),
      {
        relation: true,
        insteadOfNull: '{} for no permission at all',
        description: 'The permissions of API resources that the role gives, by API resource: the whole set.',
      },
    ),
  },
  key: ['name'],
  title: 'name',
  lookupBy: ['name'],
  endpoints: collection('/api/organization-roles'),
  relations: {
    scopes: linksOfRole('scopes', 'scopes', 'organizationScopeIds', organizationScopeTarget),
    resourceScopes: linksOfRole('resource-scopes', 'resourceScopes', 'scopeIds', resourceScopeTarget),
  },
  access: {
    node: 'organizationRole',
    detail: 'type',
    links: (address, { scopes, resourceScopes }) => [
      ...permissionLinks(address, resourceScopes),
      ...organizationPermissionLinks(address, scopes),
    ],
  },
  replacement: [
    'members, applications and just-in-time rules lose the role; only what a manifest states is made again',
  ],
});
