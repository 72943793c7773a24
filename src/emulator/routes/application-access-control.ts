import type { ApplicationAccessControl } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { guarded } from '../api/guarded.js';
import type { Database } from '../database/database.js';
import { join, name, sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';

/** Who may sign in to an application. @see packages/core/src/routes/applications/application-access-control.ts in logto-io/logto */
export const addApplicationAccessControl: Area = (api, { database, packages: { schemas, z } }) => {
  const { Applications, applicationAccessControlGuard } = schemas;
  const applications = tableOf(database, Applications);
  const path = '/applications/:applicationId/access-control';
  const ids = z.string().array();
  // Logto looks at the shape first; the other guard removes repetitions, merges rules and counts.
  const shape = z.object({
    userIds: ids,
    userRoleIds: ids,
    organizationIds: ids,
    organizationRoleRules: z.object({ organizationId: z.string(), organizationRoleIds: ids }).array(),
  });

  api.on('GET', path, { response: shape }, async ({ parameters: { applicationId } }) => {
    await applications.findById(applicationId);
    return readRules(database, applicationId);
  });

  api.on('PUT', path, { body: shape, response: shape }, async ({ parameters: { applicationId }, body }) => {
    const rules = guarded<ApplicationAccessControl>('body', applicationAccessControlGuard, body);
    assertThat(
      rules.organizationRoleRules.every(({ organizationRoleIds }) => organizationRoleIds.length > 0),
      'request.invalid_input',
      {
        status: 422,
        details: 'Organization-role rule groups must include at least one organization role.',
      },
    );
    const { appLevelAccessControlEnabled } = await applications.findById(applicationId);
    if (appLevelAccessControlEnabled) refuseNoRules(rules);
    await replaceRules(database, applicationId, rules);
    return rules;
  });
};

/** Whoever switches access control on, or has it on, must let somebody in. */
export function refuseNoRules(rules: ApplicationAccessControl): void {
  assertThat(
    Object.values(rules).some((list) => list.length > 0),
    'request.invalid_input',
    {
      status: 422,
      details: 'Application access control must include at least one rule before it can be enabled.',
    },
  );
}

const tables = {
  userIds: ['application_access_control_user_relations', 'user_id'],
  userRoleIds: ['application_access_control_user_role_relations', 'role_id'],
  organizationIds: ['application_access_control_organization_relations', 'organization_id'],
} as const;

const organizationRoleTable = name('application_access_control_org_role_relations');

/** The rules of an application, each list in the order of ids. */
export async function readRules(
  database: Database,
  applicationId: string,
): Promise<ApplicationAccessControl> {
  const idsIn = async ([table, column]: readonly [string, string]): Promise<string[]> => {
    const { rows } = await database.query<{ id: string }>(
      sql`select ${name(column)} as id from ${name(table)} where application_id = ${applicationId} order by 1`,
    );
    return rows.map(({ id }) => id);
  };
  const { rows: organizationRoleRules } = await database.query<
    ApplicationAccessControl['organizationRoleRules'][number]
  >(sql`
    select organization_id, array_agg(organization_role_id order by organization_role_id) as organization_role_ids
    from ${organizationRoleTable} where application_id = ${applicationId}
    group by organization_id order by organization_id`);
  return {
    userIds: await idsIn(tables.userIds),
    userRoleIds: await idsIn(tables.userRoleIds),
    organizationIds: await idsIn(tables.organizationIds),
    organizationRoleRules: [...organizationRoleRules],
  };
}

const replaceRules = (
  database: Database,
  applicationId: string,
  rules: ApplicationAccessControl,
): Promise<void> =>
  database.transaction(async (transaction) => {
    await transaction.query(sql`select 1 from applications where id = ${applicationId} for update`);
    for (const [table] of Object.values(tables)) {
      await transaction.query(sql`delete from ${name(table)} where application_id = ${applicationId}`);
    }
    await transaction.query(
      sql`delete from ${organizationRoleTable} where application_id = ${applicationId}`,
    );
    for (const [list, [table, column]] of Object.entries(tables)) {
      const ids = rules[list as keyof typeof tables];
      if (ids.length === 0) continue;
      const rows = ids.map((id) => sql`(${applicationId}, ${id})`);
      await transaction.query(
        sql`insert into ${name(table)} (application_id, ${name(column)}) values ${join(rows)}`,
      );
    }
    const roleRows = rules.organizationRoleRules.flatMap(({ organizationId, organizationRoleIds }) =>
      organizationRoleIds.map((roleId) => sql`(${applicationId}, ${organizationId}, ${roleId})`),
    );
    if (roleRows.length === 0) return;
    await transaction.query(sql`
      insert into ${organizationRoleTable} (application_id, organization_id, organization_role_id)
      values ${join(roleRows)}`);
  });
