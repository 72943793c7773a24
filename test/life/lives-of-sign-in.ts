import fc from 'fast-check';
import type { Json } from '../../src/json';
import type { Life } from './life';

const json = (...values: readonly Json[]): fc.Arbitrary<Json> => fc.constantFrom(...values);

const template = (usageType: string) => ({
  usageType,
  contentType: 'text/plain',
  subject: 'Code',
  content: '{{code}}',
});
const templates = ['SignIn', 'Register', 'ForgotPassword', 'Generic'].map(template);
const smtp = {
  host: 'smtp.example.com',
  port: 587,
  auth: { type: 'login', user: 'shop', pass: 'canary-pass' },
  fromEmail: 'shop@example.com',
  templates,
};
const mail = { connectorId: 'simple-mail-transfer-protocol', config: smtp };
const connectors = {
  mail,
  text: {
    connectorId: 'twilio-short-message-service',
    config: {
      accountSID: 'AC1',
      authToken: 'canary-token',
      fromMessagingServiceSID: 'MG1',
      templates: templates.map(({ usageType, content }) => ({ usageType, content })),
    },
  },
  github: { connectorId: 'github-universal', config: { clientId: 'a', clientSecret: 'canary' } },
  google: { connectorId: 'google-universal', config: { clientId: 'a', clientSecret: 'canary' } },
};
const customProfileFields = {
  givenName: { type: 'Text', required: true },
  shoeSize: { type: 'Number', required: false },
};
const profileFields = json([{ name: 'shoeSize' }, { name: 'givenName' }], [{ name: 'givenName' }], [], null);

const addresses = fc.array(
  fc.constantFrom('ann@example.com', '@example.com', '@*.example.org', 'a*@exämple.de', 'ANN@example.com'),
  { maxLength: 4 },
);

const byName = { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true };
const byMail = { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: false };

export const livesOfSignIn: readonly Life[] = [
  {
    kind: 'connectors',
    shape: 'of a provider that Logto knows',
    keys: ['github'],
    surroundings: {},
    referable: {},
    full: {
      connectorId: 'github-universal',
      config: { clientId: 'a', clientSecret: 'canary', scope: '', nothing: [], empty: { inside: {} } },
    },
    values: {
      connectorId: json('google-universal'),
      config: json(
        { clientId: 'b', clientSecret: 'canary' },
        { clientId: 'b', clientSecret: 'canary-2', scope: 'user:email' },
        { clientId: 'a', clientSecret: 'canary', more: { list: ['ü', 1] } },
      ),
    },
    without: ['metadata', 'enableTokenStorage'],
  },
  {
    kind: 'connectors',
    shape: 'of any other provider',
    keys: ['company'],
    surroundings: {},
    referable: {},
    full: {
      connectorId: 'oauth2',
      metadata: { target: 'company', name: { en: 'Company' } },
      config: {
        authorizationEndpoint: 'https://login.example.com/auth',
        tokenEndpoint: 'https://login.example.com/token',
        userInfoEndpoint: 'https://login.example.com/me',
        clientId: 'a',
        clientSecret: 'canary',
        tokenEndpointAuthMethod: 'client_secret_post',
        clientSecretJwtSigningAlgorithm: 'HS256',
        profileMap: { id: 'sub' },
      },
    },
    values: {
      'metadata.target': json('other', 'ünder'),
      'metadata.name': json({ en: 'Other' }, { en: 'Company', de: 'Firma' }),
    },
    without: ['connectorId', 'config', 'syncProfile', 'enableTokenStorage'],
  },
  {
    kind: 'connectors',
    shape: 'that sends e-mails',
    keys: ['mail'],
    surroundings: {},
    referable: {},
    full: mail,
    values: {
      config: json({ ...smtp, port: 25 }, { ...smtp, templates: [...templates].reverse() }),
      connectorId: json('aws-ses-mail'),
    },
    without: ['metadata', 'syncProfile', 'enableTokenStorage', 'connectorId'],
  },
  {
    kind: 'signInExperience',
    keys: [],
    surroundings: {
      connectors,
      customProfileFields,
      customPhrases: { breton: { languageTag: 'br-FR', translation: {} } },
    },
    referable: {},
    full: {
      color: { primaryColor: '#000000' },
      signUp: { identifiers: ['username'], password: true, verify: false },
      signIn: { methods: [byName] },
      usernamePolicy: { allowedChars: { lowercase: false } },
    },
    values: {
      signUp: json({
        identifiers: ['email'],
        password: true,
        verify: true,
        secondaryIdentifiers: [{ identifier: 'phone', verify: true }, { identifier: 'username' }],
      }),
      'signIn.methods': json([byMail, byName], [byMail], []),
      'languageInfo.fallbackLanguage': json('de', 'br-FR', 'pt-BR'),
      socialSignInConnectorTargets: json(['google', 'github'], ['github', 'google'], ['github'], []),
      signUpProfileFields: profileFields,
      'emailBlocklistPolicy.customAllowlist': addresses,
      'emailBlocklistPolicy.customBlocklist': addresses,
      customUiAssets: json({ id: 'abc', createdAt: 1_700_000_000_000 }, null),
      // What goes together is changed together.
      mfa: json(
        { factors: ['Totp', 'BackupCode'], policy: 'Mandatory', organizationRequiredMfaPolicy: 'Mandatory' },
        { factors: ['WebAuthn'], policy: 'PromptOnlyAtSignIn' },
      ),
      adaptiveMfa: json({ enabled: false }),
      forgotPasswordMethods: [['PhoneVerificationCode', 'EmailVerificationCode'], ['PhoneVerificationCode']],
      passwordExpiration: json({ enabled: true, validPeriodDays: 30 }),
      'usernamePolicy.minLength': json(2, 1),
      'usernamePolicy.maxLength': json(100, 64),
      'usernamePolicy.allowedChars.lowercase': json(true),
    },
    without: ['hideLogtoBranding', 'customUiCsp', 'emailBlocklistPolicy.blockDisposableAddresses'],
  },
  {
    kind: 'signInExperience',
    shape: 'with adaptive MFA and expiring passwords',
    keys: [],
    surroundings: { connectors },
    referable: {},
    full: {
      signUp: { identifiers: ['email'], password: true, verify: true },
      signIn: { methods: [byMail, byName] },
      forgotPasswordMethods: ['EmailVerificationCode'],
      passwordExpiration: { enabled: true, validPeriodDays: 90 },
      mfa: { factors: ['Totp'], policy: 'PromptAtSignInAndSignUpMandatory' },
      adaptiveMfa: { enabled: true },
    },
    values: {
      'passwordExpiration.validPeriodDays': json(30),
      'mfa.factors': json(['WebAuthn', 'Totp'], ['WebAuthn']),
      'mfa.policy': json('PromptOnlyAtSignInMandatory'),
      'signUp.identifiers': json(['email', 'username']),
    },
    without: [
      ...['color', 'branding', 'hideLogtoBranding', 'languageInfo', 'termsOfUseUrl', 'privacyPolicyUrl'],
      ...['agreeToTermsPolicy', 'signUp.password', 'signUp.verify', 'signUp.secondaryIdentifiers', 'signIn'],
      ...['signInMode', 'socialSignIn', 'socialSignInConnectorTargets', 'singleSignOnEnabled', 'customCss'],
      ...[
        'customContent',
        'customUiAssets',
        'customUiCsp',
        'passwordPolicy',
        'mfa.organizationRequiredMfaPolicy',
      ],
      ...['adaptiveMfa', 'captchaPolicy', 'sentinelPolicy', 'emailBlocklistPolicy', 'verificationCodePolicy'],
      ...['forgotPasswordMethods', 'passkeySignIn', 'signUpProfileFields', 'passwordExpiration.enabled'],
      ...['usernamePolicy', 'supportEmail', 'supportWebsiteUrl', 'unknownSessionRedirectUrl'],
    ],
  },
  {
    kind: 'accountCenter',
    keys: [],
    surroundings: { customProfileFields },
    referable: {},
    full: { enabled: true, fields: { name: 'Edit' } },
    values: { profileFields },
  },
  {
    kind: 'captchaProvider',
    shape: 'of Google',
    keys: [],
    surroundings: {},
    referable: {},
    full: {
      config: {
        type: 'RecaptchaEnterprise',
        siteKey: 'a',
        secretKey: 'canary',
        projectId: 'p',
        mode: 'invisible',
      },
    },
    without: ['config.type'],
  },
  {
    kind: 'captchaProvider',
    shape: 'of Cloudflare, then of Google',
    keys: [],
    surroundings: {},
    referable: {},
    full: { config: { type: 'Turnstile', siteKey: 'a', secretKey: 'canary' } },
    values: {
      config: json({
        type: 'RecaptchaEnterprise',
        siteKey: 'b',
        secretKey: 'canary',
        projectId: 'p',
        domain: 'd',
      }),
    },
  },
  {
    kind: 'idToken',
    keys: [],
    surroundings: {},
    referable: {},
    full: { enabledExtendedClaims: ['roles'] },
  },
  { kind: 'session', keys: [], surroundings: {}, referable: {}, full: { ttl: 3600 } },
];
