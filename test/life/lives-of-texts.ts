import fc from 'fast-check';
import type { Json } from '../../src/json';
import type { Life } from './life';

const json = (...values: readonly Json[]): fc.Arbitrary<Json> => fc.constantFrom(...values);

const settingsOf: Readonly<Record<string, readonly [full: Json, ...changed: readonly string[]]>> = {
  Text: [{ placeholder: 'a', minLength: 1, maxLength: 9 }, 'placeholder', 'minLength', 'maxLength'],
  Number: [{ minValue: 0, maxValue: 9 }, 'placeholder', 'minValue', 'maxValue'],
  Date: [{ format: 'MM/dd/yyyy', customFormat: 'yy' }, 'placeholder', 'format', 'customFormat'],
  Checkbox: [{ defaultValue: 'true' }, 'defaultValue'],
  Select: [{ options: [{ value: 'a', label: 'A' }] }, 'placeholder', 'options'],
  Url: [{}, 'placeholder'],
  Regex: [{ format: '^a$' }, 'placeholder', 'format'],
  Fullname: [{ parts: [{ name: 'givenName', type: 'Text', required: true, enabled: true }] }, 'parts'],
  Address: [
    { parts: [{ name: 'locality', type: 'Text', required: false, enabled: true, label: 'Town' }] },
    'parts',
  ],
};
const allSettings = [...new Set(Object.values(settingsOf).flatMap(([, ...changed]) => changed))];

const configValues: Life['values'] = {
  'config.minLength': json(2),
  'config.maxLength': json(8),
  'config.minValue': json(1),
  'config.maxValue': json(1000),
  'config.options': json([{ value: 'b' }, { value: 'a', label: 'Ä' }]),
  'config.defaultValue': json('false'),
  'config.format': json('^b+$'),
  'config.parts': json([
    { name: 'country', type: 'Text', required: true, enabled: false },
    { name: 'region', type: 'Text', required: false, enabled: true, config: { maxLength: 3 } },
  ]),
};

const livesOfProfileFields: readonly Life[] = Object.entries(settingsOf).map(
  ([type, [config, ...changed]]) => ({
    kind: 'customProfileFields',
    shape: type,
    keys: [type === 'Fullname' ? 'fullname' : type === 'Address' ? 'address' : `own${type}`],
    surroundings: {},
    referable: {},
    full: { type, required: false, label: 'L', config },
    values: {
      ...configValues,
      ...(type === 'Date' && { 'config.format': json('dd/MM/yyyy', 'custom') }),
      ...(type === 'Fullname' && {
        'config.parts': json([
          { name: 'familyName', type: 'Text', required: true, enabled: true },
          { name: 'givenName', type: 'Text', required: false, enabled: true },
        ]),
      }),
    },
    without: [
      'type',
      ...(type === 'Checkbox' ? ['required', 'description'] : []),
      ...allSettings.filter((name) => !changed.includes(name)).map((name) => `config.${name}`),
    ],
  }),
);

export const livesOfTexts: readonly Life[] = [
  ...livesOfProfileFields,
  {
    kind: 'customProfileFields',
    shape: 'that becomes another type',
    keys: ['changing'],
    surroundings: {},
    referable: {},
    full: { type: 'Text', required: false },
    values: { type: json('Url', 'Number') },
    without: ['required', 'label', 'description', 'config', 'sieOrder'],
  },
  {
    kind: 'customPhrases',
    keys: ['german'],
    surroundings: {},
    referable: {},
    full: { languageTag: 'de', translation: { action: { sign_in: 'Anmelden' } } },
    values: {
      languageTag: json('fr', 'pt-BR'),
      translation: json(
        { action: { sign_in: 'Los', create_account: '' } },
        { action: { sign_in: 'Anmelden' }, description: { or: 'ödér 😀' } },
      ),
    },
  },
  {
    kind: 'emailTemplates',
    keys: ['sign-in'],
    surroundings: {},
    referable: {},
    full: {
      languageTag: 'en',
      templateType: 'SignIn',
      details: {
        subject: 'Code',
        content: '{{code}}',
        contentType: 'text/html',
        replyTo: 'a@b.c',
        sendFrom: 'a',
      },
    },
  },
  {
    kind: 'webhooks',
    keys: ['audit'],
    surroundings: {},
    referable: {},
    full: {
      name: 'Audit',
      events: ['PostSignIn'],
      config: { url: 'https://audit.example.com', headers: { authorization: 'canary' }, retries: 2 },
      enabled: true,
    },
    values: {
      'config.headers': json({ authorization: 'canary-2' }, { more: 'ü' }),
      // The name cannot be emptied again, and Logto wants at least one event.
      events: json(['User.Created', 'PostSignIn'], ['User.Created']),
    },
  },
  {
    kind: 'jwtCustomizers',
    shape: 'access-token',
    keys: ['access-token'],
    surroundings: {},
    referable: {},
    full: {
      script: 'a',
      environmentVariables: { A: 'canary' },
      contextSample: { user: { username: 'ann' } },
      tokenSample: { kind: 'AccessToken' },
    },
    values: {
      'contextSample.user.mfaVerificationFactors': json(['Totp']),
      'contextSample.user.identities': json({ github: { userId: 'a' } }),
      'contextSample.user.profile': json({ givenName: 'Ann' }),
      'contextSample.user.ssoIdentities': json([{ issuer: 'a', identityId: 'b', detail: { c: 1 } }]),
      'contextSample.user.roles': json([{ id: 'a', name: 'b', description: 'c', scopes: [] }]),
      'contextSample.user.organizations': json([{ id: 'a', name: 'b', description: null }]),
      'contextSample.user.organizationRoles': json([{ organizationId: 'a', roleId: 'b', roleName: 'c' }]),
      'contextSample.grant.type': json('urn:ietf:params:oauth:grant-type:token-exchange'),
      'contextSample.interaction.verificationRecords': json([
        { id: 'a', type: 'Password', identifier: { type: 'username', value: 'ann' }, verified: true },
      ]),
      'contextSample.interaction.signInContext': json({ a: 'b' }),
      'contextSample.application.oidcClientMetadata': json({ redirectUris: [], postLogoutRedirectUris: [] }),
      'contextSample.application.customClientMetadata': json({ idTokenTtl: 3 }),
      'contextSample.application.protectedAppMetadata': json({
        host: 'a',
        origin: 'b',
        sessionDuration: 1,
        pageRules: [],
      }),
      'tokenSample.aud': json('a', ['a', 'b']),
      'tokenSample.kind': json(null),
    },
  },
  {
    kind: 'jwtCustomizers',
    shape: 'client-credentials',
    keys: ['client-credentials'],
    surroundings: {},
    referable: {},
    full: { script: 'a', tokenSample: { kind: 'ClientCredentials' } },
    without: ['contextSample', 'tokenSample', 'environmentVariables'],
  },
  ...['action.postSignIn', 'action.postFirstFactorVerification'].map((key) => ({
    kind: 'actions',
    shape: key,
    keys: [key],
    surroundings: {},
    referable: {},
    full: { script: 'a', environmentVariables: { A: 'canary' }, enabled: false, onExecutionError: 'allow' },
  })),
];
