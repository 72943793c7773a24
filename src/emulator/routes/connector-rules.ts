import type { Connector } from '@logto/schemas' with { 'resolution-mode': 'import' };

import type { ConnectorFactory } from '../connectors/connector-factory.js';
import type { InstalledConnector } from '../connectors/installed-connectors.js';
import { assertThat, RequestError } from '../http/request-error.js';
import type { Zod } from '../packages.js';

/** What a new social connector may say of itself, and beside which others it may stand. */
export function refuseMetadata(
  { id, isStandard, target, platform }: ConnectorFactory,
  metadata: Connector['metadata'] | undefined,
  others: readonly InstalledConnector[],
): void {
  assertThat(!isStandard || metadata?.target, 'connector.should_specify_target');
  assertThat(
    isStandard === true || metadata === undefined,
    'connector.cannot_overwrite_metadata_for_non_standard_connector',
  );
  assertThat(
    isStandard === true || others.every(({ factory }) => factory.id !== id),
    'connector.multiple_instances_not_supported',
    { status: 422 },
  );
  const wanted = metadata?.target ?? target;
  const rival = others.find(
    ({ type, target: taken, factory }) =>
      type === 'Social' && taken === wanted && factory.platform === platform,
  );
  assertThat(!rival, 'connector.multiple_target_with_same_platform', {
    status: 422,
    data: { connectorId: rival?.factory.id, connectorName: rival?.factory.name },
  });
}

/** @see packages/toolkit/connector-kit/src/index.ts in logto-io/logto: validateConfig; the config is stored as it came */
export function refuseConfig(factory: ConnectorFactory, config: object, z: Zod): void {
  const result = factory.config(z).safeParse(config);
  if (result.success) return;
  const { issues } = result.error;
  throw new RequestError('connector.invalid_config', { data: { issues, name: 'ZodError' } });
}

/** Tokens of providers are stored encrypted, for which the server has no key. */
export function refuseTokenStorage(): never {
  throw new RequestError('request.feature_not_supported', { status: 422 });
}

/** What nobody can create through the API and the database allows. */
export function refuseInconsistency(connectors: readonly InstalledConnector[]): void {
  const social = connectors.filter(({ type }) => type === 'Social');
  const places = new Set(social.map(({ target, factory }) => `${target} ${String(factory.platform)}`));
  assertThat(places.size === social.length, 'connector.multiple_target_with_same_platform');
  for (const type of ['Email', 'Sms'] as const) {
    const { length } = connectors.filter((connector) => connector.type === type);
    assertThat(length <= 1, `connector.more_than_one_${type.toLowerCase()}`);
  }
}
