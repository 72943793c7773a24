import { addEntityRoutes, addRelationRoutes, keywordSearch } from '../api/entity-routes.js';
import { NotFound } from '../database/errors.js';
import type { Queries } from '../database/database.js';
import { newId } from '../database/new-id.js';
import { relationOf, type Relation } from '../database/relation.js';
import { sql, type Sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import type { Area } from './areas.js';
import { tellingIntegrity } from './organization-errors.js';

/** @see packages/core/src/routes/organization-role/index.ts in logto-io/logto */
export const addOrganizationRoles: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingIntegrity);
  const { OrganizationRoles, OrganizationScopes, Scopes } = schemas;
  const roles = tableOf(database, OrganizationRoles);
  const scopeLinks = (queries: Queries): Relation =>
    relationOf(queries, 'organization_role_scope_relations', OrganizationRoles, OrganizationScopes);
  const resourceScopeLinks = (queries: Queries): Relation =>
    relationOf(queries, 'organization_role_resource_scope_relations', OrganizationRoles, Scopes);

  // The role is read with its scopes here, and a query that must find one row tells a miss in other words.
  const findRole = async (id: string): Promise<unknown> => {
    const role = await roles.selectOne(sql`where id = ${id}`);
    if (role === undefined) throw new NotFound();
    return role;
  };

  api.on(
    'GET',
    '/organization-roles',
    {
      paging: 'always',
      query: z.object({ q: z.string().optional() }),
      response: schemas.organizationRoleWithScopesGuard.array(),
    },
    async ({ slice, query: { q }, setTotal }) => {
      const search = keywordSearch(['id', 'name', 'description'], q);
      setTotal(await roles.countMatches(search));
      const page = await roles.list({ search, orderBy: sql`order by name asc ${sliceOf(slice)}` });
      const ids = page.map(({ id }) => id);
      const { rows } = await database.query<{ id: string }>(
        sql`${rolesWithScopes} where role.id = any(${ids}::varchar[])`,
      );
      const scopesOf = new Map(rows.map((row) => [row.id, row]));
      return page.map((role) => ({ ...role, ...scopesOf.get(role.id) }));
    },
  );

  api.on(
    'POST',
    '/organization-roles',
    {
      body: OrganizationRoles.createGuard.omit({ id: true }).extend({
        organizationScopeIds: z.string().array().default([]),
        resourceScopeIds: z.string().array().default([]),
      }),
      response: OrganizationRoles.guard,
      status: 201,
    },
    ({ body: { organizationScopeIds, resourceScopeIds, ...body } }) =>
      database.transaction(async (transaction) => {
        const role = await tableOf(transaction, OrganizationRoles).insert({ id: newId(), ...body });
        const linksTo = (ids: readonly string[]): readonly (readonly string[])[] =>
          ids.map((id) => [role.id, id]);
        if (organizationScopeIds.length > 0)
          await scopeLinks(transaction).insert(linksTo(organizationScopeIds));
        if (resourceScopeIds.length > 0)
          await resourceScopeLinks(transaction).insert(linksTo(resourceScopeIds));
        return role;
      }),
  );

  api.on('GET', '/organization-roles/:id', { response: OrganizationRoles.guard }, ({ parameters: { id } }) =>
    findRole(id),
  );

  addEntityRoutes(api, z, OrganizationRoles, roles, {
    searchFields: [],
    without: ['list', 'create', 'read'],
  });
  const relations = [
    [OrganizationScopes, scopeLinks(database), 'scopes'],
    [Scopes, resourceScopeLinks(database), 'resource-scopes'],
  ] as const;
  for (const [related, links, path] of relations) {
    addRelationRoutes(api, z, OrganizationRoles, related, links, { path, findOwner: findRole });
  }
};

/** Each role's scopes, in Logto's order: by their JSON, which begins with the id. */
const rolesWithScopes: Sql = sql`
  select role.id,
    coalesce((
      select json_agg(jsonb_build_object('id', scope.id, 'name', scope.name) order by scope.id)
      from organization_role_scope_relations as link
      join organization_scopes as scope on scope.id = link.organization_scope_id
      where link.organization_role_id = role.id
    ), '[]') as scopes,
    coalesce((
      select json_agg(
        jsonb_build_object(
          'id', scope.id, 'name', scope.name,
          'resource', jsonb_build_object('id', resource.id, 'name', resource.name)
        ) order by scope.id)
      from organization_role_resource_scope_relations as link
      join scopes as scope on scope.id = link.scope_id
      join resources as resource on resource.id = scope.resource_id
      where link.organization_role_id = role.id
    ), '[]') as resource_scopes
  from organization_roles as role`;
