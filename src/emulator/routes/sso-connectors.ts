import type { SsoConnector } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { newId } from '../database/new-id.js';
import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat, RequestError } from '../http/request-error.js';
import { providerConfigOf, type SsoConnection } from '../sso/identity-provider.js';
import { findProvider, logo, ssoProviders, type SsoConfig, type SsoProvider } from '../sso/sso-providers.js';
import type { Area } from './areas.js';
import { refuseTokenStorage } from './connector-rules.js';

/** @see packages/core/src/routes/sso-connector/index.ts in logto-io/logto */
export const addSsoConnectors: Area = (api, { database, packages: { schemas, z }, url }) => {
  const { SsoConnectors, ssoConnectorWithProviderConfigGuard: response } = schemas;
  const connectors = tableOf(database, SsoConnectors);
  const path = '/sso-connectors/:id';
  const settings = {
    config: true,
    domains: true,
    branding: true,
    syncProfile: true,
    enableTokenStorage: true,
  } as const;

  api.on('GET', '/sso-connector-providers', { response: schemas.ssoConnectorProvidersResponseGuard }, () =>
    ssoProviders.map((provider) => ({ ...provider, logo, logoDark: logo })),
  );

  const parsedConfig = (provider: SsoProvider, config: object): SsoConfig => {
    const result = provider.config(z).safeParse(config);
    if (result.success) return result.data;
    const details = JSON.stringify(result.error.flatten());
    throw new RequestError('connector.invalid_config', { details });
  };

  const parsedDomains = (domains: readonly string[]): readonly string[] => {
    const inLowerCase = domains.map((domain) => domain.toLowerCase());
    const { forbiddenDomains, duplicatedDomains } = schemas.findDuplicatedOrBlockedEmailDomains(inLowerCase);
    for (const [wrong, code] of [
      [forbiddenDomains, 'single_sign_on.forbidden_domains'],
      [duplicatedDomains, 'single_sign_on.duplicated_domains'],
    ] as const) {
      assertThat(wrong.size === 0, code, { status: 422, data: { data: [...wrong] } });
    }
    return inLowerCase;
  };

  const refuseName = async (connectorName: string, ownId?: string): Promise<void> => {
    const rival = await connectors.selectOne(sql`where connector_name = ${connectorName}`);
    assertThat(!rival || rival.id === ownId, 'single_sign_on.duplicate_connector_name', { status: 409 });
  };

  /** With what its provider says of itself, where that can be had. */
  const shown = (connector: SsoConnector, provider: SsoProvider): object => ({
    ...connector,
    name: provider.name,
    providerType: provider.providerType,
    providerLogo: logo,
    providerLogoDark: logo,
    providerConfig: safely({ id: connector.id, config: connector.config, provider }),
  });
  const safely = (connection: SsoConnection): object | undefined => {
    try {
      return providerConfigOf(connection, url);
    } catch {
      return undefined;
    }
  };

  const find = async (id: string): Promise<{ connector: SsoConnector; provider: SsoProvider }> => {
    const connector = await connectors.findById(id);
    const provider = findProvider(connector.providerName);
    assertThat(provider, 'connector.not_found', { status: 404 });
    return { connector, provider };
  };

  api.on(
    'POST',
    '/sso-connectors',
    {
      body: SsoConnectors.createGuard
        .pick(settings)
        .merge(SsoConnectors.guard.pick({ providerName: true, connectorName: true })),
      response: SsoConnectors.guard,
    },
    async ({ body: { providerName, connectorName, config, domains, ...rest } }) => {
      const provider = findProvider(providerName);
      assertThat(provider, 'connector.not_found', { status: 422, words: { type: providerName } });
      const parsed = {
        ...(domains && { domains: parsedDomains(domains) }),
        ...(config && { config: parsedConfig(provider, config) }),
      };
      await refuseName(connectorName);
      const id = newId(12);
      if (parsed.config) providerConfigOf({ id, config: parsed.config, provider }, url);
      if (rest.enableTokenStorage) refuseTokenStorage();
      return connectors.insert({ id, providerName, connectorName, ...parsed, ...rest });
    },
  );

  api.on(
    'GET',
    '/sso-connectors',
    { paging: 'optional', response: response.array() },
    async ({ slice, setTotal }) => {
      if (slice !== undefined) setTotal(await connectors.count());
      return (await connectors.list({ slice })).flatMap((connector) => {
        const provider = findProvider(connector.providerName);
        return provider === undefined ? [] : [shown(connector, provider)];
      });
    },
  );

  api.on('GET', path, { response }, async ({ parameters: { id } }) => {
    const { connector, provider } = await find(id);
    return shown(connector, provider);
  });

  api.on('DELETE', path, { status: 204 }, async ({ parameters: { id } }) => {
    await find(id);
    await connectors.deleteById(id);
  });

  api.on(
    'PATCH',
    path,
    { body: SsoConnectors.guard.pick({ ...settings, connectorName: true }).partial(), response },
    async ({ parameters: { id }, body: { config, domains, ...rest } }) => {
      const { connector, provider } = await find(id);
      const changes = {
        ...(domains && { domains: parsedDomains(domains) }),
        ...rest,
      };
      if (rest.connectorName) await refuseName(rest.connectorName, id);
      const parsed = config && parsedConfig(provider, config);
      if (parsed) providerConfigOf({ id, config: parsed, provider }, url);
      if (rest.enableTokenStorage) refuseTokenStorage();
      const all = { ...changes, ...(parsed && { config: parsed }) };
      const updated = Object.keys(all).length > 0 ? await connectors.updateById(id, all) : connector;
      return shown(updated, provider);
    },
  );
};
