import { cleanDeep } from '../connectors/clean-deep.js';
import { connectorFactories, findFactory } from '../connectors/connector-catalogue.js';
import {
  installedConnectors,
  shownConnector,
  type InstalledConnector,
} from '../connectors/installed-connectors.js';
import type { ConnectorFactory } from '../connectors/connector-factory.js';
import { NotFound } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { among, sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat, RequestError } from '../http/request-error.js';
import type { Area } from './areas.js';
import { refuseConfig, refuseInconsistency, refuseMetadata, refuseTokenStorage } from './connector-rules.js';
import { isPasswordRecoverable } from './forgot-password-rules.js';

/** @see packages/core/src/routes/connector/index.ts in logto-io/logto */
export const addConnectors: Area = (api, { database, packages }) => {
  const { schemas, z } = packages;
  const { Connectors, SignInExperiences, connectorResponseGuard: response } = schemas;
  const connectors = tableOf(database, Connectors);
  const experiences = tableOf(database, SignInExperiences);
  const path = '/connectors/:id';
  const settings = Connectors.createGuard.pick({
    config: true,
    metadata: true,
    syncProfile: true,
    enableTokenStorage: true,
  });

  const find = async (id: string): Promise<InstalledConnector> => {
    const connector = (await installedConnectors(database, packages)).find((one) => one.id === id);
    assertThat(connector, 'entity.not_found', { status: 404 });
    return connector;
  };

  api.on(
    'GET',
    '/connectors',
    { query: z.object({ target: z.string().optional() }), response: response.array() },
    async ({ query: { target } }) => {
      const all = await installedConnectors(database, packages);
      refuseInconsistency(all);
      return all
        .filter((connector) => !target || connector.target === target)
        .map((connector) => shownConnector(connector, packages));
    },
  );

  api.on(
    'POST',
    '/connectors',
    {
      body: settings
        .merge(Connectors.createGuard.pick({ connectorId: true }))
        .merge(Connectors.createGuard.pick({ id: true }).partial()),
      response,
    },
    async ({ body: { id: proposedId, connectorId, ...body } }) => {
      const factory = findFactory(connectorId);
      assertThat(factory, 'connector.not_found_with_connector_id', { status: 422 });
      if (factory.type === 'Social') {
        refuseMetadata(factory, body.metadata, await installedConnectors(database, packages));
      }
      if (body.config) refuseConfig(factory, body.config, z);
      if (body.enableTokenStorage) refuseTokenStorage();
      const id = proposedId ?? newId(12);
      await insert(factory, id, cleanDeep(body));
      return shownConnector(await find(id), packages);
    },
  );

  const insert = (factory: ConnectorFactory, id: string, row: object): Promise<void> =>
    database.transaction(async (transaction) => {
      const table = tableOf(transaction, Connectors);
      await table.insert({ ...row, id, connectorId: factory.id });
      if (factory.type === 'Social') return;
      // Of those that send e-mails, or text messages, there is one: a new one takes the place of the other.
      const rivals = connectorFactories.filter(({ type }) => type === factory.type).map((rival) => rival.id);
      await table.delete(sql`where connector_id ${among(rivals)} and id <> ${id}`);
    });

  api.on('GET', path, { response }, async ({ parameters: { id } }) =>
    shownConnector(await find(id), packages),
  );

  api.on('PATCH', path, { body: settings.partial(), response }, async ({ parameters: { id }, body }) => {
    const { factory, target } = await find(id);
    const { config, metadata, syncProfile, enableTokenStorage } = body;
    assertThat(
      factory.isStandard !== true || !metadata || metadata.target === target,
      'connector.can_not_modify_target',
    );
    assertThat(
      factory.isStandard === true || !metadata,
      'connector.cannot_overwrite_metadata_for_non_standard_connector',
    );
    if (syncProfile) {
      assertThat(factory.type === 'Social', 'connector.invalid_type_for_syncing_profile', { status: 422 });
    }
    if (enableTokenStorage) refuseTokenStorage();
    if (config) refuseConfig(factory, config, z);
    await connectors.updateById(id, {
      ...body,
      ...(config && { config: cleanDeep(config) }),
      ...(metadata && { metadata: cleanDeep(metadata) }),
    });
    return shownConnector(await find(id), packages);
  });

  api.on('DELETE', path, { status: 204 }, async ({ parameters: { id } }) => {
    const row = await connectors.selectOne(sql`where id = ${id}`);
    if (row === undefined) throw new NotFound();
    const factory = findFactory(row.connectorId);
    const { passwordExpiration, forgotPasswordMethods, socialSignInConnectorTargets } =
      await experiences.findById('default');
    const others = (await installedConnectors(database, packages)).filter((one) => one.id !== id);
    if (factory && factory.type !== 'Social' && passwordExpiration.enabled) {
      assertThat(
        isPasswordRecoverable(forgotPasswordMethods, others),
        'sign_in_experiences.password_expiration_requires_forgot_password',
        { status: 422 },
      );
    }
    await connectors.deleteById(id);
    if (factory?.type !== 'Social') return;
    const targets = new Set(others.filter(({ type }) => type === 'Social').map(({ target }) => target));
    await experiences.updateById('default', {
      socialSignInConnectorTargets: socialSignInConnectorTargets.filter((target) => targets.has(target)),
    });
  });

  api.on(
    'POST',
    '/connectors/:id/authorization-uri',
    { body: z.object({ state: z.string(), redirectUri: z.string() }) },
    async ({ parameters: { id }, body: { state, redirectUri } }) => {
      assertThat(state && redirectUri, 'session.insufficient_info');
      const { type } = await find(id);
      assertThat(type === 'Social', 'connector.unexpected_type');
      // The providers are not there to sign in with.
      throw new RequestError('connector.not_implemented', { status: 501 });
    },
  );
};
