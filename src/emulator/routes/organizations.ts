import { addEntityRoutes, keywordSearch } from '../api/entity-routes.js';
import { isYes } from '../api/search-of-query.js';
import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import type { Area } from './areas.js';
import { tellingIntegrity } from './organization-errors.js';

const featured = 3;

/** @see packages/core/src/routes/organization/index.ts in logto-io/logto */
export const addOrganizations: Area = (anyApi, { database, packages: { schemas, z } }) => {
  const api = anyApi.around(tellingIntegrity);
  const { Organizations, featuredUserGuard } = schemas;
  const organizations = tableOf(database, Organizations);

  const withMembers = async (organization: { id: string }): Promise<object> => {
    const { rows } = await database.query<{ count: number }>(sql`
      select users.id, users.avatar, users.name, count(*) over () as count
      from organization_user_relations left join users on user_id = users.id
      where organization_id = ${organization.id} limit ${featured}`);
    return { ...organization, usersCount: rows[0]?.count ?? 0, featuredUsers: rows };
  };

  api.on(
    'GET',
    '/organizations',
    {
      paging: 'always',
      query: z.object({ q: z.string().optional(), showFeatured: z.string().optional() }),
      response: Organizations.guard
        .merge(z.object({ usersCount: z.number(), featuredUsers: featuredUserGuard.array() }).partial())
        .array(),
    },
    async ({ slice, query: { q, showFeatured }, setTotal }) => {
      const search = keywordSearch(['id', 'name'], q);
      setTotal(await organizations.countMatches(search));
      const page = await organizations.list({ slice, search });
      return isYes(showFeatured) ? Promise.all(page.map(withMembers)) : page;
    },
  );

  addEntityRoutes(api, z, Organizations, organizations, {
    searchFields: ['name'],
    idLength: 12,
    without: ['list'],
  });
};
