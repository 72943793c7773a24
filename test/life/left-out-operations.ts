type Reasons = readonly (readonly [names: readonly string[], reason: string])[];

/**
 * Operations that no kind uses, each with the reason. A name that ends in `*` stands for all that begin so; one without a
 * method, for all methods.
 */
export const leftOutOperations: Reasons = [
  [
    ['/api/.well-known/*', '/api/swagger.json', '/api/status', '/api/systems/application'],
    'says what is there, made of what other operations hold; not to be configured (systems: asked for protected applications alone)',
  ],
  [
    ['/api/users/*', '/api/organizations/{id}/users*', '/api/roles/{id}/users*'],
    'users are data; of the few that are declared, what belongs to a person (password, sessions, second factors, tokens) stays theirs',
  ],
  [
    [
      '/api/applications/{id}/users/*',
      '/api/dashboard/*',
      '/api/logs*',
      '/api/one-time-tokens*',
      '/api/organization-invitations*',
      '/api/secrets/{id}',
      '/api/sentinel-activities/delete',
      '/api/subject-tokens',
      '/api/user-assets*',
      '/api/verification-codes*',
    ],
    'data, or something that is done, and no configuration',
  ],
  [
    [
      '/api/authn/*',
      '/api/saml/*',
      'GET /api/saml-applications/{id}/callback',
      'GET /api/saml-applications/{id}/metadata',
    ],
    'part of signing in, for browsers and service providers',
  ],
  [
    [
      'POST /api/configs/actions/test',
      'POST /api/configs/jwt-customizer/test',
      'POST /api/connectors/{connectorId}/authorization-uri',
      'POST /api/connectors/{factoryId}/test',
      'POST /api/hooks/{id}/test',
      'GET /api/hooks/{id}/recent-logs',
      'POST /api/sign-in-exp/default/check-password',
      'GET /api/sign-in-exp/username-policy/case-sensitivity-conflicts',
    ],
    'tries something out',
  ],
  [
    [
      '/api/configs/oidc/{keyType}*',
      'PATCH /api/hooks/{id}/signing-key',
      'DELETE /api/applications/{id}/legacy-secret',
    ],
    'keys that Logto makes: to rotate one is a deed, and no state that could be declared',
  ],
  [['POST /api/domains/cleanup'], 'a deed: it removes domains that nobody has verified'],
  [['/api/configs/admin-console'], 'what the Console remembers of itself'],
  [
    ['POST /api/sign-in-exp/default/custom-ui-assets'],
    'an upload of files, on Logto Cloud; signInExperience.customUiAssets names one that was uploaded',
  ],
  [
    ['/api/applications/{id}/protected-app-metadata/custom-domains*'],
    'Logto Cloud only, and its GET writes: it cannot be tried, and is left to the Console',
  ],
  [
    ['GET /api/connector-factories', 'GET /api/sso-connector-providers'],
    'a catalogue; single entries are read',
  ],
  [
    [
      'GET /api/applications/{id}/organizations',
      'GET /api/organizations/{id}/applications/{applicationId}/roles',
      'GET /api/custom-profile-fields/{name}',
    ],
    'the same is read with fewer requests elsewhere',
  ],
  [
    ['POST /api/custom-profile-fields/batch', 'POST /api/organizations/{id}/applications/roles'],
    'several at once, of which one that is refused takes the others with it',
  ],
  [
    [
      'PUT /api/applications/{applicationId}/roles',
      'POST /api/roles/{id}/applications',
      'DELETE /api/roles/{id}/applications/{applicationId}',
      'PUT /api/organization-roles/{id}/resource-scopes',
      'PUT /api/organization-roles/{id}/scopes',
      'PUT /api/organizations/{id}/applications',
      'PUT /api/organizations/{id}/applications/{applicationId}/roles',
      'PUT /api/organizations/{id}/jit/email-domains',
      'PUT /api/organizations/{id}/jit/roles',
      'PUT /api/organizations/{id}/jit/sso-connectors',
    ],
    'links are added, then removed, one by one, so that nobody loses a permission for a moment',
  ],
  [
    [
      'PATCH /api/configs/actions/{actionType}',
      'PATCH /api/configs/jwt-customizer/{tokenTypePath}',
      'PATCH /api/email-templates/{id}/details',
      'DELETE /api/email-templates',
    ],
    'can take no key away, or takes more than one object; the PUT and the single DELETE beside it are used',
  ],
];

/** Operations that kinds use and that a self-hosted Logto, as the emulator is one, refuses. */
export const onCloudOnly: readonly string[] = [
  'GET /api/domains',
  'POST /api/domains',
  'GET /api/domains/{id}',
  'DELETE /api/domains/{id}',
  'GET /api/domains/{id}/verification-files',
  'PUT /api/domains/{id}/verification-files',
];

/** Operations that kinds use where these lives do not come: see test/faults (answers that are lost) and test/requests. */
export const elsewhere: readonly string[] = [
  'GET /api/applications/{applicationId}/roles',
  'GET /api/roles/{id}/applications',
  'GET /api/organization-roles/{id}/scopes',
  'GET /api/organization-roles/{id}/resource-scopes',
];

export const matches = (operation: string, name: string): boolean => {
  const path = operation.slice(operation.indexOf(' ') + 1);
  const subject = /^[A-Z]+ /.test(name) ? operation : path;
  return name.endsWith('*') ? subject.startsWith(name.slice(0, -1)) : subject === name;
};

export const reasonFor = (operation: string): string | undefined =>
  leftOutOperations.find(([names]) => names.some((name) => matches(operation, name)))?.[1];
