import { tableOf } from '../database/table.js';
import { RequestError } from '../http/request-error.js';
import type { Area } from './areas.js';

/**
 * Whether the policy of the tenant accepts a password. Logto asks a service on the Internet whether it leaked; the
 * emulator asks nobody.
 *
 * @see packages/core/src/routes/sign-in-experience/index.ts and utils/password.ts in logto-io/logto
 */
export const addPasswordCheck: Area = (api, { database, packages: { schemas, z, coreKit } }) => {
  const experiences = tableOf(database, schemas.SignInExperiences);
  const users = tableOf(database, schemas.Users);

  api.on(
    'POST',
    '/sign-in-exp/default/check-password',
    { body: z.object({ password: z.string(), userId: z.string().optional() }) },
    async ({ body: { password, userId }, setStatus }) => {
      const { passwordPolicy } = await experiences.findById('default');
      const user = userId ? await users.findById(userId) : undefined;
      const checker = new coreKit.PasswordPolicyChecker({
        ...passwordPolicy,
        rejects: { ...passwordPolicy.rejects, pwned: false },
      });
      const userInfo = user && {
        name: user.name ?? undefined,
        username: user.username ?? undefined,
        email: user.primaryEmail ?? undefined,
        phoneNumber: user.primaryPhone ?? undefined,
      };
      const issues = await checker.check(password, userInfo).catch((error: unknown) => {
        // A policy that looks at the user, by default, cannot judge without one.
        if (!(error instanceof TypeError)) throw error;
        throw new RequestError('request.invalid_input', { details: error.message });
      });
      if (issues.length === 0) return { result: true };
      setStatus(400);
      return { result: false, issues };
    },
  );
};
