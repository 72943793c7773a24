import type { Application } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { refusingBadSearch, searchOfQuery } from '../api/search-of-query.js';
import { NothingDeleted } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { empty, join, sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';
import { tellingInternalRoles } from './role-errors.js';
import { visibleRoles } from './roles.js';

/** @see packages/core/src/routes/applications/application-role.ts in logto-io/logto */
export const addApplicationRoles: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingInternalRoles);
  const { Roles, Applications, internalRolePrefix } = schemas;
  const roles = tableOf(database, Roles);
  const applications = tableOf(database, Applications);
  const body = z.object({ roleIds: z.string().min(1).array() });

  const findMachine = async (id: string): Promise<Application> => {
    const application = await applications.findById(id);
    assertThat(application.type === 'MachineToMachine', 'application.invalid_type', { status: 422 });
    return application;
  };
  const linkedRoleIds = async (applicationId: string): Promise<readonly string[]> => {
    const { rows } = await database.query<{ roleId: string }>(
      sql`select role_id from applications_roles where application_id = ${applicationId}`,
    );
    return rows.map(({ roleId }) => roleId);
  };
  const link = async (applicationId: string, roleIds: readonly string[]): Promise<void> => {
    await database.query(
      sql`insert into applications_roles (id, application_id, role_id)
        values ${join(roleIds.map((roleId) => sql`(${newId()}, ${applicationId}, ${roleId})`))}`,
    );
  };
  const unlink = async (applicationId: string, roleId: string): Promise<void> => {
    const { rowCount } = await database.query(
      sql`delete from applications_roles where application_id = ${applicationId} and role_id = ${roleId}`,
    );
    if (rowCount < 1) throw new NothingDeleted('applications_roles');
  };

  api.on(
    'GET',
    '/applications/:applicationId/roles',
    { paging: 'always', response: Roles.guard.array() },
    async ({ parameters: { applicationId }, slice, searchParameters, setTotal }) => {
      await findMachine(applicationId);
      return refusingBadSearch(async () => {
        const condition = visibleRoles(internalRolePrefix, [
          sql`id in (select role_id from applications_roles where application_id = ${applicationId})`,
          sql`type = 'MachineToMachine'`,
          searchConditionOf(searchOfQuery(searchParameters), ['id', 'name', 'description']) ?? empty,
        ]);
        setTotal(await roles.count(condition));
        return roles.select(sql`${condition} ${sliceOf(slice)}`);
      });
    },
  );

  api.on(
    'POST',
    '/applications/:applicationId/roles',
    { body, status: 201 },
    async ({ parameters: { applicationId }, body: { roleIds } }) => {
      await findMachine(applicationId);
      const linked = await linkedRoleIds(applicationId);
      const added = [...new Set(roleIds)].filter((roleId) => !linked.includes(roleId));
      for (const { type } of await roles.findByIds(added)) {
        assertThat(type === 'MachineToMachine', 'application.invalid_role_type', { status: 422 });
      }
      if (added.length > 0) {
        for (const roleId of added) await roles.findById(roleId);
        await link(applicationId, added);
      }
      return { roleIds, addedRoleIds: added };
    },
  );

  api.on(
    'PUT',
    '/applications/:applicationId/roles',
    { body },
    async ({ parameters: { applicationId }, body: { roleIds } }) => {
      await findMachine(applicationId);
      const linked = await linkedRoleIds(applicationId);
      const added = roleIds.filter((roleId) => !linked.includes(roleId));
      for (const roleId of added) await roles.findById(roleId);
      // Not in one transaction, and an empty list to add is an error after the removals, as in Logto.
      for (const roleId of linked) if (!roleIds.includes(roleId)) await unlink(applicationId, roleId);
      await link(applicationId, added);
    },
  );

  api.on(
    'DELETE',
    '/applications/:applicationId/roles/:roleId',
    { status: 204 },
    async ({ parameters: { applicationId, roleId } }) => {
      await findMachine(applicationId);
      await unlink(applicationId, roleId);
    },
  );
};
