import { connectorFactories, findFactory, metadataOf } from '../connectors/connector-catalogue.js';
import type { ConnectorFactory } from '../connectors/connector-factory.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';
import { refuseConfig } from './connector-rules.js';

/** @see packages/core/src/routes/connector/factory.ts in logto-io/logto */
export const addConnectorFactories: Area = (api, { packages: { schemas, z, coreKit } }) => {
  const response = schemas.connectorFactoryResponseGuard;
  const shown = (factory: ConnectorFactory): object => ({
    type: factory.type,
    isDemo: false,
    ...metadataOf(factory, z),
  });

  api.on('GET', '/connector-factories', { response: response.array() }, () => connectorFactories.map(shown));

  api.on('GET', '/connector-factories/:id', { response }, ({ parameters: { id } }) => {
    const factory = findFactory(id);
    assertThat(factory, 'entity.not_found', { status: 404 });
    return shown(factory);
  });

  // Sends nothing: what can be said without a provider is whether the request makes sense.
  api.on(
    'POST',
    '/connectors/:factoryId/test',
    {
      body: z.object({
        phone: z.string().regex(coreKit.phoneRegEx).optional(),
        email: z.string().regex(coreKit.emailRegEx).optional(),
        config: schemas.jsonObjectGuard,
        locale: z.string().optional(),
      }),
      status: 204,
    },
    ({ parameters: { factoryId }, body: { phone, email, config } }) => {
      assertThat(phone ?? email, 'guard.invalid_input');
      const factory = findFactory(factoryId);
      assertThat(factory && factory.type !== 'Social', 'connector.not_found');
      assertThat(factory.type === (phone ? 'Sms' : 'Email'), 'connector.unexpected_type');
      refuseConfig(factory, config, z);
    },
  );
};
