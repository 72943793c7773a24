import { addEntityRoutes } from '../api/entity-routes.js';
import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import type { Area } from './areas.js';
import { tellingIntegrity } from './organization-errors.js';

/** @see packages/core/src/routes/organization-scope/index.ts in logto-io/logto */
export const addOrganizationScopes: Area = (api, { database, packages: { schemas, z } }) => {
  const { OrganizationScopes } = schemas;
  const table = tableOf(database, OrganizationScopes);
  addEntityRoutes(api.around(tellingIntegrity), z, OrganizationScopes, table, {
    searchFields: ['name'],
    orderBy: sql`order by name asc`,
    isPagingOptional: true,
  });
};
