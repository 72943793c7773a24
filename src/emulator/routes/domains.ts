import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat, RequestError } from '../http/request-error.js';
import type { Area } from './areas.js';

/**
 * Custom domains. An open-source server has no provider of hostnames, so that there are none, and none can be added.
 *
 * @see packages/core/src/routes/domain.ts in logto-io/logto
 */
export const addDomains: Area = (api, { database, packages: { schemas, z } }) => {
  const { Domains, domainVerificationFilesGuard } = schemas;
  const domains = tableOf(database, Domains);
  const filesPath = '/domains/:id/verification-files';
  const refuse = (): never => {
    throw new RequestError('domain.not_configured');
  };

  api.on('GET', '/domains', {}, async () => ((await domains.count()) > 0 ? refuse() : []));

  api.on(
    'POST',
    '/domains',
    { body: Domains.createGuard.pick({ domain: true }), status: 201 },
    async ({ body: { domain } }) => {
      assertThat(!(await domains.selectOne(sql`where domain = ${domain}`)), 'domain.domain_in_use', {
        status: 422,
        words: { domain },
      });
      return refuse();
    },
  );

  api.on('POST', '/domains/cleanup', { body: z.object({ staleDays: z.number().int().positive() }) }, refuse);

  api.on('GET', '/domains/:id', {}, async ({ parameters: { id } }) => {
    await domains.findById(id);
    return refuse();
  });

  api.on('DELETE', '/domains/:id', {}, refuse);

  api.on(
    'GET',
    filesPath,
    { response: domainVerificationFilesGuard },
    async ({ parameters: { id } }) => (await domains.findById(id)).verificationFiles,
  );

  api.on(
    'PUT',
    filesPath,
    {
      body: z.object({ verificationFiles: domainVerificationFilesGuard }),
      response: domainVerificationFilesGuard,
    },
    async ({ parameters: { id }, body }) => {
      await domains.findById(id);
      return (await domains.updateById(id, body)).verificationFiles;
    },
  );
};
