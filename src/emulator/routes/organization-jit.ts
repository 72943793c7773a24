import { addRelationRoutes } from '../api/entity-routes.js';
import { NothingDeleted } from '../database/errors.js';
import { relationOf } from '../database/relation.js';
import { join, sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import type { Area } from './areas.js';
import { tellingIntegrity } from './organization-errors.js';

/** Just-in-time provisioning. @see packages/core/src/routes/organization/jit in logto-io/logto */
export const addOrganizationJit: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingIntegrity);
  const { Organizations, OrganizationRoles, SsoConnectors, OrganizationJitEmailDomains } = schemas;
  const organizations = tableOf(database, Organizations);
  const domains = tableOf(database, OrganizationJitEmailDomains);
  const domainsPath = '/organizations/:id/jit/email-domains';

  api.on(
    'GET',
    domainsPath,
    { paging: 'optional', response: OrganizationJitEmailDomains.guard.array() },
    async ({ parameters: { id }, slice, setTotal }) => {
      const condition = sql`where organization_id = ${id}`;
      setTotal(await domains.count(condition));
      return domains.select(sql`${condition} ${sliceOf(slice)}`);
    },
  );
  api.on(
    'POST',
    domainsPath,
    {
      body: z.object({ emailDomain: z.string().min(1) }),
      response: OrganizationJitEmailDomains.guard,
      status: 201,
    },
    ({ parameters: { id }, body: { emailDomain } }) => domains.insert({ organizationId: id, emailDomain }),
  );
  api.on(
    'PUT',
    domainsPath,
    { body: z.object({ emailDomains: z.string().array() }), status: 204 },
    ({ parameters: { id }, body: { emailDomains } }) =>
      database.transaction(async (transaction) => {
        await transaction.query(
          sql`delete from organization_jit_email_domains where organization_id = ${id}`,
        );
        if (emailDomains.length === 0) return;
        const rows = emailDomains.map((emailDomain) => sql`(${id}, ${emailDomain})`);
        await transaction.query(
          sql`insert into organization_jit_email_domains (organization_id, email_domain) values ${join(rows)}`,
        );
      }),
  );
  api.on(
    'DELETE',
    `${domainsPath}/:emailDomain`,
    { status: 204 },
    async ({ parameters: { id, emailDomain } }) => {
      const deleted = await domains.delete(
        sql`where organization_id = ${id} and email_domain = ${emailDomain}`,
      );
      if (deleted < 1) throw new NothingDeleted('organization_jit_email_domains');
    },
  );

  const relations = [
    ['roles', OrganizationRoles, 'organization_jit_roles'],
    ['sso-connectors', SsoConnectors, 'organization_jit_sso_connectors'],
  ] as const;
  for (const [path, related, table] of relations) {
    addRelationRoutes(api, z, Organizations, related, relationOf(database, table, Organizations, related), {
      path: `jit/${path}`,
      findOwner: (id) => organizations.findById(id),
    });
  }
};
