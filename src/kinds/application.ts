import { ApiError } from '../errors.js';
import { isObject, textOf, type JsonObject } from '../json.js';
import type { ReadApi } from '../management-api/api.js';
import { collection } from './endpoints.js';
import { choice, flag, integer, json, list, number, object, text } from './field.js';
import { defineKind, type Endpoints, type Finding, type Lookup, type TenantObject } from './kind.js';
import { redirectUriDoubt, redirectUriFault } from './redirect-uri.js';
import { rolesOfApplication } from './roles-of-application.js';

const oidcClientMetadata = object(
  {
    redirectUris: list(text({}), {
      insteadOfNull: '[]',
      default: [],
      initial: [],
      description: 'Where users may be sent after sign-in.',
    }),
    postLogoutRedirectUris: list(text({}), {
      insteadOfNull: '[]',
      default: [],
      initial: [],
      description: 'Where users may be sent after sign-out.',
    }),
    backchannelLogoutUri: text({ nullable: true, minLength: 1, description: 'Called when a session ends.' }),
    backchannelLogoutSessionRequired: flag({
      nullable: true,
      description: 'Whether the logout token must name the session.',
    }),
    logoUri: text({ nullable: true, description: 'The logo of the application.' }),
  },
  { insteadOfNull: 'the keys that you want to clear', description: 'OpenID Connect settings.' },
);

const customClientMetadata = object(
  {
    corsAllowedOrigins: list(text({ minLength: 1 }), {
      nullable: true,
      description: 'Origins that may call the token endpoint from a browser.',
    }),
    idTokenTtl: number({ nullable: true, description: 'Life of an ID token, in seconds.' }),
    refreshTokenTtl: number({
      nullable: true,
      description: 'Deprecated by Logto: use refreshTokenTtlInDays.',
    }),
    refreshTokenTtlInDays: integer({
      nullable: true,
      minimum: 1,
      maximum: 180,
      description: 'Life of a refresh token, in days.',
    }),
    alwaysIssueRefreshToken: flag({
      nullable: true,
      description: 'Issue a refresh token even if the client did not ask with prompt=consent.',
    }),
    rotateRefreshToken: flag({ nullable: true, description: 'Issue a new refresh token with each use.' }),
    allowTokenExchange: flag({
      nullable: true,
      description: 'Allow token exchange (first-party applications only).',
    }),
    isDeviceFlow: flag({
      nullable: true,
      immutable: true,
      sameAsAbsent: false,
      description: 'Use the device authorization grant (Native applications only, chosen at creation).',
    }),
    maxAllowedGrants: integer({
      nullable: true,
      minimum: 1,
      description: 'How many sessions a user may have in this application at once.',
    }),
  },
  { insteadOfNull: 'the keys that you want to clear', description: "Logto's own settings of the client." },
);

// Asked without pages, the list answers whole, newest first.
const plainApplications = collection('/api/applications', { unpaged: true, read: withSubDomain });

const applications: Endpoints = {
  ...plainApplications,
  // POST takes two fields of protectedAppMetadata and computes the rest; what else is stated follows as a PATCH.
  create: async (api, fields) => {
    const created = await plainApplications.create(api, fields);
    const { protectedAppMetadata } = fields;
    if (isObject(protectedAppMetadata)) {
      const settings = Object.fromEntries(Object.entries(protectedAppMetadata).filter(([name]) => name !== 'subDomain'));
      await plainApplications.update(api, created.id, { protectedAppMetadata: settings });
    }
    return created;
  },
};

/** Logto tells the host of a protected application, not the subdomain that it was made from. */
function withSubDomain(application: TenantObject): TenantObject {
  const metadata = application.fields.protectedAppMetadata;
  if (!isObject(metadata) || typeof metadata.host !== 'string') return application;
  const protectedAppMetadata = { ...metadata, subDomain: metadata.host.split('.')[0] ?? '' };
  return { ...application, fields: { ...application.fields, protectedAppMetadata } };
}

/** Where protected applications are not set up (everywhere but in Logto Cloud), Logto answers 501. */
async function checkProtectedOffered(
  api: ReadApi,
  resources: ReadonlyMap<string, JsonObject>,
): Promise<readonly (Finding & { address: string })[]> {
  const asked = [...resources].filter(([, { type }]) => type === 'Protected');
  if (asked.length === 0) return [];
  try {
    await api.get('/api/systems/application');
    return [];
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 501) throw cause;
    return asked.map(([address]) => ({
      address,
      code: 'not-supported',
      severity: 'error',
      path: ['type'],
      message: `${address}: this Logto does not offer protected applications (${cause.code})`,
      hint: 'they need Logto Cloud; use another type',
    }));
  }
}

export const application = defineKind({
  name: 'applications',
  singular: 'application',
  summary: 'A client that signs users in, or a machine that calls APIs.',
  fields: {
    name: text({
      required: true,
      minLength: 1,
      maxLength: 256,
      description: 'Shown in the Console and on consent pages. Not unique in Logto.',
    }),
    type: choice(['Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected'], {
      required: true,
      immutable: true,
      description: 'What kind of client it is. Protected needs Logto Cloud.',
    }),
    isThirdParty: flag({
      immutable: true,
      default: false,
      description:
        'Belongs to somebody else, so users are asked for consent (Traditional, SPA and Native only).',
    }),
    description: text({ nullable: true, description: 'What the application is for.' }),
    oidcClientMetadata,
    customClientMetadata,
    customData: json({
      insteadOfNull: 'the keys that you want to clear',
      default: {},
      description: 'Any JSON. Only the keys that are stated are managed.',
    }),
    protectedAppMetadata: object(
      {
        subDomain: text({
          immutable: true,
          minLength: 1,
          description: 'Subdomain of the protected application.',
        }),
        origin: text({ minLength: 1, description: 'The origin server behind it.' }),
        sessionDuration: number({ default: 1_209_600, description: 'Life of a session, in seconds.' }),
        pageRules: list(object({ path: text({ required: true }) }, {}), {
          default: [],
          description: 'Paths (regular expressions) that need sign-in.',
        }),
        additionalScopes: list(text({}), {
          unordered: true,
          default: [],
          description: 'More scopes to ask for.',
        }),
      },
      {
        insteadOfNull: 'nothing: a protected application keeps it',
        description: 'Protected applications only.',
      },
    ),
    roles: list(text({ reference: { kind: 'roles' } }), {
      unordered: true,
      relation: true,
      insteadOfNull: '[] for no role at all',
      description:
        'The machine-to-machine roles of the application: the whole set. Use roleAssignments to add single ones.',
    }),
  },
  key: [],
  title: 'name',
  lookupBy: ['name'],
  endpoints: applications,
  relations: { roles: rolesOfApplication },
  holdsCredentials: true,
  check: checkApplication,
  preflight: checkProtectedOffered,
  replacement: [
    'it gets a new client id and new secrets: everything that signs in with the old ones stops',
    'consents, organization memberships and role assignments that no manifest states are lost',
  ],
});

const error = (path: readonly string[], message: string, hint?: string): Finding => ({
  code: 'wrong-value',
  severity: 'error',
  path,
  message,
  ...(hint !== undefined && { hint }),
});

function checkApplication(fields: JsonObject, lookup: Lookup): readonly Finding[] {
  const { type, isThirdParty, customClientMetadata: custom, protectedAppMetadata } = fields;
  const findings: Finding[] = [...checkUris(fields), ...checkRoles(fields, lookup)];
  if (isThirdParty === true && type !== 'Traditional' && type !== 'SPA' && type !== 'Native') {
    findings.push(
      error(['isThirdParty'], `an application of type ${textOf(type)} cannot be a third-party application`),
    );
  }
  if (isObject(custom) && custom.isDeviceFlow === true && type !== 'Native') {
    findings.push(
      error(
        ['customClientMetadata', 'isDeviceFlow'],
        'only applications of type Native can use the device flow',
      ),
    );
  }
  if (isObject(custom) && custom.allowTokenExchange === true && isThirdParty === true) {
    findings.push(
      error(
        ['customClientMetadata', 'allowTokenExchange'],
        'a third-party application cannot exchange tokens',
      ),
    );
  }
  if (protectedAppMetadata !== undefined && type !== 'Protected') {
    findings.push(
      error(['protectedAppMetadata'], 'only applications of type Protected have protectedAppMetadata'),
    );
  }
  if (type === 'Protected' && protectedAppMetadata === undefined) {
    findings.push(
      error(['type'], 'a Protected application needs protectedAppMetadata with subDomain and origin'),
    );
  }
  return findings;
}

function checkUris({ oidcClientMetadata: oidc }: JsonObject): readonly Finding[] {
  if (!isObject(oidc)) return [];
  return ['redirectUris', 'postLogoutRedirectUris'].flatMap((name) => {
    const uris = oidc[name];
    if (!Array.isArray(uris)) return [];
    return uris.flatMap((uri: unknown, index): Finding[] => {
      if (typeof uri !== 'string') return [];
      const path = ['oidcClientMetadata', name, String(index)];
      const fault = redirectUriFault(uri);
      if (fault !== undefined) return [error(path, `Logto refuses the redirect URI "${uri}": ${fault}`)];
      const doubt = redirectUriDoubt(uri);
      if (doubt === undefined) return [];
      return [
        { code: 'dangerous-value', severity: 'warning', path, message: `redirect URI "${uri}": ${doubt}` },
      ];
    });
  });
}

function checkRoles({ type, roles }: JsonObject, lookup: Lookup): readonly Finding[] {
  if (!Array.isArray(roles)) return [];
  if (type !== 'MachineToMachine') {
    return [
      error(
        ['roles'],
        `only machine-to-machine applications have roles; this one is of type ${textOf(type)}`,
      ),
    ];
  }
  return roles.flatMap((key: unknown, index) => {
    const role = lookup('roles', String(key));
    if (!role || role.type === 'MachineToMachine') return [];
    return [
      error(
        ['roles', String(index)],
        `roles.${String(key)} is a role for users; a machine-to-machine application cannot have it`,
        `set roles.${String(key)}.type: MachineToMachine, or name another role`,
      ),
    ];
  });
}
