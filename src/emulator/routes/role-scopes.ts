import type { Role, Scope } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { refusingBadSearch, searchOfQuery } from '../api/search-of-query.js';
import type { Database } from '../database/database.js';
import { NothingDeleted } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { empty, join, sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Schemas } from '../packages.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/role.scope.ts in logto-io/logto */
export const addRoleScopes: Area = (api, { database, packages: { schemas, z } }) => {
  const { Roles, Scopes, Resources, scopeResponseGuard } = schemas;
  const roles = tableOf(database, Roles);
  const scopes = tableOf(database, Scopes);
  const resources = tableOf(database, Resources);

  const withResources = async (rows: readonly Scope[]): Promise<readonly object[]> => {
    const found = await resources.findByIds([...new Set(rows.map(({ resourceId }) => resourceId))]);
    return rows.map((scope) => ({ ...scope, resource: found.find(({ id }) => id === scope.resourceId) }));
  };

  api.on(
    'GET',
    '/roles/:id/scopes',
    { paging: 'optional', response: scopeResponseGuard.array() },
    async ({ parameters: { id }, slice, searchParameters, setTotal }) => {
      await roles.findById(id);
      return refusingBadSearch(async () => {
        const search = searchConditionOf(searchOfQuery(searchParameters), ['id', 'name', 'description']);
        const condition = sql`where id in (select scope_id from roles_scopes where role_id = ${id}) ${search ? sql`and ${search}` : empty}`;
        if (slice !== undefined) setTotal(await scopes.count(condition));
        return withResources(await scopes.select(sql`${condition} ${sliceOf(slice)}`));
      });
    },
  );

  api.on(
    'POST',
    '/roles/:id/scopes',
    {
      body: z.object({ scopeIds: z.string().min(1).array().nonempty() }),
      response: Scopes.guard.array(),
      status: 201,
    },
    async ({ parameters: { id }, body: { scopeIds } }) => {
      const role = await roles.findById(id);
      const ofRole = sql`where id in (select scope_id from roles_scopes where role_id = ${id})`;
      const linked = new Set((await scopes.select(ofRole)).map((scope) => scope.id));
      const known = scopeIds.find((scopeId) => linked.has(scopeId));
      assertThat(known === undefined, 'role.scope_exists', { status: 422, words: { scopeId: known ?? '' } });
      await refuseManagementApiScopes(database, schemas, role, scopeIds);
      await database.query(
        sql`insert into roles_scopes (id, role_id, scope_id)
          values ${join(scopeIds.map((scopeId) => sql`(${newId()}, ${id}, ${scopeId})`))}`,
      );
      return scopes.select(ofRole);
    },
  );

  api.on('DELETE', '/roles/:id/scopes/:scopeId', { status: 204 }, async ({ parameters: { id, scopeId } }) => {
    const { rowCount } = await database.query(
      sql`delete from roles_scopes where role_id = ${id} and scope_id = ${scopeId}`,
    );
    if (rowCount < 1) throw new NothingDeleted('roles_scopes');
  });
};

/**
 * Refuses scopes that do not exist, and scopes of the Management API for a role of users.
 *
 * @see packages/core/src/libraries/role-scope.ts in logto-io/logto
 */
export async function refuseManagementApiScopes(
  database: Database,
  { Scopes, Resources, isManagementApi }: Schemas,
  role: Role,
  scopeIds: readonly string[],
): Promise<void> {
  for (const scopeId of scopeIds) {
    const { resourceId } = await tableOf(database, Scopes).findById(scopeId);
    if (role.type !== 'User') continue;
    const { indicator } = await tableOf(database, Resources).findById(resourceId);
    assertThat(!isManagementApi(indicator), 'role.management_api_scopes_not_assignable_to_user_role');
  }
}
