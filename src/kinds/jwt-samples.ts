import { any, choice, flag, json, list, number, object, text } from './field.js';

// What the Console tries a token script with. Logto leaves out what is not one of these
// (packages/schemas/src/types/logto-config/jwt-customizer.ts in logto-io/logto), so nothing else can be stated.

const word = text({ nullable: true, description: 'A text.' });
const moment = number({ nullable: true, description: 'Epoch milliseconds.' });
const keys = { nullable: true } as const;

const named = { id: word, name: word, description: word } as const;

const userSample = object(
  {
    id: word,
    username: word,
    primaryEmail: word,
    primaryPhone: word,
    name: word,
    avatar: word,
    customData: json({ nullable: true, description: 'Custom data.' }),
    identities: json({ nullable: true, description: 'Linked social accounts.' }),
    lastSignInAt: moment,
    createdAt: moment,
    updatedAt: moment,
    profile: json({ nullable: true, description: 'The profile.' }),
    applicationId: word,
    isSuspended: flag({ nullable: true }),
    hasPassword: flag({ nullable: true }),
    ssoIdentities: list(object({ issuer: word, identityId: word, detail: json({}) }, {}), keys),
    mfaVerificationFactors: list(
      choice(['Totp', 'WebAuthn', 'BackupCode', 'EmailVerificationCode', 'PhoneVerificationCode'], {}),
      keys,
    ),
    roles: list(any({}), { nullable: true, description: 'Roles with their permissions.' }),
    organizations: list(object(named, {}), keys),
    organizationRoles: list(object({ organizationId: word, roleId: word, roleName: word }, {}), keys),
  },
  { nullable: true, description: 'The user.' },
);

const applicationSample = object(
  {
    ...named,
    tenantId: word,
    type: choice(['Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected', 'SAML'], keys),
    oidcClientMetadata: json(keys),
    customClientMetadata: json(keys),
    protectedAppMetadata: json(keys),
    customData: json(keys),
    isThirdParty: flag(keys),
    appLevelAccessControlEnabled: flag(keys),
    createdAt: moment,
  },
  { nullable: true, description: 'The application.' },
);

export const contextSampleOfTokens = object(
  {
    user: userSample,
    grant: object(
      {
        type: choice(['urn:ietf:params:oauth:grant-type:token-exchange'], keys),
        subjectTokenContext: json(keys),
      },
      { nullable: true, description: 'Token exchange.' },
    ),
    interaction: object(
      {
        interactionEvent: choice(['SignIn', 'Register', 'ForgotPassword'], keys),
        userId: word,
        verificationRecords: list(any({}), keys),
        signInContext: json(keys),
      },
      { nullable: true, description: 'How the user signed in.' },
    ),
    application: applicationSample,
    organization: object(
      { ...named, customData: json(keys) },
      { nullable: true, description: 'The organization that the token is for.' },
    ),
  },
  {
    nullable: true,
    description:
      'What the script is tried with in the Console. For client-credentials only application; for access-token with a user.',
  },
);

export const tokenSample = object(
  {
    jti: word,
    aud: any({ nullable: true, description: 'A text, or a list of them.' }),
    scope: word,
    clientId: word,
    kind: choice(['AccessToken', 'ClientCredentials'], keys),
    accountId: word,
    expiresWithSession: flag(keys),
    grantId: word,
    gty: word,
    sessionUid: word,
    sid: word,
  },
  {
    nullable: true,
    description:
      'The token that it is tried with in the Console. For client-credentials only the first five.',
  },
);
