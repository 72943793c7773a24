import type { PGlite } from '@electric-sql/pglite' with { 'resolution-mode': 'import' };

import { newPrivateKey, oidcKey } from '../oidc/new-key.js';
import { credentials, tenantId } from '../tenant.js';
import type { Packages } from '../packages.js';
import { tenantRole } from './create-tables.js';
import { within, type Database, type Queries } from './database.js';
import { newId, newSecret } from './new-id.js';
import { Statements } from './statements.js';
import { tableOf } from './table.js';

/**
 * Puts the rows of a tenant after its installation into empty tables, with the one application that signs in to
 * the Management API, and keeps a copy of them in the schema `fresh`.
 */
export async function makeFreshTenant(pglite: PGlite, packages: Packages): Promise<void> {
  await pglite.transaction(async (transaction) => {
    await transaction.exec(`set local role ${tenantRole}`);
    await insertSeeds(within(new Statements(pglite, packages.pglite.protocol)), packages);
  });
  await pglite.exec(`
    create schema fresh;
    do $$
    declare kept record;
    begin
      for kept in
        select relname as tablename from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0
      loop
        execute format('create table fresh.%I as table public.%I', kept.tablename, kept.tablename);
      end loop;
    end; $$;`);
}

/**
 * Makes the tenant as it was after its installation. Its keys are the same, so that tokens outlive a reset.
 *
 * @param isWarmUp does the work although nothing was written, so that the next reset is a quick one
 */
export async function resetTenant(database: Database, isWarmUp = false): Promise<void> {
  await database.exclusively(async (pglite) => {
    if (!database.isChanged() && !isWarmUp) return;
    const { rows } = await pglite.query<{ tablename: string }>(`
      select relname as tablename from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'tenants'
        and pg_relation_size(oid) > 0`);
    const tables = rows.map(({ tablename }) => `"${tablename}"`);
    // Without foreign keys and triggers the order of the tables does not matter, and nothing cascades.
    const asOwner = 'set local role none; set local session_replication_role = replica;';
    await pglite.transaction((transaction) =>
      transaction.exec(`${asOwner} ${tables.map((table) => `delete from ${table};`).join('\n')}`),
    );
    // Gives the space of the deleted rows back, so that new rows follow in the order of their creation.
    if (tables.length > 0) await pglite.exec(`vacuum ${tables.join(', ')}`);
    await pglite.transaction((transaction) =>
      transaction.exec(`${asOwner}
        do $$
        declare kept record;
        begin
          for kept in select tablename from pg_tables where schemaname = 'fresh' and tablename <> 'tenants' loop
            execute format('insert into public.%I select * from fresh.%I', kept.tablename, kept.tablename);
          end loop;
        end; $$;`),
    );
    database.markUnchanged();
  });
}

/** @see packages/cli/src/commands/database/seed in logto-io/logto */
async function insertSeeds(queries: Queries, { schemas }: Packages): Promise<void> {
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
    { key: 'oidc.privateKeys', value: schemas.getSeededOidcPrivateKeys([oidcKey(newPrivateKey(false))]) },
    { key: 'oidc.cookieKeys', value: [oidcKey(newSecret())] },
    schemas.createDefaultAdminConsoleConfig(tenantId),
    schemas.createDefaultIdTokenConfig(tenantId),
  ];
  for (const config of configs) await insert(queries, schemas.LogtoConfigs, config);
  await insert(queries, schemas.SignInExperiences, schemas.createDefaultSignInExperience(tenantId, false));
  await insert(queries, schemas.AccountCenters, schemas.createDefaultAccountCenter(tenantId));
}

const insert = (queries: Queries, entity: Parameters<typeof tableOf>[1], row: object): Promise<unknown> =>
  tableOf(queries, entity).insert(row);
