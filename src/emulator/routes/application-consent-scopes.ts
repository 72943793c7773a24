import type { Scope } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { NothingDeleted } from '../database/errors.js';
import { relationOf, type Relation } from '../database/relation.js';
import { among, sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import { credentials } from '../tenant.js';
import type { Area } from './areas.js';

/**
 * What a third-party application may ask its users for.
 *
 * @see packages/core/src/routes/applications/application-user-consent-scope.ts in logto-io/logto
 */
export const addApplicationConsentScopes: Area = (api, { database, packages }) => {
  const { schemas, z, coreKit } = packages;
  const { Applications, OrganizationScopes, Resources, Scopes } = schemas;
  const applications = tableOf(database, Applications);
  const resources = tableOf(database, Resources);
  const tables = {
    organizationScopes: tableOf(database, OrganizationScopes),
    resourceScopes: tableOf(database, Scopes),
    organizationResourceScopes: tableOf(database, Scopes),
  };
  const links = {
    organizationScopes: relationOf(
      database,
      'application_user_consent_organization_scopes',
      Applications,
      OrganizationScopes,
    ),
    resourceScopes: relationOf(database, 'application_user_consent_resource_scopes', Applications, Scopes),
    organizationResourceScopes: relationOf(
      database,
      'application_user_consent_organization_resource_scopes',
      Applications,
      Scopes,
    ),
  };
  type Kind = keyof typeof links;
  const kinds = Object.keys(links) as Kind[];
  const path = '/applications/:applicationId/user-consent-scopes';
  const ids = z.string().array().optional();

  api.on(
    'POST',
    path,
    {
      body: z.object({
        organizationScopes: ids,
        resourceScopes: ids,
        organizationResourceScopes: ids,
        userScopes: z.nativeEnum(coreKit.UserScope).array().optional(),
      }),
      status: 201,
    },
    async ({ parameters: { applicationId }, body }) => {
      const { isThirdParty } = await applications.findById(applicationId);
      assertThat(isThirdParty, 'application.third_party_application_only', { status: 422 });
      await refuseUnknown(body);
      await refuseManagementApi([...(body.resourceScopes ?? []), ...(body.organizationResourceScopes ?? [])]);
      for (const kind of kinds) {
        // An empty list has nothing to insert, which is an error of its own: 422 `entity.invalid_input`.
        const scopeIds = body[kind];
        if (scopeIds) await links[kind].insert(scopeIds.map((scopeId) => [applicationId, scopeId]));
      }
      for (const scope of body.userScopes ?? []) {
        await database.query(sql`
          insert into application_user_consent_user_scopes (application_id, user_scope)
          values (${applicationId}, ${scope}) on conflict do nothing`);
      }
    },
  );

  const refuseUnknown = async (body: Partial<Record<Kind, string[] | undefined>>): Promise<void> => {
    const unknownOf = async (kind: Kind): Promise<readonly string[]> => {
      const known = new Set((await tables[kind].findByIds(body[kind] ?? [])).map(({ id }) => id));
      return (body[kind] ?? []).filter((id) => !known.has(id));
    };
    const data = {
      invalidOrganizationScopes: await unknownOf('organizationScopes'),
      invalidResourceScopes: await unknownOf('resourceScopes'),
      invalidOrganizationResourceScopes: await unknownOf('organizationResourceScopes'),
    };
    assertThat(
      Object.values(data).every((list) => list.length === 0),
      'application.user_consent_scopes_not_found',
      { status: 422, data },
    );
  };

  const refuseManagementApi = async (scopeIds: readonly string[]): Promise<void> => {
    const { rows } = await database.query(sql`
      select scopes.id from scopes join resources on resources.id = scopes.resource_id
      where resources.indicator = ${credentials.resource} and scopes.id ${among(scopeIds)}`);
    assertThat(rows.length === 0, 'application.consent_management_api_scopes_not_allowed', { status: 422 });
  };

  api.on(
    'GET',
    path,
    { response: schemas.applicationUserConsentScopesResponseGuard },
    async ({ parameters: { applicationId } }) => {
      await applications.findById(applicationId);
      const { rows } = await database.query<{ userScope: string }>(sql`
        select user_scope from application_user_consent_user_scopes where application_id = ${applicationId}`);
      return {
        organizationScopes: await links.organizationScopes.entities(OrganizationScopes, {
          application_id: applicationId,
        }),
        resourceScopes: await scopesByResource(links.resourceScopes, applicationId),
        organizationResourceScopes: await scopesByResource(links.organizationResourceScopes, applicationId),
        userScopes: rows.map(({ userScope }) => userScope),
      };
    },
  );

  const scopesByResource = async (relation: Relation, applicationId: string): Promise<readonly object[]> => {
    const scopes = await relation.entities<Scope>(Scopes, { application_id: applicationId });
    const resourceIds = [...new Set(scopes.map(({ resourceId }) => resourceId))];
    return Promise.all(
      resourceIds.map(async (id) => ({
        resource: await resources.findById(id),
        scopes: scopes.filter(({ resourceId }) => resourceId === id),
      })),
    );
  };

  api.on(
    'DELETE',
    `${path}/:scopeType/:scopeId`,
    {
      parameters: z.object({ scopeType: z.nativeEnum(schemas.ApplicationUserConsentScopeType) }),
      status: 204,
    },
    async ({ parameters: { applicationId, scopeType, scopeId } }) => {
      await applications.findById(applicationId);
      const kind = kindOfPath(scopeType);
      if (kind !== undefined) {
        await links[kind].delete([applicationId, scopeId]);
        return;
      }
      const { rowCount } = await database.query(sql`
        delete from application_user_consent_user_scopes
        where application_id = ${applicationId} and user_scope = ${scopeId}`);
      if (rowCount < 1) throw new NothingDeleted('application_user_consent_user_scopes');
    },
  );

  const kindOfPath = (scopeType: string): Kind | undefined =>
    kinds.find((kind) => kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) === scopeType);
};
