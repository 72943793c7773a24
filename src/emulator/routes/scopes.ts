import { refusingBadSearch, searchOfQuery } from '../api/search-of-query.js';
import { newId } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { empty, sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/resource.scope.ts in logto-io/logto */
export const addScopes: Area = (api, { database, packages: { schemas } }) => {
  const { Resources, Scopes, isManagementApi } = schemas;
  const resources = tableOf(database, Resources);
  const scopes = tableOf(database, Scopes);
  const input = Scopes.createGuard.pick({ name: true, description: true });

  // Only the resource in the path is looked at: the scope may be one of another resource, and Logto lets it pass.
  const refuseManagementApi = async (resourceId: string): Promise<void> => {
    const { indicator } = await resources.findById(resourceId);
    assertThat(!isManagementApi(indicator), 'resource.cannot_modify_management_api');
  };
  const refuseTakenName = async (name: string, resourceId: string, exceptId = ''): Promise<void> => {
    const taken = await scopes.selectOne(
      sql`where resource_id = ${resourceId} and name = ${name} and id <> ${exceptId}`,
    );
    assertThat(!taken, 'scope.name_exists', { status: 422, words: { name } });
  };

  api.on(
    'GET',
    '/resources/:resourceId/scopes',
    { paging: 'always', response: Scopes.guard.array() },
    ({ parameters: { resourceId }, slice, searchParameters, setTotal }) =>
      refusingBadSearch(async () => {
        const search = searchConditionOf(searchOfQuery(searchParameters), ['id', 'name', 'description']);
        const condition = sql`where resource_id = ${resourceId} ${search ? sql`and ${search}` : empty}`;
        setTotal(await scopes.count(condition));
        return scopes.select(sql`${condition} ${sliceOf(slice)}`);
      }),
  );

  api.on(
    'POST',
    '/resources/:resourceId/scopes',
    { body: input, response: Scopes.guard, status: 201 },
    async ({ parameters: { resourceId }, body }) => {
      assertThat(!/\s/.test(body.name), 'scope.name_with_space');
      await refuseManagementApi(resourceId);
      await refuseTakenName(body.name, resourceId);
      return scopes.insert({ ...body, id: newId(), resourceId });
    },
  );

  api.on(
    'PATCH',
    '/resources/:resourceId/scopes/:scopeId',
    { body: input.partial(), response: Scopes.guard },
    async ({ parameters: { resourceId, scopeId }, body }) => {
      await refuseManagementApi(resourceId);
      if (body.name !== undefined) {
        assertThat(!/\s/.test(body.name), 'scope.name_with_space');
        await refuseTakenName(body.name, resourceId, scopeId);
      }
      return scopes.updateById(scopeId, body, 'merge');
    },
  );

  api.on(
    'DELETE',
    '/resources/:resourceId/scopes/:scopeId',
    { status: 204 },
    async ({ parameters: { resourceId, scopeId } }) => {
      await refuseManagementApi(resourceId);
      await scopes.deleteById(scopeId);
    },
  );
};
