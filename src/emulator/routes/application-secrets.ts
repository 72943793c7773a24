import { NothingDeleted } from '../database/errors.js';
import { newSecret } from '../database/new-id.js';
import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat, RequestError } from '../http/request-error.js';
import { isInternalSecret, withoutInternalSecret } from './applications.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/applications/application-secret.ts in logto-io/logto */
export const addApplicationSecrets: Area = (api, { database, packages: { schemas } }) => {
  const { Applications, ApplicationSecrets, applicationResponseGuard, internalPrefix } = schemas;
  const applications = tableOf(database, Applications);
  const secrets = tableOf(database, ApplicationSecrets);

  api.on(
    'DELETE',
    '/applications/:id/legacy-secret',
    { response: applicationResponseGuard },
    async ({ parameters: { id } }) => {
      const { secret } = await applications.findById(id);
      if (isInternalSecret(secret, schemas)) {
        throw new RequestError('application.no_legacy_secret_found');
      }
      const updated = await applications.updateById(id, { secret: internalPrefix + newSecret() }, 'merge');
      return withoutInternalSecret(updated, schemas);
    },
  );

  api.on(
    'GET',
    '/applications/:id/secrets',
    { response: ApplicationSecrets.guard.array() },
    async ({ parameters: { id } }) => {
      await applications.findById(id);
      return secrets.select(sql`where application_id = ${id}`);
    },
  );

  api.on(
    'POST',
    '/applications/:id/secrets',
    {
      body: ApplicationSecrets.createGuard.pick({ name: true, expiresAt: true }),
      response: ApplicationSecrets.guard,
      status: 201,
    },
    async ({ parameters: { id }, body }) => {
      assertThat(!body.expiresAt || body.expiresAt > Date.now(), 'request.invalid_input', {
        details: 'The value of `expiresAt` must be in the future.',
      });
      await applications.findById(id);
      return secrets.insert({ ...body, applicationId: id, value: newSecret() });
    },
  );

  api.on(
    'PATCH',
    '/applications/:id/secrets/:name',
    {
      body: ApplicationSecrets.updateGuard.pick({ name: true }).required(),
      response: ApplicationSecrets.guard,
    },
    async ({ parameters: { id, name }, body }) => {
      await applications.findById(id);
      return secrets.update({ applicationId: id, name }, body, 'replace');
    },
  );

  api.on(
    'DELETE',
    '/applications/:id/secrets/:name',
    { status: 204 },
    async ({ parameters: { id, name } }) => {
      await applications.findById(id);
      const deleted = await secrets.delete(sql`where application_id = ${id} and name = ${name}`);
      if (deleted < 1) throw new NothingDeleted('application_secrets');
    },
  );
};
