import type { SamlApplicationConfig } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { searchOfQuery } from '../api/search-of-query.js';
import { NotFound } from '../database/errors.js';
import { newId, newSecret } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { sql, when } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import { readRules, refuseNoRules } from './application-access-control.js';
import type { Area } from './areas.js';
import { insertSecret } from './saml-application-secrets.js';

const limit = 3;

/** @see packages/core/src/routes/saml-application/index.ts in logto-io/logto */
export const addSamlApplications: Area = (api, { database, packages: { schemas }, url }) => {
  const { Applications, SamlApplicationConfigs, samlApplicationResponseGuard: response } = schemas;
  const applications = tableOf(database, Applications);
  const configs = tableOf(database, SamlApplicationConfigs);
  const path = '/saml-applications/:id';

  const findApplication = async (id: string) => {
    const application = await applications.findById(id);
    assertThat(application.type === 'SAML', 'application.saml.saml_application_only', { status: 422 });
    return application;
  };
  const findConfig = async (id: string): Promise<SamlApplicationConfig> => {
    const config = await configs.selectOne(sql`where application_id = ${id}`);
    if (config === undefined) throw new NotFound();
    return config;
  };

  api.on(
    'POST',
    '/saml-applications',
    {
      // Before the body is looked at. Logto counts only what the query's search finds.
      before: async (_, searchParameters) => {
        const search = searchConditionOf(searchOfQuery(searchParameters), ['id', 'name', 'description']);
        const condition = sql`where type = 'SAML' ${when(search, () => sql`and (${search ?? ''})`)}`;
        assertThat((await applications.count(condition)) < limit, 'application.saml.reach_oss_limit', {
          status: 403,
          words: { limit },
        });
      },
      body: schemas.samlApplicationCreateGuard,
      response,
      status: 201,
    },
    async ({ body: { name, description, customData, ...config } }) => {
      assertThat(
        !config.acsUrl || config.acsUrl.binding === schemas.BindingType.Post,
        'application.saml.acs_url_binding_not_supported',
        { status: 422 },
      );
      const id = newId();
      const application = await applications.insert({
        id,
        secret: schemas.internalPrefix + newSecret(),
        name,
        ...(description !== undefined && { description }),
        ...(customData !== undefined && { customData }),
        oidcClientMetadata: {
          redirectUris: [`${url}/api/saml-applications/${id}/callback`],
          postLogoutRedirectUris: [],
        },
        type: 'SAML',
      });
      const samlConfig = await configs.insert({ applicationId: id, ...config });
      await insertSecret(database, schemas, id, { lifeSpanInYears: 3, active: true });
      return { ...application, ...samlConfig };
    },
  );

  api.on('GET', path, { response }, async ({ parameters: { id } }) => ({
    ...(await findApplication(id)),
    ...(await findConfig(id)),
  }));

  api.on(
    'PATCH',
    path,
    { body: schemas.samlApplicationPatchGuard, response },
    async ({ parameters: { id }, body }) => {
      const { name, description, customData, appLevelAccessControlEnabled, ...config } = body;
      if (appLevelAccessControlEnabled === true) refuseNoRules(await readRules(database, id));
      const application = await findApplication(id);
      const samlConfig = await findConfig(id);
      const changes = Object.fromEntries(
        Object.entries({ name, description, customData, appLevelAccessControlEnabled }).filter(
          ([, value]) => value !== undefined,
        ),
      );
      return {
        // Unlike those of other applications, custom data is merged: a key stays for ever.
        ...(Object.keys(changes).length > 0
          ? await applications.updateById(id, changes, 'merge')
          : application),
        ...(Object.keys(config).length > 0
          ? await configs.update({ applicationId: id }, config, 'replace')
          : samlConfig),
      };
    },
  );

  api.on('DELETE', path, { status: 204 }, async ({ parameters: { id } }) => {
    await findApplication(id);
    await applications.deleteById(id);
  });

  // The document that describes the tenant to a service provider: as nobody can sign in, there is none.
  api.on('GET', `${path}/metadata`, { isAnonymous: true }, () => {
    throw new NotFound();
  });
};
