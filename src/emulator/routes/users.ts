import { createHash } from 'node:crypto';

import type { User } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { isYes, refusingBadSearch, searchOfQuery } from '../api/search-of-query.js';
import { NotFound } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { searchConditionOf } from '../database/search-condition.js';
import { empty, join, sql } from '../database/sql.js';
import { sliceOf, tableOf, type Table } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';
import { userGuards, type UserIdentifiers } from './user-guards.js';

export const userSearchColumns = ['id', 'primary_email', 'primary_phone', 'username', 'name'];

/** The part of users that configuration touches. @see packages/core/src/routes/admin-user in logto-io/logto */
export const addUsers: Area = (api, { database, packages }) => {
  const { schemas, z } = packages;
  const { Users, UsersRoles, SignInExperiences } = schemas;
  const users = tableOf(database, Users);
  const guards = userGuards(packages);
  const shown = (user: User): object => shownUser(user, schemas.userInfoSelectFields);

  const refuseTaken = async (
    { username, primaryEmail, primaryPhone }: UserIdentifiers,
    exceptId = '',
  ): Promise<void> => {
    const { usernamePolicy } = await tableOf(database, SignInExperiences).findById('default');
    const checks = [
      [primaryEmail, sql`lower(primary_email) = lower(${primaryEmail ?? ''})`, 'email'],
      [primaryPhone, sql`primary_phone = ${primaryPhone ?? ''}`, 'phone'],
      [
        username,
        usernamePolicy.caseSensitive
          ? sql`username = ${username ?? ''}`
          : sql`lower(username) = lower(${username ?? ''})`,
        'username',
      ],
    ] as const;
    for (const [value, condition, what] of checks) {
      if (!value) continue;
      const taken = await users.selectOne(sql`where ${condition} and id <> ${exceptId}`);
      assertThat(!taken, `user.${what}_already_in_use`, { status: 422 });
    }
  };

  api.on(
    'GET',
    '/users',
    { paging: 'always', response: guards.response.array() },
    ({ slice, searchParameters, setTotal }) =>
      refusingBadSearch(async () => {
        const roleId = searchParameters.get('excludeRoleId');
        const organizationId = searchParameters.get('excludeOrganizationId');
        assertThat(!(roleId && organizationId), 'request.invalid_input');
        const search = searchConditionOf(searchOfQuery(searchParameters), userSearchColumns);
        const conditions = [
          roleId ? sql`id not in (select user_id from users_roles where role_id = ${roleId})` : empty,
          organizationId
            ? sql`id not in (select user_id from organization_user_relations where organization_id = ${organizationId})`
            : empty,
          search ? sql`(${search})` : empty,
        ].filter((condition) => condition !== empty);
        const condition = conditions.length === 0 ? empty : sql`where ${join(conditions, ' and ')}`;
        setTotal(await users.count(condition));
        const rows = await users.select(sql`${condition} order by created_at desc ${sliceOf(slice)}`);
        const isWithHash = isYes(searchParameters.get('includePasswordHash'));
        return rows.map((user) => ({ ...shown(user), ...(isWithHash ? passwordOf(user) : {}) }));
      }),
  );

  api.on(
    'GET',
    '/users/:userId',
    { response: guards.response },
    async ({ parameters: { userId }, searchParameters }) => {
      const user = await findUser(users, userId);
      return {
        ...shown(user),
        ...(isYes(searchParameters.get('includeSsoIdentities')) ? { ssoIdentities: [] } : {}),
        ...(isYes(searchParameters.get('includePasswordHash')) ? passwordOf(user) : {}),
      };
    },
  );

  api.on('POST', '/users', { body: guards.create, response: guards.response }, async ({ body }) => {
    const { password, passwordDigest, passwordAlgorithm, ...rest } = body;
    assertThat(!(password && passwordDigest), 'user.password_and_digest');
    assertThat(!passwordDigest || passwordAlgorithm, 'user.password_algorithm_required');
    await refuseTaken(rest);
    return database.transaction(async (transaction) => {
      const user = await tableOf(transaction, Users).insert({
        id: newId(12),
        ...rest,
        ...(password ? hashed(password) : {}),
        ...(passwordDigest
          ? { passwordEncrypted: passwordDigest, passwordEncryptionMethod: passwordAlgorithm }
          : {}),
      });
      const { rows } = await transaction.query<{ id: string }>(
        sql`select id from roles where is_default is true and type = 'User'`,
      );
      if (rows.length > 0) {
        const links = rows.map((role) => ({ id: newId(), userId: user.id, roleId: role.id }));
        await tableOf(transaction, UsersRoles).insertMany(links);
      }
      return shown(user);
    });
  });

  api.on(
    'PATCH',
    '/users/:userId',
    { body: guards.patch, response: guards.response },
    async ({ parameters: { userId }, body }) => {
      await findUser(users, userId);
      await refuseTaken(body, userId);
      return shown(await users.updateById(userId, body));
    },
  );

  api.on('DELETE', '/users/:userId', { status: 204 }, async ({ parameters: { userId } }) => {
    await findUser(users, userId);
    await users.deleteById(userId);
  });

  api.on(
    'GET',
    '/users/:userId/custom-data',
    {},
    async ({ parameters: { userId } }) => (await findUser(users, userId)).customData,
  );
  api.on(
    'PATCH',
    '/users/:userId/custom-data',
    { body: z.object({ customData: schemas.jsonObjectGuard }) },
    async ({ parameters: { userId }, body }) => {
      await findUser(users, userId);
      return (await users.updateById(userId, body, 'merge')).customData;
    },
  );
  api.on(
    'PATCH',
    '/users/:userId/profile',
    { body: z.object({ profile: schemas.userProfileGuard }) },
    async ({ parameters: { userId }, body }) => {
      await findUser(users, userId);
      return (await users.updateById(userId, body, 'merge')).profile;
    },
  );
  api.on(
    'PATCH',
    '/users/:userId/password',
    { body: z.object({ password: z.string().min(1) }), response: guards.response },
    async ({ parameters: { userId }, body: { password } }) => {
      await findUser(users, userId);
      return shown(await users.updateById(userId, hashed(password)));
    },
  );
  api.on(
    'PATCH',
    '/users/:userId/is-suspended',
    { body: z.object({ isSuspended: z.boolean() }), response: guards.response },
    async ({ parameters: { userId }, body }) => {
      await findUser(users, userId);
      return shown(await users.updateById(userId, body));
    },
  );
  api.on('GET', '/users/:userId/has-password', {}, async ({ parameters: { userId } }) => ({
    hasPassword: Boolean((await findUser(users, userId)).passwordEncrypted),
  }));
};

/** @throws {NotFound} users are told apart from other entities, whose miss names the id */
export async function findUser(users: Table<User>, id: string): Promise<User> {
  const user = await users.selectOne(sql`where id = ${id}`);
  if (user === undefined) throw new NotFound();
  return user;
}

/** A user as it is shown: without secrets. */
export const shownUser = (user: User, fields: readonly (keyof User)[]): object => ({
  ...Object.fromEntries(fields.map((field) => [field, user[field]])),
  hasPassword: Boolean(user.passwordEncrypted),
});

const passwordOf = ({ passwordEncrypted, passwordEncryptionMethod }: User): object => ({
  passwordDigest: passwordEncrypted,
  passwordAlgorithm: passwordEncryptionMethod,
});

/** Logto hashes with Argon2i, which takes long on purpose; nobody signs in here. */
const hashed = (password: string): object => ({
  passwordEncrypted: createHash('sha256').update(password).digest('hex'),
  passwordEncryptionMethod: 'SHA256',
});
