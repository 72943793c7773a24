import type { Mfa, SignIn, SignInExperience } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { assertThat } from '../http/request-error.js';

/** @see packages/core/src/libraries/sign-in-experience/mfa.ts in logto-io/logto */
export function refuseMfa({ factors: list }: Mfa, { methods }: SignIn): void {
  const factors: readonly string[] = list;
  assertThat(new Set(factors).size === factors.length, 'sign_in_experiences.duplicated_mfa_factors');
  assertThat(
    !(factors.includes('BackupCode') && factors.length === 1),
    'sign_in_experiences.backup_code_cannot_be_enabled_alone',
  );
  for (const [factor, identifier] of [
    ['EmailVerificationCode', 'email'],
    ['PhoneVerificationCode', 'phone'],
  ] as const) {
    const isSignIn = methods.some((method) => method.identifier === identifier && method.verificationCode);
    assertThat(
      !(isSignIn && factors.includes(factor)),
      `sign_in_experiences.${identifier}_verification_code_cannot_be_used_for_mfa`,
    );
  }
}

type AdaptiveMfa = SignInExperience['adaptiveMfa'];

/**
 * The adaptive MFA to write, after checking that it and the policy go together.
 *
 * @see packages/core/src/routes/sign-in-experience/index.ts in logto-io/logto
 */
export function adaptiveMfaOf(
  mfa: Mfa | undefined,
  adaptiveMfa: AdaptiveMfa | undefined,
  current: SignInExperience,
): AdaptiveMfa | undefined {
  const effective = mfa ?? current.mfa;
  const isMandatory = /^Prompt\w+Mandatory$/.test(effective.policy);
  if (adaptiveMfa?.enabled === true) {
    assertThat(effective.factors.length > 0, 'sign_in_experiences.adaptive_mfa_requires_mfa', {
      status: 422,
    });
  }
  const isDecided =
    adaptiveMfa?.enabled ??
    (adaptiveMfa === undefined && mfa && mfa.factors.length > 0
      ? (current.adaptiveMfa.enabled ?? false)
      : undefined);
  if (isDecided === true) {
    assertThat(isMandatory, 'sign_in_experiences.adaptive_mfa_requires_non_skippable_policy', {
      status: 422,
    });
  } else if (isDecided === false) {
    assertThat(!isMandatory, 'sign_in_experiences.non_adaptive_mfa_requires_skippable_policy', {
      status: 422,
    });
  }
  return mfa && mfa.factors.length === 0 && adaptiveMfa === undefined ? { enabled: false } : adaptiveMfa;
}
