import { refusingBadSearch, searchOfQuery } from '../api/search-of-query.js';
import { NothingDeleted } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { among, empty, sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';
import { tellingInternalRoles } from './role-errors.js';
import { findUser, shownUser, userSearchColumns } from './users.js';

/** @see packages/core/src/routes/role.user.ts in logto-io/logto */
export const addRoleUsers: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingInternalRoles);
  const { Roles, Users, UsersRoles, userProfileResponseGuard, userInfoSelectFields } = schemas;
  const roles = tableOf(database, Roles);
  const users = tableOf(database, Users);
  const links = tableOf(database, UsersRoles);

  api.on(
    'GET',
    '/roles/:id/users',
    { paging: 'always', response: userProfileResponseGuard.array() },
    async ({ parameters: { id }, slice, searchParameters, setTotal }) => {
      await roles.findById(id);
      return refusingBadSearch(async () => {
        const search = searchConditionOf(searchOfQuery(searchParameters), userSearchColumns);
        const condition = sql`where id in (select user_id from users_roles where role_id = ${id})
          ${search ? sql`and (${search})` : empty}`;
        setTotal(await users.count(condition));
        const rows = await users.select(sql`${condition} order by created_at desc ${sliceOf(slice)}`);
        return rows.map((user) => shownUser(user, userInfoSelectFields));
      });
    },
  );

  api.on(
    'POST',
    '/roles/:id/users',
    { body: z.object({ userIds: z.string().min(1).array().nonempty() }), status: 201 },
    async ({ parameters: { id }, body: { userIds } }) => {
      await roles.findById(id);
      const linked = await links.selectOne(sql`where role_id = ${id} and user_id ${among(userIds)}`);
      assertThat(!linked, 'role.user_exists', { status: 422 });
      for (const userId of userIds) await findUser(users, userId);
      await links.insertMany(userIds.map((userId) => ({ id: newId(), roleId: id, userId })));
    },
  );

  api.on('DELETE', '/roles/:id/users/:userId', { status: 204 }, async ({ parameters: { id, userId } }) => {
    const deleted = await links.delete(sql`where user_id = ${userId} and role_id = ${id}`);
    if (deleted < 1) throw new NothingDeleted('users_roles');
  });
};
