import { createPrivateKey } from 'node:crypto';

import type { OidcPrivateKey } from '@logto/schemas' with { 'resolution-mode': 'import' };

import type { Queries } from '../database/database.js';
import { newSecret } from '../database/new-id.js';
import { assertThat } from '../http/request-error.js';
import { newPrivateKey, oidcKey, type OidcKey } from '../oidc/new-key.js';
import type { Area } from './areas.js';
import { configsOf } from './configs.js';

interface RotationState {
  readonly signingKeyRotationAt?: number;
}

/** Signing and cookie keys. @see packages/core/src/libraries/oidc-private-key.ts in logto-io/logto */
export const addOidcKeys: Area = (api, { database, signingKeys, packages: { schemas, z } }) => {
  const parameters = z.object({ keyType: z.nativeEnum(schemas.LogtoOidcConfigKeyType) });
  const response = schemas.oidcConfigKeysResponseGuard.array();
  const keyOf = (type: string): string => (type === 'private-keys' ? 'oidc.privateKeys' : 'oidc.cookieKeys');

  const readCookieKeys = async (queries: Queries): Promise<readonly OidcKey[]> =>
    (await configsOf(queries).read('oidc.cookieKeys')) as readonly OidcKey[];
  const readPrivateKeys = async (queries: Queries): Promise<OidcPrivateKey[]> =>
    schemas.normalizeOidcPrivateKeys((await configsOf(queries).read('oidc.privateKeys')) as OidcPrivateKey[]);

  const shown = async (type: string): Promise<readonly object[]> => {
    if (type !== 'private-keys')
      return (await readCookieKeys(database)).map(({ id, createdAt }) => ({ id, createdAt }));
    const state = (await configsOf(database).read('signingKeyRotationState')) as RotationState | undefined;
    return (await readPrivateKeys(database)).map(({ id, value, createdAt, status }) => ({
      id,
      createdAt,
      effectiveAt: status === 'Next' ? state?.signingKeyRotationAt : undefined,
      signingKeyAlgorithm: createPrivateKey(value).asymmetricKeyType === 'rsa' ? 'RSA' : 'EC',
      status,
    }));
  };

  api.on('GET', '/configs/oidc/:keyType', { parameters, response }, ({ parameters: { keyType } }) =>
    shown(keyType),
  );

  api.on(
    'DELETE',
    '/configs/oidc/:keyType/:keyId',
    { parameters, status: 204 },
    async ({ parameters: { keyType, keyId } }) => {
      await database.transaction(async (transaction) => {
        const isPrivate = keyType === 'private-keys';
        const keys: readonly (OidcKey & { readonly status?: string | undefined })[] = isPrivate
          ? await readPrivateKeys(transaction)
          : await readCookieKeys(transaction);
        assertThat(keys.length > 1, 'oidc.key_required', { status: 422 });
        const key = keys.find(({ id }) => id === keyId);
        assertThat(key, 'oidc.key_not_found', { status: 404, words: { id: keyId } });
        assertThat(!isPrivate || key.status === 'Previous', 'oidc.only_previous_key_can_be_deleted', {
          status: 422,
        });
        await configsOf(transaction).write(
          keyOf(keyType),
          keys.filter(({ id }) => id !== keyId),
        );
      });
      signingKeys.forget();
    },
  );

  api.on(
    'POST',
    '/configs/oidc/:keyType/rotate',
    {
      parameters,
      body: z.object({
        signingKeyAlgorithm: z.nativeEnum(schemas.SupportedSigningKeyAlgorithm).optional(),
        rotationGracePeriod: z.number().int().nonnegative().optional(),
      }),
      response,
    },
    async ({ parameters: { keyType }, body: { signingKeyAlgorithm, rotationGracePeriod } }) => {
      const isPrivate = keyType === 'private-keys';
      assertThat(isPrivate || rotationGracePeriod === undefined, 'oidc.invalid_request', { status: 422 });
      await database.transaction(async (transaction) => {
        const configs = configsOf(transaction);
        if (!isPrivate) {
          const keys = [oidcKey(newSecret()), ...(await readCookieKeys(transaction))];
          await configs.write('oidc.cookieKeys', keys.slice(0, 2));
          return;
        }
        const keys = await readPrivateKeys(transaction);
        const added = oidcKey(newPrivateKey(signingKeyAlgorithm === 'RSA'));
        if ((rotationGracePeriod ?? 0) === 0) {
          assertThat(!keys.some(({ status }) => status === 'Next'), 'oidc.invalid_request', { status: 422 });
          await configs.write('oidc.privateKeys', schemas.getImmediatelyRotatedOidcPrivateKeys(keys, added));
          return;
        }
        const state = (await configs.read('signingKeyRotationState')) as RotationState | undefined;
        await configs.write('oidc.privateKeys', schemas.getStagedRotatedOidcPrivateKeys(keys, added));
        await configs.write(
          'signingKeyRotationState',
          schemas.getRotationStateForStagedRotation(state, rotationGracePeriod ?? 0),
        );
      });
      signingKeys.forget();
      return shown(keyType);
    },
  );
};
