import type { SignInExperience } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { assertThat } from '../http/request-error.js';
import type { Schemas } from '../packages.js';
import type { InstalledConnector } from '../connectors/installed-connectors.js';

type Methods = SignInExperience['forgotPasswordMethods'];

const kinds = [
  ['EmailVerificationCode', 'Email', 'email'],
  ['PhoneVerificationCode', 'Sms', 'sms'],
] as const;

export function refuseForgotPasswordMethods(
  methods: Methods | undefined,
  connectors: readonly InstalledConnector[],
): void {
  for (const [name, type, method] of kinds) {
    const isAsked = (methods as readonly string[] | null | undefined)?.includes(name) === true;
    assertThat(
      !isAsked || connectors.some((connector) => connector.type === type),
      'sign_in_experiences.forgot_password_method_requires_connector',
      { words: { method } },
    );
  }
}

/** Whether somebody who forgot the password can get a new one: null stands for all methods that have a connector. */
export const isPasswordRecoverable = (methods: Methods, connectors: readonly InstalledConnector[]): boolean =>
  kinds.some(
    ([name, type]) =>
      (methods === null || (methods as readonly string[]).includes(name)) &&
      connectors.some((connector) => connector.type === type),
  );

interface Changes {
  readonly passwordExpiration?: { readonly enabled?: boolean | undefined } | undefined;
  readonly forgotPasswordMethods?: Methods | undefined;
}

/**
 * The password expiration to write: merged with the stored one, and its start kept by the server.
 *
 * @see packages/core/src/routes/sign-in-experience/index.ts in logto-io/logto
 */
export function passwordExpirationOf(
  { passwordExpiration, forgotPasswordMethods }: Changes,
  current: SignInExperience,
  connectors: readonly InstalledConnector[],
  { passwordExpirationPolicyGuard }: Schemas,
): object {
  const stored = current.passwordExpiration;
  const wanted =
    passwordExpiration?.enabled === false ? { enabled: false } : { ...stored, ...passwordExpiration };
  const result = passwordExpirationPolicyGuard.safeParse(wanted);
  assertThat(result.success, 'sign_in_experiences.password_expiration_invalid_period_days', { status: 422 });
  if (!result.data.enabled) return result.data;
  assertThat(
    isPasswordRecoverable(forgotPasswordMethods ?? current.forgotPasswordMethods, connectors),
    'sign_in_experiences.password_expiration_requires_forgot_password',
    { status: 422 },
  );
  const startedAt = stored.enabled ? stored.enabledAt : undefined;
  return { ...result.data, enabledAt: startedAt ?? Date.now() };
}
