import type { ZodType } from 'zod';

import { guarded } from '../api/guarded.js';
import { notExistsWithId } from '../database/table.js';
import type { Area } from './areas.js';
import { configsOf } from './configs.js';

type Guard = ZodType<object>;

/**
 * Scripts that Logto runs for tokens, and at points of the sign-in; here they are only kept.
 *
 * @see packages/core/src/routes/logto-config/jwt-customizer.ts and action.ts in logto-io/logto
 */
export const addScripts: Area = (api, { database, packages: { schemas, z } }) => {
  const configs = configsOf(database);
  const kinds = [
    {
      path: '/configs/jwt-customizer',
      guards: {
        'access-token': schemas.accessTokenJwtCustomizerGuard,
        'client-credentials': schemas.clientCredentialsJwtCustomizerGuard,
      },
      keyOf: (name: string) => (name === 'access-token' ? 'jwt.accessToken' : 'jwt.clientCredentials'),
      // A change is checked like a whole, so that the script has to be in it.
      partial: (guard: Guard) => guard,
    },
    {
      path: '/configs/actions',
      guards: Object.fromEntries(
        Object.values(schemas.LogtoActionKey).map((key) => [key, schemas.logtoActionGuard]),
      ),
      keyOf: (name: string) => name,
      partial: () => schemas.logtoActionGuard.partial(),
    },
  ] as const;

  for (const { path, guards: guardsByName, keyOf, partial } of kinds) {
    const guards = new Map<string, Guard>(Object.entries(guardsByName));
    const names = [...guards.keys()];
    const parameters = z.object({ name: z.string().refine((name) => guards.has(name)) });
    const guardOf = (name: string): Guard => guards.get(name) ?? z.never();
    const readScript = async (key: string): Promise<unknown> => {
      const value = await configs.read(key);
      if (value === undefined) throw notExistsWithId('logto_config', key);
      return value;
    };

    api.on('GET', path, {}, async () => {
      const found = await configs.readAll(names.map(keyOf));
      return names.map(keyOf).flatMap((key) => (found.has(key) ? [{ key, value: found.get(key) }] : []));
    });
    api.on('GET', `${path}/:name`, { parameters }, ({ parameters: { name } }) => readScript(keyOf(name)));
    api.on(
      'PUT',
      `${path}/:name`,
      { parameters, body: z.unknown() },
      async ({ parameters: { name }, body, setStatus }) => {
        const value: unknown = guarded('body', guardOf(name), body);
        if ((await configs.read(keyOf(name))) === undefined) setStatus(201);
        await configs.write(keyOf(name), value);
        return value;
      },
    );
    api.on(
      'PATCH',
      `${path}/:name`,
      { parameters, body: z.unknown() },
      async ({ parameters: { name }, body }) => {
        const changes = guarded('body', partial(guardOf(name)), body);
        const value = { ...((await readScript(keyOf(name))) as object), ...changes };
        await configs.write(keyOf(name), value);
        return value;
      },
    );
    api.on('DELETE', `${path}/:name`, { parameters, status: 204 }, ({ parameters: { name } }) =>
      configs.remove(keyOf(name)),
    );
  }
};
