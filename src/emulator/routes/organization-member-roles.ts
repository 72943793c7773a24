import type { z } from 'zod';

import type { Api } from '../api/api.js';
import type { GuardedEntity } from '../api/entity-routes.js';
import type { Database } from '../database/database.js';
import type { Relation } from '../database/relation.js';
import { join, name, sql } from '../database/sql.js';
import { assertThat } from '../http/request-error.js';
import type { Zod } from '../packages.js';

export interface RoleChoice {
  readonly organizationRoleIds?: string[] | undefined;
  readonly organizationRoleNames?: string[] | undefined;
}

export interface MemberRoles {
  readonly database: Database;
  /** With the parameters `id` of the organization and `memberId`. */
  readonly path: `/organizations/:id/${string}/:memberId/roles`;
  readonly members: Relation;
  /** Of organization, role and member, in this order. */
  readonly memberRoles: Relation;
  readonly table: string;
  readonly memberColumn: string;
  /** How roles are told; a list of ids that is not empty, unless given. */
  readonly roles?: {
    readonly body: z.ZodType<RoleChoice, z.ZodTypeDef, unknown>;
    readonly idsOf: (choice: RoleChoice) => Promise<readonly string[]>;
    /** Whether the answer to adding roles repeats their ids. */
    readonly isAnswered: boolean;
  };
}

/** The roles that a member has in an organization. */
export function addMemberRoles(
  api: Api,
  z: Zod,
  role: GuardedEntity<unknown>,
  { database, path, members, memberRoles, table, memberColumn, roles = rolesById(z) }: MemberRoles,
): void {
  const { body, idsOf, isAnswered } = roles;
  const before = async ({ id = '', memberId = '' }: Readonly<Record<string, string>>): Promise<void> => {
    assertThat(await members.exists([id, memberId]), 'organization.require_membership', { status: 422 });
  };

  api.on(
    'GET',
    path,
    { before, paging: 'optional', response: role.guard.array() },
    async ({ parameters: { id, memberId }, slice, setTotal }) => {
      const where = { organization_id: id, [memberColumn]: memberId };
      if (slice !== undefined) setTotal(await memberRoles.countEntities(role, where));
      return memberRoles.entities(role, where, slice);
    },
  );
  api.on('POST', path, { before, body, status: 201 }, async ({ parameters: { id, memberId }, body }) => {
    const organizationRoleIds = await idsOf(body);
    await memberRoles.insert(organizationRoleIds.map((roleId) => [id, roleId, memberId]));
    return isAnswered ? { organizationRoleIds } : undefined;
  });
  api.on('PUT', path, { before, body, status: 204 }, async ({ parameters: { id, memberId }, body }) => {
    const organizationRoleIds = await idsOf(body);
    await database.transaction(async (transaction) => {
      await transaction.query(
        sql`delete from ${name(table)} where organization_id = ${id} and ${name(memberColumn)} = ${memberId}`,
      );
      if (organizationRoleIds.length === 0) return;
      const rows = organizationRoleIds.map((roleId) => sql`(${id}, ${memberId}, ${roleId})`);
      await transaction.query(
        sql`insert into ${name(table)} (organization_id, ${name(memberColumn)}, organization_role_id)
          values ${join(rows)}`,
      );
    });
  });
  api.on(
    'DELETE',
    `${path}/:organizationRoleId`,
    { before, status: 204 },
    ({ parameters: { id, memberId, organizationRoleId } }) =>
      memberRoles.delete([id, organizationRoleId, memberId]),
  );
}

const rolesById = (z: Zod): NonNullable<MemberRoles['roles']> => ({
  body: z.object({ organizationRoleIds: z.string().min(1).array().nonempty() }),
  idsOf: ({ organizationRoleIds = [] }) => Promise.resolve(organizationRoleIds),
  isAnswered: false,
});
