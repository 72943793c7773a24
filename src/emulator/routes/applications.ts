import type { Application } from '@logto/schemas' with {
  'resolution-mode': 'import',
};

import { searchOfQuery } from '../api/search-of-query.js';
import { newId, newSecret } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { among, empty, join, sql, when, type Sql } from '../database/sql.js';
import { sliceOf, tableOf } from '../database/table.js';
import { assertThat, RequestError } from '../http/request-error.js';
import type { Schemas } from '../packages.js';
import { tenantId } from '../tenant.js';
import { readRules, refuseNoRules } from './application-access-control.js';
import { applicationGuards } from './application-guards.js';
import { applicationAdministration } from './application-administration.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/applications/application.ts in logto-io/logto */
export const addApplications: Area = (api, { database, packages }) => {
  const { schemas, z } = packages;
  const { Applications, ApplicationSecrets, applicationResponseGuard } = schemas;
  const applications = tableOf(database, Applications);
  const secrets = tableOf(database, ApplicationSecrets);
  const guards = applicationGuards(packages);
  const administration = applicationAdministration(database, schemas);
  const shown = (application: Application): object => withoutInternalSecret(application, schemas);

  api.on(
    'GET',
    '/applications',
    { paging: 'optional', query: guards.query, response: applicationResponseGuard.array() },
    async ({ slice, query, searchParameters, setTotal }) => {
      assertThat(!(query.excludeRoleId && query.excludeOrganizationId), 'request.invalid_input', {
        details: 'Parameter `excludeRoleId` and `excludeOrganizationId` cannot be used at the same time.',
      });
      // A search that cannot be made is a 500 here: unlike other routes, this one does not expect it.
      const search = searchConditionOf(searchOfQuery(searchParameters), ['id', 'name', 'description']);
      const condition = matching([
        query.excludeRoleId
          ? sql`id not in (select application_id from applications_roles where role_id = ${query.excludeRoleId})`
          : empty,
        query.excludeOrganizationId
          ? sql`not exists (select 1 from organization_application_relations
              where application_id = id and organization_id = ${query.excludeOrganizationId})`
          : empty,
        when(query.types?.length, () => sql`type ${among(query.types ?? [])}`),
        when(query.isThirdParty, () => sql`is_third_party = ${query.isThirdParty === 'true'}`),
        search ?? empty,
      ]);
      if (slice !== undefined) setTotal(await applications.count(condition));
      const rows = await applications.select(sql`${condition} order by created_at desc ${sliceOf(slice)}`);
      return rows.map(shown);
    },
  );

  api.on(
    'POST',
    '/applications',
    { body: guards.create, response: applicationResponseGuard },
    async ({ body: { oidcClientMetadata, protectedAppMetadata, ...body } }) => {
      refuseCreation(body, protectedAppMetadata);
      const application = await applications.insert({
        id: newId(),
        secret: schemas.internalPrefix + newSecret(),
        oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [], ...oidcClientMetadata },
        ...body,
      });
      if (schemas.hasSecrets(application.type)) {
        await secrets.insert({
          name: schemas.defaultApplicationSecretName,
          applicationId: application.id,
          value: newSecret(),
        });
      }
      return shown(application);
    },
  );

  api.on(
    'GET',
    '/applications/:id',
    { response: applicationResponseGuard.extend({ isAdmin: z.boolean() }) },
    async ({ parameters: { id } }) => {
      const builtIn = schemas.isBuiltInApplicationId(id)
        ? schemas.buildBuiltInApplicationDataForTenant(tenantId, id)
        : undefined;
      if (builtIn) return { ...shown(builtIn), isAdmin: false };
      const application = await applications.findById(id);
      return { ...shown(application), isAdmin: await administration.isAdmin(id) };
    },
  );

  api.on(
    'PATCH',
    '/applications/:id',
    { body: guards.patch, response: applicationResponseGuard },
    async ({ parameters: { id }, body: { isAdmin, protectedAppMetadata, ...changes } }) => {
      const application = await applications.findById(id);
      assertThat(application.type !== 'SAML', 'application.saml.use_saml_app_api');
      if (changes.appLevelAccessControlEnabled === true) refuseNoRules(await readRules(database, id));
      refuseChange(application, changes);
      if (isAdmin !== undefined) await administration.setAdmin(id, isAdmin);
      assertThat(
        !protectedAppMetadata || application.type === 'Protected',
        'application.protected_application_only',
      );
      const updated =
        Object.keys(changes).length > 0 ? await applications.updateById(id, changes) : application;
      return shown(updated);
    },
  );

  api.on(
    'PATCH',
    '/applications/:applicationId/custom-data',
    { body: schemas.jsonObjectGuard, response: schemas.jsonObjectGuard },
    async ({ parameters: { applicationId }, body }) =>
      (await applications.updateById(applicationId, { customData: body }, 'merge')).customData,
  );

  api.on('DELETE', '/applications/:id', { status: 204 }, async ({ parameters: { id } }) => {
    const { type } = await applications.findById(id);
    assertThat(type !== 'SAML', 'application.saml.use_saml_app_api');
    await applications.deleteById(id);
  });
};

export const isInternalSecret = (secret: string, { internalPrefix }: Schemas): boolean =>
  secret === '' || secret.startsWith(internalPrefix);

/** An application as it is shown: the client secret of old times only where one is still stored. */
export function withoutInternalSecret(application: Application, schemas: Schemas): object {
  const { secret, ...rest } = application;
  const visible = isInternalSecret(secret, schemas) ? rest : application;
  return application.type === schemas.ApplicationType.SAML
    ? { ...visible, oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] } }
    : visible;
}

function matching(conditions: readonly Sql[]): Sql {
  const asked = conditions.filter((condition) => condition !== empty);
  return asked.length === 0 ? empty : sql`where ${join(asked, ' and ')}`;
}

type Creation = Pick<Application, 'type'> & {
  readonly isThirdParty?: boolean | undefined;
  readonly customClientMetadata?: Application['customClientMetadata'] | undefined;
};

function refuseCreation({ type, isThirdParty, customClientMetadata }: Creation, protection: unknown): void {
  assertThat(type !== 'SAML', 'application.saml.use_saml_app_api');
  if (type !== 'Native' && customClientMetadata?.isDeviceFlow) {
    throw new RequestError('application.device_flow_native_only', { status: 422 });
  }
  assertThat(type !== 'Protected' || protection, 'application.protected_app_metadata_is_required');
  if (isThirdParty) {
    assertThat(
      ['Traditional', 'SPA', 'Native'].includes(type),
      'application.invalid_third_party_application_type',
    );
    refuseTokenExchange(true, customClientMetadata);
  }
  // A protected application needs a provider that an open-source server does not have.
  assertThat(type !== 'Protected', 'application.protected_app_not_configured', { status: 501 });
}

interface Changes {
  readonly customClientMetadata?: Application['customClientMetadata'] | undefined;
}

function refuseChange(application: Application, { customClientMetadata }: Changes): void {
  refuseTokenExchange(application.isThirdParty, customClientMetadata);
  assertThat(
    !customClientMetadata ||
      Boolean(customClientMetadata.isDeviceFlow) === Boolean(application.customClientMetadata.isDeviceFlow),
    'application.device_flow_not_changeable',
    { status: 422 },
  );
}

function refuseTokenExchange(
  isThirdParty: boolean,
  customClientMetadata: Application['customClientMetadata'] | undefined,
): void {
  assertThat(
    !(isThirdParty && customClientMetadata?.allowTokenExchange === true),
    'application.third_party_application_cannot_enable_token_exchange',
    { status: 422 },
  );
}
