import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat, RequestError } from '../http/request-error.js';
import type { Packages } from '../packages.js';
import type { Area } from './areas.js';
import { installedConnectors } from '../connectors/installed-connectors.js';
import { refuseUnknownProfileFields } from './profile-field-names.js';
import { refuseSignIn, refuseSignUp } from './sign-in-rules.js';
import { adaptiveMfaOf, refuseMfa } from './mfa-rules.js';
import { findUsernameConflicts } from './username-conflicts.js';
import { passwordExpirationOf, refuseForgotPasswordMethods } from './forgot-password-rules.js';

/** @see packages/core/src/routes/sign-in-experience/index.ts in logto-io/logto */
export const addSignInExperience: Area = (api, { database, packages }) => {
  const { schemas, z } = packages;
  const { SignInExperiences } = schemas;
  const table = tableOf(database, SignInExperiences);
  const url = z.string().url().optional().nullable().or(z.literal(''));

  api.on('GET', '/sign-in-exp', { response: SignInExperiences.guard }, () => table.findById('default'));

  const body = SignInExperiences.createGuard
    .omit({
      id: true,
      termsOfUseUrl: true,
      privacyPolicyUrl: true,
      supportEmail: true,
      supportWebsiteUrl: true,
      unknownSessionRedirectUrl: true,
      passwordExpiration: true,
      verificationCodePolicy: true,
    })
    .merge(
      z.object({
        termsOfUseUrl: url,
        privacyPolicyUrl: url,
        supportEmail: z.string().email().optional().nullable().or(z.literal('')),
        supportWebsiteUrl: url,
        unknownSessionRedirectUrl: url,
        passwordExpiration: schemas.passwordExpirationPolicyGuard,
        verificationCodePolicy: schemas.verificationCodePolicyGuard,
      }),
    )
    .partial();

  api.on('PATCH', '/sign-in-exp', { body, response: SignInExperiences.guard }, async ({ body }) => {
    await refuseUnknownProfileFields(database, body.signUpProfileFields);
    const customUiCsp = body.customUiCsp && normalizedCsp(body.customUiCsp, packages);
    if (body.languageInfo) await refuseLanguage(body.languageInfo.fallbackLanguage);
    const connectors = await installedConnectors(database, packages);
    const current = await table.findById('default');
    if (body.usernamePolicy?.caseSensitive === false && current.usernamePolicy.caseSensitive) {
      const conflicts = await findUsernameConflicts(database, 20);
      assertThat(conflicts.totalConflicts === 0, 'sign_in_experiences.username_policy_case_conflicts_exist', {
        status: 409,
        data: conflicts,
      });
    }
    const { signUp, signIn, mfa, socialSignInConnectorTargets: targets, emailBlocklistPolicy } = body;
    if (signUp) refuseSignUp(signUp, connectors);
    if (signIn) refuseSignIn(signIn, signUp ?? current.signUp, connectors, mfa ?? current.mfa);
    if (mfa) refuseMfa(mfa, signIn ?? current.signIn);
    const adaptiveMfa = adaptiveMfaOf(mfa, body.adaptiveMfa, current);
    refuseForgotPasswordMethods(body.forgotPasswordMethods, connectors);
    const passwordExpiration = passwordExpirationOf(body, current, connectors, schemas);
    assertThat(!body.hideLogtoBranding, 'request.invalid_input', {
      details: 'Hide Logto branding is not supported in this environment',
    });
    assertThat(!packages.coreKit.hasCustomUiCspSources(customUiCsp), 'request.invalid_input', {
      details: 'Custom UI CSP configuration is not available',
    });
    return table.updateById('default', {
      ...body,
      ...(adaptiveMfa && { adaptiveMfa }),
      ...(targets && {
        socialSignInConnectorTargets: targets.filter((target) =>
          connectors.some((connector) => connector.type === 'Social' && connector.target === target),
        ),
      }),
      ...(emailBlocklistPolicy && { emailBlocklistPolicy: parsedBlocklist(emailBlocklistPolicy, packages) }),
      ...(customUiCsp && { customUiCsp }),
      ...(body.passwordExpiration && { passwordExpiration }),
    });
  });

  const refuseLanguage = async (language: string): Promise<void> => {
    const { builtInLanguages } = await packages.experiencePhrases();
    const { rows } = await database.query(
      sql`select 1 as found from custom_phrases where language_tag = ${language}`,
    );
    assertThat(
      builtInLanguages.includes(language) || rows.length > 0,
      'sign_in_experiences.unsupported_default_language',
      { words: { language } },
    );
  };

  api.on(
    'GET',
    '/sign-in-exp/username-policy/case-sensitivity-conflicts',
    { query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }) },
    ({ query: { limit } }) => findUsernameConflicts(database, limit),
  );
};

function normalizedCsp(csp: object, { coreKit }: Packages): object {
  const { customUiCsp, errors } = coreKit.normalizeCustomUiCsp(csp, { isProduction: true });
  if (errors.length > 0) throw new RequestError('request.invalid_input', { data: errors[0] });
  return customUiCsp;
}

interface EmailBlocklist {
  readonly blockDisposableAddresses?: boolean | undefined;
  readonly customAllowlist?: string[] | undefined;
  readonly customBlocklist?: string[] | undefined;
}

/** @see packages/core/src/libraries/sign-in-experience/email-blocklist-policy.ts in logto-io/logto */
function parsedBlocklist(policy: EmailBlocklist, { coreKit }: Packages): object {
  assertThat(!policy.blockDisposableAddresses, 'request.invalid_input', {
    details: 'Disposable email domain validation is not supported in this environment',
  });
  const parsed = (list: readonly string[]): readonly string[] => {
    const items = [...new Set(list)];
    const invalid = items.filter((item) => !coreKit.isEmailBlocklistItem(item));
    assertThat(invalid.length === 0, 'sign_in_experiences.invalid_custom_email_blocklist_format', {
      words: { items: invalid.join(', ') },
    });
    return items;
  };
  const { customAllowlist, customBlocklist } = policy;
  return {
    ...policy,
    ...(customAllowlist && { customAllowlist: parsed(customAllowlist) }),
    ...(customBlocklist && { customBlocklist: parsed(customBlocklist) }),
  };
}
