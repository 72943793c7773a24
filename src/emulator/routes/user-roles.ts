import { refusingBadSearch, searchOfQuery } from '../api/search-of-query.js';
import { NothingDeleted } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { empty, sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';
import { tellingInternalRoles } from './role-errors.js';
import { visibleRoles } from './roles.js';
import { findUser } from './users.js';

/** @see packages/core/src/routes/admin-user/role.ts in logto-io/logto */
export const addUserRoles: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingInternalRoles);
  const { Roles, Users, UsersRoles, Organizations, internalRolePrefix } = schemas;
  const roles = tableOf(database, Roles);
  const users = tableOf(database, Users);
  const links = tableOf(database, UsersRoles);
  const body = z.object({ roleIds: z.string().min(1).array() });
  const path = '/users/:userId/roles';

  const linkedRoleIds = async (userId: string): Promise<readonly string[]> =>
    (await links.select(sql`where user_id = ${userId}`)).map(({ roleId }) => roleId);
  const link = async (userId: string, roleIds: readonly string[]): Promise<void> => {
    if (roleIds.length > 0)
      await links.insertMany(roleIds.map((roleId) => ({ id: newId(), userId, roleId })));
  };
  const unlink = async (userId: string, roleId: string): Promise<void> => {
    const deleted = await links.delete(sql`where user_id = ${userId} and role_id = ${roleId}`);
    if (deleted < 1) throw new NothingDeleted('users_roles');
  };

  api.on(
    'GET',
    path,
    { paging: 'always', response: Roles.guard.array() },
    async ({ parameters: { userId }, slice, searchParameters, setTotal }) => {
      await findUser(users, userId);
      return refusingBadSearch(async () => {
        const condition = visibleRoles(internalRolePrefix, [
          sql`id in (select role_id from users_roles where user_id = ${userId})`,
          sql`type = 'User'`,
          searchConditionOf(searchOfQuery(searchParameters), ['id', 'name', 'description']) ?? empty,
        ]);
        setTotal(await roles.count(condition));
        return roles.select(sql`${condition} ${sliceOf(slice)}`);
      });
    },
  );

  api.on('POST', path, { body, status: 201 }, async ({ parameters: { userId }, body: { roleIds } }) => {
    await findUser(users, userId);
    const linked = await linkedRoleIds(userId);
    const added = roleIds.filter((roleId) => !linked.includes(roleId));
    for (const { type } of await roles.findByIds(added)) {
      assertThat(type === 'User', 'user.invalid_role_type', { status: 422 });
    }
    for (const roleId of added) await roles.findById(roleId);
    await link(userId, added);
    return { roleIds, addedRoleIds: added };
  });

  api.on('PUT', path, { body }, async ({ parameters: { userId }, body: { roleIds } }) => {
    await findUser(users, userId);
    const linked = await linkedRoleIds(userId);
    const added = roleIds.filter((roleId) => !linked.includes(roleId));
    for (const roleId of added) await roles.findById(roleId);
    for (const roleId of linked) if (!roleIds.includes(roleId)) await unlink(userId, roleId);
    await link(userId, added);
    return { roleIds: [...new Set(roleIds)] };
  });

  api.on('DELETE', `${path}/:roleId`, { status: 204 }, ({ parameters: { userId, roleId } }) =>
    unlink(userId, roleId),
  );

  api.on(
    'GET',
    '/users/:userId/organizations',
    { response: schemas.organizationWithOrganizationRolesGuard.array() },
    async ({ parameters: { userId } }) => {
      await findUser(users, userId);
      const organizations = tableOf(database, Organizations);
      const member = sql`select organization_id from organization_user_relations where user_id = ${userId}`;
      const { rows } = await database.query<{ organizationId: string }>(sql`
        select given.organization_id, role.id, role.name from organization_role_user_relations as given
        join organization_roles as role on role.id = given.organization_role_id
        where given.user_id = ${userId} order by role.name`);
      return (await organizations.select(sql`where id in (${member}) order by id`)).map((organization) => ({
        ...organization,
        organizationRoles: rows.filter(({ organizationId }) => organizationId === organization.id),
      }));
    },
  );
};
