import { NothingDeleted, NotFound } from '../database/errors.js';
import type { Queries } from '../database/database.js';
import { sql } from '../database/sql.js';
import type { Area } from './areas.js';

/** How long a session lives unless somebody says otherwise, in seconds. */
const defaultSessionTtl = 1_209_600;

/** One row of the configuration by its key. */
export interface Configs {
  read(key: string): Promise<unknown>;
  readAll(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  write(key: string, value: unknown): Promise<void>;
  /** @throws {NothingDeleted} */
  remove(key: string): Promise<void>;
}

export function configsOf(queries: Queries): Configs {
  const readAll: Configs['readAll'] = async (keys) => {
    const { rows } = await queries.query<{ key: string; value: unknown }>(
      sql`select key, value from logto_configs where key = any(${keys}::varchar[])`,
    );
    return new Map(rows.map(({ key, value }) => [key, value]));
  };
  return {
    readAll,
    read: async (key) => (await readAll([key])).get(key),
    async write(key, value) {
      await queries.query(sql`
        insert into logto_configs (key, value) values (${key}, ${JSON.stringify(value)})
        on conflict (tenant_id, key) do update set value = excluded.value`);
    },
    async remove(key) {
      const { rowCount } = await queries.query(sql`delete from logto_configs where key = ${key}`);
      if (rowCount < 1) throw new NothingDeleted('logto_configs');
    },
  };
}

/** @see packages/core/src/routes/logto-config/index.ts in logto-io/logto */
export const addConfigs: Area = (api, { database, packages: { schemas } }) => {
  const configs = configsOf(database);
  const { adminConsoleDataGuard, oidcSessionConfigGuard, idTokenConfigGuard } = schemas;

  const mustBeSet = (value: unknown): unknown => {
    if (value === undefined) throw new NotFound();
    return value;
  };
  const merged = (value: unknown, changes: object): object => ({
    ...(value as object | undefined),
    ...changes,
  });

  api.on('GET', '/configs/admin-console', { response: adminConsoleDataGuard }, async () =>
    mustBeSet(await configs.read('adminConsole')),
  );
  api.on(
    'PATCH',
    '/configs/admin-console',
    { body: adminConsoleDataGuard.partial(), response: adminConsoleDataGuard },
    async ({ body }) => {
      const value = merged(mustBeSet(await configs.read('adminConsole')), body);
      await configs.write('adminConsole', value);
      return value;
    },
  );

  const session = oidcSessionConfigGuard.required({ ttl: true });
  const sessionOf = (value: unknown): object => ({
    ttl: defaultSessionTtl,
    ...(value as object | undefined),
  });
  api.on('GET', '/configs/oidc/session', { response: session }, async () =>
    sessionOf(await configs.read('oidc.session')),
  );
  api.on(
    'PATCH',
    '/configs/oidc/session',
    { body: oidcSessionConfigGuard.partial(), response: session },
    async ({ body }) => {
      const value = merged(await configs.read('oidc.session'), body);
      await configs.write('oidc.session', value);
      return sessionOf(value);
    },
  );

  api.on('GET', '/configs/id-token', { response: idTokenConfigGuard }, async () =>
    mustBeSet(await configs.read('idToken')),
  );
  api.on(
    'PUT',
    '/configs/id-token',
    { body: idTokenConfigGuard, response: idTokenConfigGuard },
    async ({ body }) => {
      await configs.write('idToken', body);
      return body;
    },
  );
};
