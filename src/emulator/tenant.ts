import type { Database } from './database/database.js';
import type { SigningKeys } from './oidc/signing-keys.js';
import type { Packages } from './packages.js';

/** All that an area of the API works with. */
export interface Tenant {
  readonly packages: Packages;
  readonly database: Database;
  readonly signingKeys: SigningKeys;
  /** Where the emulator answers; part of the issuer of tokens. */
  readonly url: string;
}

/** The only tenant of an open-source Logto. */
export const tenantId = 'default';

/** The credentials of the one application that a fresh tenant has. */
export const credentials = {
  appId: 'emulatorm2mapp0000001',
  appSecret: 'emulator-secret',
  resource: 'https://default.logto.app/api',
} as const;
