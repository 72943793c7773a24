import type { Hook } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { isYes } from '../api/search-of-query.js';
import { newId, newSecret } from '../database/new-id.js';
import { sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/hook.ts in logto-io/logto; nothing is ever delivered */
export const addHooks: Area = (api, { database, packages: { schemas, z } }) => {
  const { Hooks, Logs, hookResponseGuard } = schemas;
  const hooks = tableOf(database, Hooks);
  const events = schemas.hookEventsGuard.nonempty().transform((list) => [...new Set(list)]);
  const response = hookResponseGuard.partial({ executionStats: true });
  const query = z.object({ includeExecutionStats: z.string().optional() });
  // As nothing is delivered, there is nothing to count.
  const withStats = (hook: Hook): object => ({
    ...hook,
    executionStats: { requestCount: 0, successCount: 0 },
  });

  api.on(
    'GET',
    '/hooks',
    { paging: 'optional', query, response: response.array() },
    async ({ slice, query: { includeExecutionStats }, setTotal }) => {
      if (slice !== undefined) setTotal(await hooks.count());
      const rows = await hooks.select(sql`order by created_at desc ${sliceOf(slice)}`);
      return isYes(includeExecutionStats) ? rows.map(withStats) : rows;
    },
  );

  api.on(
    'GET',
    '/hooks/:id',
    { query, response },
    async ({ parameters: { id }, query: { includeExecutionStats } }) => {
      const hook = await hooks.findById(id);
      // Any value counts here, also `false`.
      return includeExecutionStats ? withStats(hook) : hook;
    },
  );

  api.on(
    'GET',
    '/hooks/:id/recent-logs',
    { paging: 'always', response: Logs.guard.omit({ tenantId: true }).array() },
    ({ setTotal }) => {
      setTotal(0);
      return [];
    },
  );

  api.on(
    'POST',
    '/hooks',
    {
      body: Hooks.createGuard
        .omit({ id: true, signingKey: true })
        .extend({ event: schemas.hookEventGuard.optional(), events: events.optional() }),
      response: Hooks.guard,
      status: 201,
    },
    ({ body: { event, events: list, enabled, ...body } }) => {
      assertThat(list ?? event, 'hook.missing_events');
      return hooks.insert({
        ...body,
        id: newId(),
        signingKey: newSecret(),
        events: list ?? [],
        enabled: enabled ?? true,
        ...(event === undefined ? {} : { event }),
      });
    },
  );

  api.on(
    'POST',
    '/hooks/:id/test',
    { body: z.object({ events, config: schemas.hookConfigGuard }), status: 204 },
    async ({ parameters: { id } }) => {
      await hooks.findById(id);
    },
  );

  api.on(
    'PATCH',
    '/hooks/:id',
    {
      body: Hooks.createGuard.omit({ id: true, signingKey: true }).extend({ events }).partial(),
      response: Hooks.guard,
    },
    ({ parameters: { id }, body }) => hooks.updateById(id, body),
  );

  api.on('PATCH', '/hooks/:id/signing-key', { response: Hooks.guard }, ({ parameters: { id } }) =>
    hooks.updateById(id, { signingKey: newSecret() }),
  );

  api.on('DELETE', '/hooks/:id', { status: 204 }, ({ parameters: { id } }) => hooks.deleteById(id));
};
