import { keywordSearch } from '../api/entity-routes.js';
import { relationOf } from '../database/relation.js';
import { empty, join, name, sql, type Sql } from '../database/sql.js';
import { columnsOf, sliceOf, tableOf } from '../database/table.js';
import { withoutInternalSecret } from './applications.js';
import type { Area } from './areas.js';
import { tellingIntegrity } from './organization-errors.js';
import { addMemberRoles } from './organization-member-roles.js';

/** Machine-to-machine applications in organizations. @see packages/core/src/routes/organization/application in logto-io/logto */
export const addOrganizationApplications: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingIntegrity);
  const { Organizations, Applications, OrganizationRoles } = schemas;
  const applications = tableOf(database, Applications);
  const members = relationOf(database, 'organization_application_relations', Organizations, Applications);
  const memberRoles = relationOf(
    database,
    'organization_role_application_relations',
    Organizations,
    OrganizationRoles,
    Applications,
  );
  const ids = z.string().min(1).array();

  api.on(
    'GET',
    '/organizations/:id/applications',
    {
      paging: 'always',
      query: z.object({ q: z.string().optional() }),
      response: schemas.applicationWithOrganizationRolesGuard.array(),
    },
    async ({ parameters: { id }, slice, query: { q }, setTotal }) => {
      const search = keywordSearch(['id', 'name', 'description'], q);
      const condition = sql`where link.organization_id = ${id} ${matching(search?.keyword)}`;
      const { rows: counts } = await database.query<{ count: number }>(sql`
        select count(*) from organization_application_relations as link
        left join applications on link.application_id = applications.id ${condition}`);
      setTotal(counts[0]?.count ?? 0);
      const { rows } = await database.query<Parameters<typeof withoutInternalSecret>[0]>(sql`
        select ${columnsOf(Applications, true)}, ${rolesOfMember(sql`link.organization_id`, sql`link.application_id`)}
        from organization_application_relations as link
        left join applications on link.application_id = applications.id
        ${condition} order by applications.id ${sliceOf(slice)}`);
      return rows.map((row) => withoutInternalSecret(row, schemas));
    },
  );
  api.on(
    'POST',
    '/organizations/:id/applications',
    { body: z.object({ applicationIds: ids.nonempty() }), status: 201 },
    ({ parameters: { id }, body }) =>
      members.insert([...new Set(body.applicationIds)].map((applicationId) => [id, applicationId])),
  );
  api.on(
    'PUT',
    '/organizations/:id/applications',
    { body: z.object({ applicationIds: ids }), status: 204 },
    ({ parameters: { id }, body }) => members.replaceWithDelta(id, [...new Set(body.applicationIds)]),
  );
  api.on(
    'DELETE',
    '/organizations/:id/applications/:applicationId',
    { status: 204 },
    ({ parameters: { id, applicationId } }) => members.delete([id, applicationId]),
  );
  api.on(
    'POST',
    '/organizations/:id/applications/roles',
    { body: z.object({ applicationIds: ids.nonempty(), organizationRoleIds: ids.nonempty() }), status: 201 },
    ({ parameters: { id }, body: { applicationIds, organizationRoleIds } }) =>
      memberRoles.insert(
        organizationRoleIds.flatMap((roleId) =>
          applicationIds.map((applicationId) => [id, roleId, applicationId]),
        ),
      ),
  );
  addMemberRoles(api, z, OrganizationRoles, {
    database,
    path: '/organizations/:id/applications/:memberId/roles',
    members,
    memberRoles,
    table: 'organization_role_application_relations',
    memberColumn: 'application_id',
  });

  api.on(
    'GET',
    '/applications/:id/organizations',
    { paging: 'optional', response: schemas.organizationWithOrganizationRolesGuard.array() },
    async ({ parameters: { id }, slice, setTotal }) => {
      await applications.findById(id);
      setTotal(await members.countEntities(Organizations, { application_id: id }));
      const { rows } = await database.query(sql`
        select ${columnsOf(Organizations, true)}, ${rolesOfMember(sql`organizations.id`, sql`${id}`)}
        from organization_application_relations as link
        join organizations on link.organization_id = organizations.id
        where link.application_id = ${id} order by organizations.id ${sliceOf(slice)}`);
      return rows;
    },
  );
};

const matching = (keyword: string | undefined): Sql =>
  keyword === undefined
    ? empty
    : sql`and (${join(
        ['id', 'name', 'description'].map(
          (field) => sql`${name('applications', field)} ilike ${`%${keyword}%`}`,
        ),
        ' or ',
      )})`;

const rolesOfMember = (organizationId: Sql, applicationId: Sql): Sql => sql`
  coalesce((
    select json_agg(json_build_object('id', role.id, 'name', role.name) order by role.name)
    from organization_role_application_relations as given
    join organization_roles as role on role.id = given.organization_role_id
    where given.organization_id = ${organizationId} and given.application_id = ${applicationId}
  ), '[]') as organization_roles`;
