import { generateKeyPairSync } from 'node:crypto';

import { credentials, tenantId } from '../tenant.js';
import type { Packages } from '../packages.js';
import { within, type Database, type Queries } from './database.js';
import { newId, newSecret } from './new-id.js';
import { tableOf } from './table.js';

/** A key that is stored in the tenant's configuration; its time is in seconds, unlike all others. */
export interface OidcKey {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
}

export interface OidcKeys {
  readonly privateKey: OidcKey;
  readonly cookieKey: OidcKey;
}

export function newOidcKeys(): OidcKeys {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'secp384r1',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const keyOf = (value: string): OidcKey => ({
    id: newId(),
    value,
    createdAt: Math.floor(Date.now() / 1000),
  });
  return { privateKey: keyOf(privateKey), cookieKey: keyOf(newSecret()) };
}

/**
 * Makes the tenant as it is after installation, with the one application that signs in to the Management API.
 * The keys are given, so that tokens outlive a reset.
 */
export async function makeFreshTenant(database: Database, packages: Packages, keys: OidcKeys): Promise<void> {
  await database.exclusively(async (pglite) => {
    const { rows } = await pglite.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'public'
        and tablename not in ('tenants', 'systems', 'service_logs')`,
    );
    const tables = rows.map(({ tablename }) => `"${tablename}"`);
    await pglite.transaction(async (transaction) => {
      // Without foreign keys and triggers the order of the tables does not matter, and nothing cascades.
      await transaction.exec(`
        set local role none;
        set local session_replication_role = replica;
        ${tables.map((table) => `delete from ${table};`).join('\n')}`);
    });
    // Gives the space of the deleted rows back, so that new rows follow in the order of their creation.
    await pglite.exec(`vacuum ${tables.join(', ')}`);
    await pglite.transaction((transaction) => insertSeeds(within(transaction), packages, keys));
  });
}

/** @see packages/cli/src/commands/database/seed in logto-io/logto */
async function insertSeeds(queries: Queries, { schemas }: Packages, keys: OidcKeys): Promise<void> {
  const { appId, appSecret } = credentials;
  const { resource, scopes, role } = schemas.defaultManagementApi;
  const accessRole = schemas.createPreConfiguredManagementApiAccessRole(tenantId);
  await insert(queries, schemas.Resources, resource);
  await insert(queries, schemas.Scopes, scopes[0] ?? {});
  for (const { id, ...rest } of [role, accessRole]) {
    await insert(queries, schemas.Roles, { ...rest, id });
    await insert(queries, schemas.RolesScopes, { id: newId(), roleId: id, scopeId: scopes[0]?.id });
  }
  await insert(queries, schemas.Applications, {
    id: appId,
    name: 'Management API tester',
    secret: `${schemas.internalPrefix}${newSecret()}`,
    description: 'Used by the contract tests',
    type: 'MachineToMachine',
    oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
  });
  await insert(queries, schemas.ApplicationSecrets, {
    applicationId: appId,
    name: schemas.defaultApplicationSecretName,
    value: appSecret,
  });
  await insert(queries, schemas.ApplicationsRoles, {
    id: newId(),
    applicationId: appId,
    roleId: accessRole.id,
  });
  const configs = [
    { key: 'oidc.privateKeys', value: schemas.getSeededOidcPrivateKeys([keys.privateKey]) },
    { key: 'oidc.cookieKeys', value: [keys.cookieKey] },
    schemas.createDefaultAdminConsoleConfig(tenantId),
    schemas.createDefaultIdTokenConfig(tenantId),
  ];
  for (const config of configs) await insert(queries, schemas.LogtoConfigs, config);
  await insert(queries, schemas.SignInExperiences, schemas.createDefaultSignInExperience(tenantId, false));
  await insert(queries, schemas.AccountCenters, schemas.createDefaultAccountCenter(tenantId));
}

const insert = (queries: Queries, entity: Parameters<typeof tableOf>[1], row: object): Promise<unknown> =>
  tableOf(queries, entity).insert(row);
