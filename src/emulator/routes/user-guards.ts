import type { Packages } from '../packages.js';

export interface UserIdentifiers {
  readonly username?: string | null | undefined;
  readonly primaryEmail?: string | null | undefined;
  readonly primaryPhone?: string | null | undefined;
}

/** What the endpoints of users accept and answer. @see packages/core/src/routes/admin-user/basics.ts in logto-io/logto */
export function userGuards({ schemas, z, coreKit }: Packages) {
  const { Users, userProfileResponseGuard, userProfileGuard, jsonObjectGuard } = schemas;
  const email = z.string().regex(coreKit.emailRegEx);
  const phone = z.string().regex(coreKit.phoneRegEx);
  const username = z.string().regex(coreKit.usernameRegEx);
  const none = z.literal('');
  const avatar = z.string().url().or(none).nullable();
  return {
    response: userProfileResponseGuard.extend({
      passwordDigest: Users.guard.shape.passwordEncrypted.optional(),
      passwordAlgorithm: Users.guard.shape.passwordEncryptionMethod.optional(),
    }),
    create: z
      .object({
        primaryPhone: phone,
        primaryEmail: email,
        username,
        password: z.string().min(1),
        passwordDigest: z.string().max(256),
        passwordAlgorithm: z.nativeEnum(schemas.UsersPasswordEncryptionMethod),
        name: z.string(),
        avatar,
        customData: jsonObjectGuard,
        profile: userProfileGuard,
      })
      .partial(),
    patch: z
      .object({
        username: username.or(none).nullable(),
        primaryEmail: email.or(none).nullable(),
        primaryPhone: phone.or(none).nullable(),
        name: z.string().nullable(),
        avatar,
        customData: jsonObjectGuard,
        profile: userProfileGuard,
      })
      .partial(),
  };
}
