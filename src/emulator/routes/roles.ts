import type { Role } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { refusingBadSearch, searchOfQuery } from '../api/search-of-query.js';
import type { Database } from '../database/database.js';
import { newId } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { among, empty, join, name, sql, when, type Sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';
import { tellingInternalRoles } from './role-errors.js';
import { refuseManagementApiScopes } from './role-scopes.js';

/** How many users and applications of a role its list shows. */
const featured = 3;

/** @see packages/core/src/routes/role.ts in logto-io/logto */
export const addRoles: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingInternalRoles);
  const { Roles, Applications, Users, internalRolePrefix } = schemas;
  const roles = tableOf(database, Roles);
  const applications = tableOf(database, Applications);
  const users = tableOf(database, Users);

  const refuseTakenName = async (roleName: string, exceptId = ''): Promise<void> => {
    const taken = await roles.selectOne(sql`where name = ${roleName} and id <> ${exceptId}`);
    assertThat(!taken, 'role.name_in_use', { status: 422, words: { name: roleName } });
  };

  api.on(
    'GET',
    '/roles',
    {
      paging: 'always',
      query: z
        .object({ excludeUserId: z.string().optional(), excludeApplicationId: z.string().optional() })
        .merge(Roles.guard.pick({ type: true }).partial()),
      response: Roles.guard
        .merge(
          z.object({
            usersCount: z.number(),
            featuredUsers: schemas.featuredUserGuard.array(),
            applicationsCount: z.number(),
            featuredApplications: schemas.featuredApplicationGuard.array(),
          }),
        )
        .array(),
    },
    ({ slice, query, searchParameters, setTotal }) =>
      refusingBadSearch(async () => {
        const { type, excludeUserId, excludeApplicationId } = query;
        const search = searchConditionOf(searchOfQuery(searchParameters), ['id', 'name', 'description']);
        const condition = visibleRoles(internalRolePrefix, [
          when(type, () => sql`type = ${type ?? ''}`),
          excludeUserId
            ? sql`id not in (select role_id from users_roles where user_id = ${excludeUserId})`
            : empty,
          excludeApplicationId
            ? sql`id not in (select role_id from applications_roles where application_id = ${excludeApplicationId})`
            : empty,
          search ?? empty,
        ]);
        setTotal(await roles.count(condition));
        const page = await roles.select(sql`${condition} ${sliceOf(slice)}`);
        return withHolders(database, page, {
          users: (ids) => users.findByIds(ids),
          applications: (ids) => applications.findByIds(ids),
        });
      }),
  );

  api.on(
    'POST',
    '/roles',
    {
      body: Roles.createGuard.omit({ id: true }).extend({ scopeIds: z.string().min(1).array().optional() }),
      response: Roles.guard,
    },
    async ({ body: { scopeIds, ...body } }) => {
      await refuseTakenName(body.name);
      // Not in one transaction, as in Logto: when the scopes are refused, the role stays.
      const role = await roles.insert({ ...body, id: newId() });
      if (scopeIds !== undefined) {
        await refuseManagementApiScopes(database, schemas, role, scopeIds);
        const links = scopeIds.map((scopeId) => sql`(${newId()}, ${role.id}, ${scopeId})`);
        await database.query(sql`insert into roles_scopes (id, role_id, scope_id) values ${join(links)}`);
      }
      return role;
    },
  );

  api.on('GET', '/roles/:id', { response: Roles.guard }, ({ parameters: { id } }) => roles.findById(id));

  api.on(
    'PATCH',
    '/roles/:id',
    {
      body: Roles.createGuard.pick({ name: true, description: true, isDefault: true }).partial(),
      response: Roles.guard,
    },
    async ({ parameters: { id }, body }) => {
      await roles.findById(id);
      if (body.name !== undefined) await refuseTakenName(body.name, id);
      return roles.updateById(id, body, 'merge');
    },
  );

  api.on('DELETE', '/roles/:id', { status: 204 }, async ({ parameters: { id } }) => {
    await roles.findById(id);
    await roles.deleteById(id);
  });
};

/** The condition of every list of roles: internal ones are hidden. */
export const visibleRoles = (internalPrefix: string, conditions: readonly Sql[]): Sql =>
  sql`where ${join(
    [sql`not starts_with(name, ${internalPrefix})`, ...conditions.filter((condition) => condition !== empty)],
    ' and ',
  )}`;

interface Holder {
  readonly roleId: string;
  readonly holderId: string;
  readonly count: number;
}

interface Holders {
  users(ids: readonly string[]): Promise<readonly { id: string }[]>;
  applications(ids: readonly string[]): Promise<readonly { id: string }[]>;
}

async function withHolders(
  database: Database,
  roles: readonly Role[],
  find: Holders,
): Promise<readonly object[]> {
  const ids = roles.map(({ id }) => id);
  const users = await firstHolders(database, 'users_roles', 'user_id', ids);
  const applications = await firstHolders(database, 'applications_roles', 'application_id', ids);
  const usersById = byId(await find.users(users.map(({ holderId }) => holderId)));
  const applicationsById = byId(await find.applications(applications.map(({ holderId }) => holderId)));
  return roles.map((role) => {
    const ofRole = users.filter(({ roleId }) => roleId === role.id);
    const applicationsOfRole = applications.filter(({ roleId }) => roleId === role.id);
    return {
      ...role,
      usersCount: ofRole[0]?.count ?? 0,
      featuredUsers: ofRole.map(({ holderId }) => usersById.get(holderId)),
      applicationsCount: applicationsOfRole[0]?.count ?? 0,
      featuredApplications: applicationsOfRole.map(({ holderId }) => applicationsById.get(holderId)),
    };
  });
}

const byId = (rows: readonly { id: string }[]): ReadonlyMap<string, object> =>
  new Map(rows.map((row) => [row.id, row]));

async function firstHolders(
  database: Database,
  table: string,
  column: string,
  roleIds: readonly string[],
): Promise<readonly Holder[]> {
  const { rows } = await database.query<Holder>(sql`
    select role_id, holder_id, count from (
      select role_id, ${name(column)} as holder_id, count(*) over (partition by role_id) as count,
        row_number() over (partition by role_id) as position
      from ${name(table)} where role_id ${among(roleIds)}
    ) as ranked where position <= ${featured}`);
  return rows;
}
