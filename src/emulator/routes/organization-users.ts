import { keywordSearch } from '../api/entity-routes.js';
import { relationOf } from '../database/relation.js';
import { among, empty, join, name, sql } from '../database/sql.js';
import { columnsOf, sliceOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';
import { tellingIntegrity } from './organization-errors.js';
import { addMemberRoles } from './organization-member-roles.js';
import { userSearchColumns } from './users.js';

/** People in organizations. @see packages/core/src/routes/organization/user in logto-io/logto */
export const addOrganizationUsers: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingIntegrity);
  const { Organizations, OrganizationRoles, OrganizationScopes, Users } = schemas;
  const members = relationOf(database, 'organization_user_relations', Organizations, Users);
  const memberRoles = relationOf(
    database,
    'organization_role_user_relations',
    Organizations,
    OrganizationRoles,
    Users,
  );
  const ids = z.string().min(1).array();

  api.on(
    'GET',
    '/organizations/:id/users',
    {
      paging: 'always',
      query: z.object({ q: z.string().optional(), organizationRoleId: z.string().min(1).optional() }),
      response: schemas.userWithOrganizationRolesGuard.array(),
    },
    async ({ parameters: { id }, slice, query: { q, organizationRoleId }, setTotal }) => {
      const search = keywordSearch(userSearchColumns, q);
      const matches = search?.fields.map(
        (field) => sql`${name('users', field)} ilike ${`%${search.keyword}%`}`,
      );
      const from = sql`from organization_user_relations as link join users on link.user_id = users.id
        where link.organization_id = ${id} ${matches ? sql`and (${join(matches, ' or ')})` : empty}
        ${
          organizationRoleId === undefined
            ? empty
            : sql`and exists (select 1 from organization_role_user_relations as given where given.organization_id = ${id}
                and given.user_id = users.id and given.organization_role_id = ${organizationRoleId})`
        }`;
      const { rows: counts } = await database.query<{ count: number }>(sql`select count(*) ${from}`);
      setTotal(counts[0]?.count ?? 0);
      const { rows } = await database.query(sql`
        select ${columnsOf(Users, true)}, coalesce((
          select json_agg(json_build_object('id', role.id, 'name', role.name) order by role.name)
          from organization_role_user_relations as given
          join organization_roles as role on role.id = given.organization_role_id
          where given.organization_id = ${id} and given.user_id = users.id
        ), '[]') as organization_roles ${from} order by users.id ${sliceOf(slice)}`);
      return rows;
    },
  );
  api.on(
    'POST',
    '/organizations/:id/users',
    { body: z.object({ userIds: ids.nonempty() }), status: 201 },
    async ({ parameters: { id }, body: { userIds } }) => {
      await members.insert([...new Set(userIds)].map((userId) => [id, userId]));
      return { userIds };
    },
  );
  api.on(
    'PUT',
    '/organizations/:id/users',
    { body: z.object({ userIds: ids }), status: 204 },
    ({ parameters: { id }, body: { userIds } }) => members.replaceWithDelta(id, [...new Set(userIds)]),
  );
  api.on('DELETE', '/organizations/:id/users/:userId', { status: 204 }, ({ parameters: { id, userId } }) =>
    members.delete([id, userId]),
  );
  api.on(
    'POST',
    '/organizations/:id/users/roles',
    { body: z.object({ userIds: ids.nonempty(), organizationRoleIds: ids.nonempty() }), status: 201 },
    ({ parameters: { id }, body: { userIds, organizationRoleIds } }) =>
      memberRoles.insert(
        organizationRoleIds.flatMap((roleId) => userIds.map((userId) => [id, roleId, userId])),
      ),
  );

  addMemberRoles(api, z, OrganizationRoles, {
    database,
    path: '/organizations/:id/users/:memberId/roles',
    members,
    memberRoles,
    table: 'organization_role_user_relations',
    memberColumn: 'user_id',
    /** People can be given roles by name too, and the answer tells which they are. */
    roles: {
      body: z.object({ organizationRoleIds: ids.optional(), organizationRoleNames: ids.optional() }),
      idsOf: async ({ organizationRoleIds = [], organizationRoleNames = [] }) => {
        const { rows } = await database.query<{ id: string; name: string }>(
          sql`select id, name from organization_roles where name ${among(organizationRoleNames)}`,
        );
        const missing = organizationRoleNames.filter((wanted) => !rows.some((role) => role.name === wanted));
        assertThat(missing.length === 0, 'organization.role_names_not_found', {
          status: 422,
          words: { names: missing.join(', ') },
        });
        return [...new Set([...organizationRoleIds, ...rows.map((role) => role.id)])];
      },
      isAnswered: true,
    },
  });

  api.on(
    'GET',
    '/organizations/:id/users/:userId/scopes',
    { response: OrganizationScopes.guard.array() },
    async ({ parameters: { id, userId } }) => {
      const { rows } = await database.query(sql`
        select distinct on (organization_scopes.id) ${columnsOf(OrganizationScopes, true)}
        from organization_role_user_relations as given
        join organization_role_scope_relations as link on link.organization_role_id = given.organization_role_id
        join organization_scopes on organization_scopes.id = link.organization_scope_id
        where given.organization_id = ${id} and given.user_id = ${userId}`);
      return rows;
    },
  );
};
