import { generateKeyPairSync } from 'node:crypto';

import { newId } from '../database/new-id.js';

/** A key in the tenant's configuration; its time is in seconds, unlike all others. */
export interface OidcKey {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
}

export const oidcKey = (value: string): OidcKey => ({
  id: newId(),
  value,
  createdAt: Math.floor(Date.now() / 1000),
});

/** The PEM of a new private key: RSA, or the elliptic curve that Logto uses by default. */
export function newPrivateKey(isRsa: boolean): string {
  const { privateKey } = isRsa
    ? generateKeyPairSync('rsa', { modulusLength: 4096 })
    : generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
