import { refusingBadSearch, searchOfQuery } from '../api/search-of-query.js';
import { NothingDeleted } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { among, empty, join, sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import { withoutInternalSecret } from './applications.js';
import type { Area } from './areas.js';
import { tellingInternalRoles } from './role-errors.js';

/** @see packages/core/src/routes/role.application.ts in logto-io/logto */
export const addRoleApplications: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingInternalRoles);
  const { Roles, Applications, applicationResponseGuard } = schemas;
  const roles = tableOf(database, Roles);
  const applications = tableOf(database, Applications);

  api.on(
    'GET',
    '/roles/:id/applications',
    { paging: 'always', response: applicationResponseGuard.array() },
    async ({ parameters: { id }, slice, searchParameters, setTotal }) => {
      await roles.findById(id);
      return refusingBadSearch(async () => {
        const search = searchConditionOf(searchOfQuery(searchParameters), ['id', 'name', 'description']);
        // Other applications can be linked, and are never shown.
        const condition = sql`where type = 'MachineToMachine'
          and id in (select application_id from applications_roles where role_id = ${id})
          ${search ? sql`and ${search}` : empty}`;
        setTotal(await applications.count(condition));
        const rows = await applications.select(sql`${condition} ${sliceOf(slice)}`);
        return rows.map((row) => withoutInternalSecret(row, schemas));
      });
    },
  );

  api.on(
    'POST',
    '/roles/:id/applications',
    { body: z.object({ applicationIds: z.string().min(1).array().nonempty() }), status: 201 },
    async ({ parameters: { id }, body: { applicationIds } }) => {
      await roles.findById(id);
      const linked = await database.query(
        sql`select application_id from applications_roles where role_id = ${id} and application_id ${among(applicationIds)}`,
      );
      assertThat(linked.rows.length === 0, 'role.application_exists', { status: 422 });
      for (const applicationId of applicationIds) await applications.findById(applicationId);
      await database.query(
        sql`insert into applications_roles (id, application_id, role_id)
          values ${join(applicationIds.map((applicationId) => sql`(${newId()}, ${applicationId}, ${id})`))}`,
      );
    },
  );

  api.on(
    'DELETE',
    '/roles/:id/applications/:applicationId',
    { status: 204 },
    async ({ parameters: { id, applicationId } }) => {
      const { rowCount } = await database.query(
        sql`delete from applications_roles where application_id = ${applicationId} and role_id = ${id}`,
      );
      if (rowCount < 1) throw new NothingDeleted('applications_roles');
    },
  );
};
