import { kinds } from '../../src/kinds';
import type { Field, Fields } from '../../src/kinds/field';
import type { Kind } from '../../src/kinds/kind';
import { bodyOf, leavesOf, type Body } from './server-document';

/** Where a kind is written: the operations, and below which field what their bodies hold stands. */
interface Written {
  readonly create?: string;
  readonly update?: string;
  readonly own?: readonly (readonly [operation: string, below: string])[];
}

const written: Readonly<Record<string, Written>> = {
  apiResources: {
    create: 'POST /api/resources',
    update: 'PATCH /api/resources/{id}',
    own: [['PATCH /api/resources/{id}/is-default', '']],
  },
  'apiResources.scopes': {
    create: 'POST /api/resources/{resourceId}/scopes',
    update: 'PATCH /api/resources/{resourceId}/scopes/{scopeId}',
  },
  roles: { create: 'POST /api/roles', update: 'PATCH /api/roles/{id}' },
  organizationScopes: {
    create: 'POST /api/organization-scopes',
    update: 'PATCH /api/organization-scopes/{id}',
  },
  organizationRoles: { create: 'POST /api/organization-roles', update: 'PATCH /api/organization-roles/{id}' },
  ssoConnectors: { create: 'POST /api/sso-connectors', update: 'PATCH /api/sso-connectors/{id}' },
  applications: {
    create: 'POST /api/applications',
    update: 'PATCH /api/applications/{id}',
    own: [
      ['PUT /api/applications/{applicationId}/access-control', 'accessControl'],
      ['PUT /api/applications/{applicationId}/sign-in-experience', 'signInExperience'],
      ['POST /api/applications/{applicationId}/user-consent-scopes', 'userConsentScopes'],
    ],
  },
  'applications.secrets': {
    create: 'POST /api/applications/{id}/secrets',
    update: 'PATCH /api/applications/{id}/secrets/{name}',
  },
  organizations: {
    create: 'POST /api/organizations',
    update: 'PATCH /api/organizations/{id}',
    own: [
      ['PUT /api/organizations/{id}/jit/email-domains', 'jit'],
      ['POST /api/organizations/{id}/jit/roles', 'jit'],
      ['POST /api/organizations/{id}/jit/sso-connectors', 'jit'],
    ],
  },
  samlApplications: {
    create: 'POST /api/saml-applications',
    update: 'PATCH /api/saml-applications/{id}',
    own: [['PUT /api/applications/{applicationId}/access-control', 'accessControl']],
  },
  'samlApplications.secrets': {
    create: 'POST /api/saml-applications/{id}/secrets',
    update: 'PATCH /api/saml-applications/{id}/secrets/{secretId}',
  },
  users: {
    create: 'POST /api/users',
    update: 'PATCH /api/users/{userId}',
    own: [['PATCH /api/users/{userId}/is-suspended', '']],
  },
  connectors: { create: 'POST /api/connectors', update: 'PATCH /api/connectors/{id}' },
  customProfileFields: {
    create: 'POST /api/custom-profile-fields',
    update: 'PUT /api/custom-profile-fields/{name}',
  },
  captchaProvider: { update: 'PUT /api/captcha-provider' },
  domains: { create: 'POST /api/domains', own: [['PUT /api/domains/{id}/verification-files', '']] },
  signInExperience: { update: 'PATCH /api/sign-in-exp' },
  accountCenter: { update: 'PATCH /api/account-center' },
  jwtCustomizers: { update: 'PUT /api/configs/jwt-customizer/{tokenTypePath}' },
  actions: { update: 'PUT /api/configs/actions/{actionType}' },
  idToken: { update: 'PUT /api/configs/id-token' },
  session: { update: 'PATCH /api/configs/oidc/session' },
  webhooks: { create: 'POST /api/hooks', update: 'PATCH /api/hooks/{id}' },
};

/** Written by PUT, whose bodies have another shape than the object; compared in the tests of their lives alone. */
const ofAnotherShape: Readonly<Record<string, string>> = {
  customPhrases: 'the body is the translation itself',
  emailTemplates: 'the body is a list of templates',
};

/** Where the manifest names by a key what the body names by an id, or Logto names the object in the path. */
const renamed: Readonly<Record<string, string>> = {
  'accessControl.userRoleIds': 'accessControl.userRoles',
  'accessControl.organizationIds': 'accessControl.organizations',
  'accessControl.organizationRoleRules': 'accessControl.organizationRoles',
  'jit.organizationRoleIds': 'jit.roles',
  'jit.ssoConnectorIds': 'jit.ssoConnectors',
};

const tenantId = 'the tenant is the one that is signed in to';

/** What the server's document has and a kind has not, with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  'applications.isAdmin': 'deprecated: links the internal admin role, which is never touched',
  'applications.customClientMetadata.tenantId': "Logto's own",
  'applications.accessControl.userIds': 'users are data: rules for single users stay as they are',
  'samlApplications.accessControl.userIds': 'users are data: rules for single users stay as they are',
  'apiResources.tenantId': tenantId,
  'roles.tenantId': tenantId,
  'roles.scopeIds': 'the permissions of a new role: sent for the relation "scopes"',
  'organizationScopes.tenantId': tenantId,
  'organizationScopes.id': 'moves the object to another id, and the old one answers 404 (seen on 1.42.0)',
  'organizationRoles.tenantId': tenantId,
  'organizationRoles.id': 'moves the object to another id, and the old one answers 404 (seen on 1.42.0)',
  'organizationRoles.organizationScopeIds': 'creation only; permissions are linked afterwards',
  'organizationRoles.resourceScopeIds': 'creation only; permissions are linked afterwards',
  'organizations.tenantId': tenantId,
  'organizations.id': 'moves the object to another id, and the old one answers 404 (seen on 1.42.0)',
  'organizations.createdAt': 'when it was made is no configuration',
  'connectors.id':
    'the manifest has keys, and the ledger the ids; ids are unique over all tenants of a database',
  'signInExperience.tenantId': tenantId,
  'signInExperience.passwordExpiration.enabledAt': 'kept by the server; what a client says is ignored',
  'webhooks.tenantId': tenantId,
  'webhooks.createdAt': 'when it was made is no configuration',
  'webhooks.event': 'deprecated: a single event; use events',
};

/** What the document does not describe, with where it comes from. */
const undocumented: Readonly<Record<string, string>> = {
  'ssoConnectors.config': 'core/sso: each provider has its own',
  'signInExperience.usernamePolicy': 'core-kit: username-policy.ts',
  'samlApplications.encryption': 'schemas: saml-application-configs.ts',
  'jwtCustomizers.contextSample': 'schemas: jwt-customizer.ts',
  'jwtCustomizers.tokenSample': 'schemas: jwt-customizer.ts',
  'customProfileFields.sieOrder': 'POST /api/custom-profile-fields/properties/sie-order',
  'domains.verificationFiles': 'the body of PUT is described as an object',
};

/** `immutable` is what POST takes and PATCH does not; here the document says otherwise, with the reason. */
const immutableAllTheSame: Readonly<Record<string, string>> = {
  'organizationRoles.type': 'PATCH takes it and leaves members with a role that is not for them',
  'applications.customClientMetadata.isDeviceFlow':
    'PATCH answers 422 to a change (routes/applications/application.ts)',
  'connectors.metadata.target': 'PATCH refuses another one (routes/connector/index.ts)',
  'customProfileFields.name': 'it is in the path',
};

const allKinds: readonly Kind[] = kinds.flatMap((kind) => [kind, ...Object.values(kind.children ?? {})]);
const described = allKinds.filter(({ link, name }) => !link && !(name in ofAnotherShape));

const bodyOr = (operation: string | undefined): Body => (operation === undefined ? {} : bodyOf(operation));
const writtenOf = ({ name }: Kind): Written => written[name] ?? {};

function documentedPaths(kind: Kind): readonly string[] {
  const { create, update, own = [] } = writtenOf(kind);
  const below = own.flatMap(([operation, prefix]) =>
    leavesOf(bodyOf(operation), prefix === '' ? [] : [prefix]),
  );
  const paths = [...leavesOf(bodyOr(create), []), ...leavesOf(bodyOr(update), []), ...below];
  return [...new Set(paths.map((path) => `${kind.name}.${renamed[path] ?? path}`))];
}

function declaredPaths(fields: Fields, path: readonly string[]): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    // What a PUT of an element of the path addresses, and what only links are written for, is in no body.
    if (field.relation) return [];
    const isInner = field.type === 'object';
    return isInner ? declaredPaths(field.fields, [...path, name]) : [[...path, name].join('.')];
  });
}

/** The document does not look into lists of objects. */
const isAmong = (path: string, known: readonly string[]): boolean =>
  known.some((other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`));

/** Fields of ours, of which Logto knows nothing. */
const ours: Readonly<Record<string, string>> = {
  'applications.secrets.rotate': 'says when one is followed by a new one, which is made like any other',
};

/** Fields that are no part of a body: links behind endpoints of their own, and what the path says. */
const inNoBody: Readonly<Record<string, string>> = {
  'organizations.applications': 'POST and DELETE /api/organizations/{id}/applications…',
  'users.roles': 'POST and DELETE /api/users/{userId}/roles…',
  'users.organizations': 'POST and DELETE /api/organizations/{id}/users…',
  'jwtCustomizers.tokenTypePath': 'in the path',
  'actions.actionType': 'in the path',
};

test.each(described.map((kind) => [kind.name, kind] as const))(
  'every field of %s is in the server’s own document, and every field there is known here or left out with a reason',
  (name, kind) => {
    const documented = documentedPaths(kind);
    const declared = declaredPaths(kind.fields, [name]).filter(
      (path) => !isAmong(path, Object.keys({ ...undocumented, ...ours })) && !(path in inNoBody),
    );
    expect(declared.filter((path) => !isAmong(path, documented))).toEqual([]);
    const known = declaredPaths(kind.fields, [name]);
    expect(documented.filter((path) => !isAmong(path, known) && !(path in leftOut))).toEqual([]);
  },
);

test.each(described.filter((kind) => writtenOf(kind).create).map((kind) => [kind.name, kind] as const))(
  'a field of %s is immutable exactly where POST takes it and PATCH does not',
  (name, kind) => {
    const { create, update } = writtenOf(kind);
    const updated = leavesOf(bodyOr(update), [name]);
    const expected = leavesOf(bodyOr(create), [name]).filter(
      (path) => (!updated.includes(path) || path in immutableAllTheSame) && !(path in leftOut),
    );
    const own = immutables(kind.fields, [name], false);
    expect(own).toEqual(expected.filter((path) => !isCreationOnly(kind, path)).sort());
  },
);

/** What is sent once and never again needs no replacement either. */
const isCreationOnly = ({ fields }: Kind, path: string): boolean =>
  fields[path.split('.').at(-1) ?? '']?.creationOnly === true;

function immutables(fields: Fields, path: readonly string[], below: boolean): readonly string[] {
  const found = Object.entries(fields).flatMap(([name, field]: [string, Field]): readonly string[] => {
    if (field.relation) return [];
    const isImmutable = below || field.immutable === true;
    if (field.type === 'object') return immutables(field.fields, [...path, name], isImmutable);
    return isImmutable ? [[...path, name].join('.')] : [];
  });
  return [...found].sort();
}

/** Limits that Logto keeps elsewhere than in its document. */
const limitsElsewhere: Readonly<Record<string, string>> = {
  'users.username': 'the column: varchar(128)',
  'users.primaryEmail': 'the column: varchar(128)',
  'users.primaryPhone': 'the column: varchar(128)',
  'users.name': 'the column: varchar(128)',
  'users.avatar': 'the column: varchar(2048)',
  'users.passwordDigest': 'an empty one is none',
  'accountCenter.deleteAccountUrl': 'described as an object',
  'ssoConnectors.providerName': 'a name of a provider, of which there are six',
};

test.each(described.map((kind) => [kind.name, kind] as const))(
  'the limits of %s are those of the document',
  (kindName, kind) => {
    const { create, update } = writtenOf(kind);
    const { fields: body = {} } = bodyOr(create ?? update);
    const differences = Object.entries(kind.fields).flatMap(([name, field]) => {
      const documented = body[name];
      if (!documented || `${kindName}.${name}` in limitsElsewhere) return [];
      if (field.type !== 'text' && field.type !== 'choice') return [];
      const ours =
        field.type === 'choice'
          ? { enum: field.choices }
          : { minLength: field.minLength, maxLength: field.maxLength };
      const theirs =
        field.type === 'choice'
          ? { enum: documented.enum?.filter((value) => value !== 'SAML') }
          : { minLength: documented.minLength, maxLength: documented.maxLength };
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ name, ours, theirs }];
    });
    expect(differences).toEqual([]);
  },
);
