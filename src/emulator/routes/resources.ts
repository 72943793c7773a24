import { isYes } from '../api/search-of-query.js';
import { newId } from '../database/new-id.js';
import { among, sql } from '../database/sql.js';
import { tableOf, type Slice } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/resource.ts in logto-io/logto */
export const addResources: Area = (api, { database, packages: { schemas, z } }) => {
  const { Resources, Scopes, isManagementApi } = schemas;
  const resources = tableOf(database, Resources);
  const scopes = tableOf(database, Scopes);
  const withScopes = Resources.guard.extend({ scopes: Scopes.guard.array().optional() });

  const listed = async (slice: Slice | undefined, includesScopes: boolean): Promise<readonly object[]> => {
    const rows = await resources.list({ slice });
    if (!includesScopes) return rows;
    const all = await scopes.select(sql`where resource_id ${among(rows.map(({ id }) => id))}`);
    return rows.map((row) => ({ ...row, scopes: all.filter(({ resourceId }) => resourceId === row.id) }));
  };

  api.on(
    'GET',
    '/resources',
    {
      paging: 'optional',
      query: z.object({ includeScopes: z.string().optional() }),
      response: withScopes.array(),
    },
    async ({ slice, query, setTotal }) => {
      if (slice !== undefined) setTotal(await resources.count());
      return listed(slice, isYes(query.includeScopes));
    },
  );

  api.on(
    'POST',
    '/resources',
    { body: Resources.createGuard.omit({ id: true, isDefault: true }), response: withScopes, status: 201 },
    async ({ body }) => {
      const taken = await resources.selectOne(sql`where indicator = ${body.indicator}`);
      assertThat(!taken, 'resource.resource_identifier_in_use', {
        status: 422,
        words: { indicator: body.indicator },
      });
      return { ...(await resources.insert({ id: newId(), ...body })), scopes: [] };
    },
  );

  api.on('GET', '/resources/:id', { response: Resources.guard }, ({ parameters: { id } }) =>
    resources.findById(id),
  );

  api.on(
    'PATCH',
    '/resources/:id',
    {
      body: Resources.createGuard.omit({ id: true, indicator: true, isDefault: true }).partial(),
      response: Resources.guard,
    },
    async ({ parameters: { id }, body }) => {
      const { indicator } = await resources.findById(id);
      assertThat(!isManagementApi(indicator), 'resource.cannot_modify_management_api');
      return resources.updateById(id, body, 'merge');
    },
  );

  api.on(
    'PATCH',
    '/resources/:id/is-default',
    { body: z.object({ isDefault: z.boolean() }), response: Resources.guard },
    async ({ parameters: { id }, body: { isDefault } }) => {
      if (!isDefault) {
        await resources.findById(id);
        return resources.updateById(id, { isDefault });
      }
      // At most one resource is the default: the one that was is changed in the same transaction.
      return database.transaction(async (transaction) => {
        await transaction.query(sql`update resources set is_default = false where is_default = true`);
        return tableOf(transaction, Resources).updateById(id, { isDefault });
      });
    },
  );

  api.on('DELETE', '/resources/:id', { status: 204 }, async ({ parameters: { id } }) => {
    const { indicator } = await resources.findById(id);
    assertThat(!isManagementApi(indicator), 'resource.cannot_delete_management_api');
    await resources.deleteById(id);
  });
};
