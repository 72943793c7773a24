import type { Database } from '../database/database.js';
import { newId } from '../database/new-id.js';
import { sql } from '../database/sql.js';
import { assertThat } from '../http/request-error.js';
import type { Schemas } from '../packages.js';

export interface ApplicationAdministration {
  /** Whether the application has the internal role of administrators, the deprecated way to give access. */
  isAdmin(applicationId: string): Promise<boolean>;
  setAdmin(applicationId: string, isAdmin: boolean): Promise<void>;
}

export function applicationAdministration(
  database: Database,
  { InternalRole }: Schemas,
): ApplicationAdministration {
  const isAdmin = async (applicationId: string): Promise<boolean> => {
    const { rows } = await database.query(sql`
      select 1 as found from applications_roles join roles on roles.id = applications_roles.role_id
      where application_id = ${applicationId} and roles.name = ${InternalRole.Admin}`);
    return rows.length > 0;
  };
  return {
    isAdmin,
    async setAdmin(applicationId, shouldBeAdmin) {
      const { rows } = await database.query<{ id: string }>(
        sql`select id from roles where name = ${InternalRole.Admin}`,
      );
      const [role] = rows;
      assertThat(role, 'entity.not_exists', { status: 500, words: { name: InternalRole.Admin } });
      const usedToBeAdmin = await isAdmin(applicationId);
      if (shouldBeAdmin && !usedToBeAdmin) {
        await database.query(sql`
          insert into applications_roles (id, application_id, role_id) values (${newId()}, ${applicationId}, ${role.id})`);
      } else if (!shouldBeAdmin && usedToBeAdmin) {
        await database.query(sql`
          delete from applications_roles where application_id = ${applicationId} and role_id = ${role.id}`);
      }
    },
  };
}
