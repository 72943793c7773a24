import type { Mfa, SignIn, SignUp } from '@logto/schemas' with { 'resolution-mode': 'import' };

import { assertThat } from '../http/request-error.js';
import type { InstalledConnector } from '../connectors/installed-connectors.js';

type Connectors = readonly InstalledConnector[];

function requireConnector(connectors: Connectors, type: 'Email' | 'Sms'): void {
  assertThat(
    connectors.some((connector) => connector.type === type),
    'sign_in_experiences.enabled_connector_not_found',
    { words: { type } },
  );
}

/** @see packages/core/src/libraries/sign-in-experience/sign-up.ts in logto-io/logto */
export function refuseSignUp(signUp: SignUp, connectors: Connectors): void {
  const { identifiers, secondaryIdentifiers = [], verify } = signUp;
  const primary = new Set<string>(identifiers);
  const secondary = new Set<string>(secondaryIdentifiers.map(({ identifier }) => identifier));
  assertThat(secondary.size === 0 || primary.size > 0, 'sign_in_experiences.missing_sign_up_identifiers');
  const isRepeated =
    primary.size !== identifiers.length ||
    secondary.size !== secondaryIdentifiers.length ||
    [...secondary].some((identifier) => primary.has(identifier)) ||
    (secondary.has('emailOrPhone') && (primary.has('email') || primary.has('phone')));
  assertThat(!isRepeated, 'sign_in_experiences.duplicated_sign_up_identifiers');

  const all = new Set([...primary, ...secondary]);
  const isVerified = secondaryIdentifiers.every((one) => one.identifier === 'username' || one.verify);
  assertThat(
    (verify || [...all].every((identifier) => identifier === 'username')) && isVerified,
    'sign_in_experiences.passwordless_requires_verify',
  );
  if (all.has('email') || secondary.has('emailOrPhone')) requireConnector(connectors, 'Email');
  if (all.has('phone') || secondary.has('emailOrPhone')) requireConnector(connectors, 'Sms');
}

/** @see packages/core/src/libraries/sign-in-experience/sign-in.ts in logto-io/logto */
export function refuseSignIn({ methods }: SignIn, signUp: SignUp, connectors: Connectors, mfa: Mfa): void {
  const isByCode = (identifier: string): boolean =>
    methods.some((method) => method.verificationCode && method.identifier === identifier);
  if (isByCode('email')) requireConnector(connectors, 'Email');
  if (isByCode('phone')) requireConnector(connectors, 'Sms');
  assertThat(
    methods.every(({ password, verificationCode }) => password || verificationCode),
    'sign_in_experiences.at_least_one_authentication_factor',
  );
  assertThat(
    !signUp.verify ||
      signUp.password ||
      methods.every(({ verificationCode, identifier }) => verificationCode || identifier === 'username'),
    'sign_in_experiences.code_sign_in_must_be_enabled',
  );
  const factors: readonly string[] = mfa.factors;
  assertThat(
    !(isByCode('email') && factors.includes('EmailVerificationCode')),
    'sign_in_experiences.email_verification_code_cannot_be_used_for_sign_in',
  );
  assertThat(
    !(isByCode('phone') && factors.includes('PhoneVerificationCode')),
    'sign_in_experiences.phone_verification_code_cannot_be_used_for_sign_in',
  );
}
