import type { TestEmulator } from '../support/emulator';
import { beginToLook, look, lookForMaybe } from './look';
import { sectionNames, sections, type SectionName, type TenantObject } from './sections';
import type { Tokens } from './tokens';

type Fields = Readonly<Record<string, unknown>>;
export type Description = Readonly<Record<string, Fields>>;

/**
 * Everything in a tenant that the tool can manage, in the words of a scenario: links by name, without ids and times,
 * without what is empty or as Logto puts it there by itself. Ledgers are left out.
 *
 * @param fresh what a fresh tenant comes to, which is left out too: of what there is one of, value by value
 */
export async function describeTenant(
  emulator: TestEmulator,
  tokens: Tokens,
  fresh: Description = {},
): Promise<Description> {
  await beginToLook(emulator);
  const objects = await Promise.all(sectionNames.map((name) => describeSection(emulator, tokens, name)));
  const described: Description = Object.fromEntries([
    ...objects.flat().sort(([left], [right]) => (left < right ? -1 : 1)),
    ...(await describeSettings(emulator)),
  ]);
  const different = Object.entries(described).flatMap(([name, fields]) => {
    const usual = fresh[name];
    if (usual === undefined || name.startsWith('{')) {
      return JSON.stringify(usual) === JSON.stringify(fields) ? [] : [[name, fields] as const];
    }
    const own = Object.entries(fields).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(usual[field]),
    );
    return own.length === 0 ? [] : [[name, Object.fromEntries(own)] as const];
  });
  return Object.fromEntries(different);
}

async function describeSection(
  emulator: TestEmulator,
  tokens: Tokens,
  name: SectionName,
): Promise<readonly (readonly [string, Fields])[]> {
  const get = (path: string) => look(emulator, path);
  const objects = (await get(sections[name].list)) as readonly TenantObject[];
  const own = name === 'applications' ? objects.filter(({ type }) => type !== 'SAML') : objects;
  return Promise.all(
    own.map(async (listed) => {
      const object =
        name === 'samlApplications'
          ? ((await get(`${sections[name].path}/${listed.id}`)) as TenantObject)
          : listed;
      const parts = await describeParts(emulator, name, object);
      const described = tokens.inWords({ ...columnsOf(name, object), ...parts });
      return [tokens.toWords(object.id), inOrder(described) as Fields] as const;
    }),
  );
}

/** Links, of which Logto knows no order, by their words. */
function inOrder(value: unknown): unknown {
  const isWord = (text: unknown): boolean => typeof text === 'string' && text.startsWith('{');
  if (Array.isArray(value)) return value.every(isWord) ? [...(value as string[])].sort() : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, inOrder(inner)] as const);
  const isOfLinks = entries.every(([name]) => isWord(name));
  return Object.fromEntries(isOfLinks ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries);
}

/** Columns as they are when nobody has said anything about them, besides what is empty. */
const untouched: readonly string[] = [
  '3600',
  '{"redirectUris":[],"postLogoutRedirectUris":[]}',
  '"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"',
];

const isTold = (value: unknown): boolean =>
  !['null', 'false', '""', '{}', '[]', ...untouched].includes(JSON.stringify(value));

function columnsOf(name: SectionName, object: TenantObject): Fields {
  const told: readonly string[] = sections[name].told;
  const columns = Object.entries(object)
    .filter(([column]) => told.includes(column))
    .map(([column, value]) => [
      column,
      column === 'customData' ? withoutLedgers(value as Fields) : inBrief(value),
    ])
    .filter(([, value]) => isTold(value));
  return Object.fromEntries(columns) as Fields;
}

const withoutLedgers = (customData: Fields): Fields =>
  Object.fromEntries(Object.entries(customData).filter(([key]) => !key.startsWith('logto-iac/')));

/** Objects that stand in a list for a link are told by their ids. */
function inBrief(value: unknown): unknown {
  return Array.isArray(value) && value.every(isLinked) ? value.map(({ id }) => id) : value;
}

const isLinked = (value: unknown): value is TenantObject =>
  typeof value === 'object' && value !== null && 'id' in value;

/** What lives behind endpoints of its own; what is empty is left out. */
async function describeParts(
  emulator: TestEmulator,
  name: SectionName,
  object: TenantObject,
): Promise<Fields> {
  const { id } = object;
  const list = async (path: string) => (await look(emulator, path)) as readonly TenantObject[];
  switch (name) {
    case 'apiResources': {
      const scopes = object['scopes'] as readonly TenantObject[];
      return {
        scopes: Object.fromEntries(
          scopes.map((scope) => [String(scope['name']), scope['description']] as const).sort(),
        ),
      };
    }
    case 'roles': {
      const scopes = await list(`/api/roles/${id}/scopes`);
      return {
        scopes: scopes.map((scope) => `${nameIn(scope['resource'])} / ${String(scope['name'])}`).sort(),
      };
    }
    case 'applications':
      return describeApplication(emulator, object);
    case 'samlApplications': {
      const certificates = await list(`/api/saml-applications/${id}/secrets`);
      return {
        ...(await accessControlOf(emulator, id)),
        certificates: Object.fromEntries(certificates.map(describeCertificate)),
      };
    }
    case 'organizations':
      return describeOrganization(emulator, id);
    case 'users': {
      const roles = (await list(`/api/users/${id}/roles?page_size=100`)).map(nameIn).sort();
      return roles.length === 0 ? {} : { roles };
    }
    default:
      return {};
  }
}

const nameIn = (value: unknown): string => String((value as { readonly name?: unknown } | undefined)?.name);

const describeCertificate = ({ id, active, createdAt, expiresAt }: TenantObject) => {
  const years = Math.round((Number(expiresAt) - Number(createdAt)) / (365.25 * 24 * 3600 * 1000));
  return [id, `${years} years${active === true ? ', active' : ''}`] as const;
};

async function describeApplication(
  emulator: TestEmulator,
  { id, type, isThirdParty }: TenantObject,
): Promise<Fields> {
  const list = async (path: string) => (await look(emulator, path)) as readonly TenantObject[];
  const [roles, secrets, rules, experience, consents] = await Promise.all([
    type === 'MachineToMachine' ? list(`/api/applications/${id}/roles?page_size=100`) : undefined,
    list(`/api/applications/${id}/secrets`),
    accessControlOf(emulator, id),
    lookForMaybe(emulator, `/api/applications/${id}/sign-in-experience`),
    isThirdParty === true
      ? (look(emulator, `/api/applications/${id}/user-consent-scopes`) as Promise<Fields>)
      : {},
  ]);
  const named = secrets
    .map(({ name, expiresAt }) =>
      typeof expiresAt === 'number'
        ? `${String(name)}, until ${new Date(expiresAt).toISOString()}`
        : String(name),
    )
    .sort();
  const isUsual = ['SPA', 'Native'].includes(String(type)) || named.join() === 'Default secret';
  const signInExperience = withoutEmpty(experience as Fields | undefined, ['tenantId', 'applicationId']);
  const userConsentScopes = withoutEmpty(
    Object.fromEntries(Object.entries(consents).map(([key, value]) => [key, consentIn(value)])),
  );
  return {
    ...(roles && { roles: roles.map(nameIn).sort() }),
    ...(!isUsual && { secrets: named }),
    ...rules,
    ...(signInExperience && { signInExperience }),
    ...(userConsentScopes && { userConsentScopes }),
  };
}

/** Of permissions that come with their API resource, the permissions. */
function consentIn(value: unknown): readonly unknown[] {
  const items = value as readonly { readonly id?: string; readonly scopes?: readonly TenantObject[] }[];
  return items.flatMap((item) => item.scopes?.map(({ id }) => id) ?? item.id ?? item).sort();
}

async function accessControlOf(emulator: TestEmulator, id: string): Promise<Fields> {
  const rules = (await look(emulator, `/api/applications/${id}/access-control`)) as Fields;
  const accessControl = withoutEmpty(rules);
  return accessControl ? { accessControl } : {};
}

/** An object without what is empty; undefined where nothing is left. */
function withoutEmpty(value: Fields | undefined, notTold: readonly string[] = []): Fields | undefined {
  const left = Object.entries(value ?? {}).filter(([name, item]) => isTold(item) && !notTold.includes(name));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

async function describeOrganization(emulator: TestEmulator, id: string): Promise<Fields> {
  const list = async (path: string) =>
    (await look(emulator, `/api/organizations/${id}/${path}`)) as readonly TenantObject[];
  const [domains, roles, ssoConnectors, applications, members] = await Promise.all([
    list('jit/email-domains'),
    list('jit/roles'),
    list('jit/sso-connectors'),
    list('applications?page_size=100'),
    list('users?page_size=100'),
  ]);
  const withRoles = (objects: readonly TenantObject[]) =>
    Object.fromEntries(objects.map((object) => [object.id, inBrief(object['organizationRoles'])] as const));
  const jit = withoutEmpty({
    emailDomains: domains.map(({ emailDomain }) => emailDomain).sort(),
    roles: inBrief(roles),
    ssoConnectors: inBrief(ssoConnectors),
  });
  const linked = withoutEmpty({ applications: withRoles(applications), members: withRoles(members) });
  return { ...(jit && { jit }), ...linked };
}

/** What there is one of, and what is addressed by what it is for. */
async function describeSettings(emulator: TestEmulator): Promise<readonly (readonly [string, Fields])[]> {
  const get = async (path: string): Promise<Fields> =>
    ((await lookForMaybe(emulator, path)) ?? {}) as Fields;
  const listed = async (path: string, keyed: (item: Fields) => readonly [string, unknown]): Promise<Fields> =>
    Object.fromEntries(((await look(emulator, path)) as readonly Fields[]).map(keyed));
  const byKey = ({ key, value }: Fields) => [String(key), value] as const;
  const { config: captcha } = await get('/api/captcha-provider');
  const experience = await get('/api/sign-in-exp');
  // Since when passwords expire is the server's business.
  const expiration = Object.entries(experience['passwordExpiration'] as Fields);
  const passwordExpiration = Object.fromEntries(expiration.filter(([name]) => name !== 'enabledAt'));
  return [
    ['signInExperience', { ...experience, passwordExpiration }],
    ['accountCenter', await get('/api/account-center')],
    ['captchaProvider', (captcha ?? {}) as Fields],
    ['session', await get('/api/configs/oidc/session')],
    ['idToken', await get('/api/configs/id-token')],
    ['jwtCustomizers', await listed('/api/configs/jwt-customizer', byKey)],
    ['actions', await listed('/api/configs/actions', byKey)],
    [
      'customPhrases',
      await listed('/api/custom-phrases', ({ languageTag, translation }) => [
        String(languageTag),
        translation,
      ]),
    ],
  ];
}
