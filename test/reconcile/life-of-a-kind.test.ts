import { stringify } from 'yaml';
import { kindNamed, kinds } from '../../src/kinds';
import type { Field } from '../../src/kinds/field';
import type { Json, JsonObject } from '../../src/json';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';
import type { Life } from './life';
import { organizationLives, webhookLives } from './lives-of-organizations';
import { textLives } from './lives-of-texts';

const emulator = useEmulator();
const { plan, apply } = testSession(emulator);

const roles = {
  reader: { name: 'Reader', description: 'Reads', type: 'MachineToMachine' },
  writer: { name: 'Writer', description: 'Writes', type: 'MachineToMachine' },
};
const resources = {
  orders: {
    name: 'Orders',
    indicator: 'https://orders.example.com',
    scopes: { 'orders:read': {}, 'orders:write': {} },
  },
};

const lives: readonly Life[] = [
  ...organizationLives,
  ...webhookLives,
  ...textLives,
  {
    section: 'apiResources',
    key: 'catalogue',
    surroundings: {},
    full: {
      name: 'Catalogue',
      indicator: 'https://catalogue.example.com',
      accessTokenTtl: 600,
      isDefault: true,
      scopes: { 'catalogue:read': { description: 'Read' } },
    },
    changes: {
      name: 'Catalogue 2',
      indicator: 'https://catalogue-2.example.com',
      accessTokenTtl: 1200,
      isDefault: false,
      'scopes.catalogue:read.description': 'Read everything',
    },
  },
  {
    section: 'roles',
    key: 'clerk',
    surroundings: { apiResources: resources },
    full: {
      name: 'Clerk',
      description: 'Works with orders',
      type: 'MachineToMachine',
      isDefault: false,
      scopes: { orders: ['orders:read'], 'management-api': ['all'] },
    },
    changes: {
      name: 'Clerk 2',
      description: 'Works',
      isDefault: true,
      scopes: { orders: ['orders:write'], 'management-api': ['all'] },
    },
  },
  {
    section: 'roles',
    key: 'buyer',
    surroundings: { apiResources: resources },
    full: {
      name: 'Buyer',
      description: 'Buys',
      type: 'User',
      isDefault: true,
      scopes: { orders: ['orders:read', 'orders:write'] },
    },
    changes: { type: 'MachineToMachine', isDefault: false, scopes: {} },
  },
  {
    section: 'applications',
    key: 'worker',
    surroundings: { roles },
    full: {
      name: 'Worker',
      type: 'MachineToMachine',
      isThirdParty: false,
      description: 'Works',
      customData: { team: 'shop', nested: { a: 1, b: [1, 2] } },
      roles: ['reader'],
    },
    changes: {
      name: 'Worker 2',
      description: 'Works hard',
      'customData.nested.a': 2,
      'customData.team': null,
      roles: ['writer'],
    },
    leftOut: {
      type: 'a change replaces the application: see the application "web"',
      isThirdParty: 'not for machines: see the application "web"',
      oidcClientMetadata: 'see the application "web"',
      customClientMetadata: 'see the application "web"',
      protectedAppMetadata: 'protected applications need Logto Cloud',
      appLevelAccessControlEnabled: 'needs access rules: see the test below',
    },
  },
  {
    section: 'applications',
    key: 'web',
    surroundings: {},
    full: {
      name: 'Web',
      type: 'Native',
      isThirdParty: false,
      description: 'Shop',
      oidcClientMetadata: {
        redirectUris: ['https://shop.example.com/callback', 'com.shop://callback'],
        postLogoutRedirectUris: ['https://shop.example.com'],
        backchannelLogoutUri: 'https://shop.example.com/logout',
        backchannelLogoutSessionRequired: true,
        logoUri: 'https://shop.example.com/logo.png',
      },
      customClientMetadata: {
        corsAllowedOrigins: ['https://shop.example.com'],
        idTokenTtl: 3600,
        refreshTokenTtl: 100,
        refreshTokenTtlInDays: 14,
        alwaysIssueRefreshToken: false,
        rotateRefreshToken: true,
        allowTokenExchange: false,
        isDeviceFlow: false,
        maxAllowedGrants: 5,
      },
      customData: {},
    },
    changes: {
      name: 'Web 2',
      type: 'SPA',
      isThirdParty: true,
      description: null,
      'oidcClientMetadata.redirectUris': ['com.shop://callback', 'https://shop.example.com/callback'],
      'oidcClientMetadata.postLogoutRedirectUris': [],
      'oidcClientMetadata.backchannelLogoutUri': null,
      'oidcClientMetadata.backchannelLogoutSessionRequired': false,
      'oidcClientMetadata.logoUri': '',
      'customClientMetadata.corsAllowedOrigins': [],
      'customClientMetadata.idTokenTtl': 60,
      'customClientMetadata.refreshTokenTtl': null,
      'customClientMetadata.refreshTokenTtlInDays': 180,
      'customClientMetadata.alwaysIssueRefreshToken': true,
      'customClientMetadata.rotateRefreshToken': null,
      'customClientMetadata.allowTokenExchange': true,
      'customClientMetadata.isDeviceFlow': true,
      'customClientMetadata.maxAllowedGrants': 1,
      'customData.unicode': 'ü😀\n',
    },
    leftOut: {
      roles: 'see the application "worker"',
      protectedAppMetadata: 'protected applications need Logto Cloud',
    },
  },
];

const manifestOf = ({ section, key, surroundings }: Life, fields: JsonObject | undefined): string => {
  const others = (surroundings[section] ?? {}) as JsonObject;
  return stringify({ ...surroundings, [section]: { ...others, ...(fields && { [key]: fields }) } });
};

function withChange(fields: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name = '', ...rest] = path;
  const inner = (fields[name] ?? {}) as JsonObject;
  return { ...fields, [name]: rest.length === 0 ? value : withChange(inner, rest, value) };
}

/** A scope's name holds no dot, so a path may be split at them. */
const segments = (path: string): readonly string[] => path.split('.');

describe.each(lives)('$section of the key $key', (life) => {
  test('is created as stated, and the next plan is empty', async () => {
    await apply(manifestOf(life, life.full));
    expect((await plan(manifestOf(life, life.full))).actions).toEqual([]);
  });

  test.each(Object.keys(life.changes))(
    'a change of %s is one action, and the next plan is empty',
    async (path) => {
      await apply(manifestOf(life, life.full));
      const changed = manifestOf(life, withChange(life.full, segments(path), life.changes[path] ?? null));
      const made = await plan(changed);
      const own = made.actions.filter(({ reason }) => !reason?.endsWith('is replaced'));
      // A replacement makes the links of the object again, so only what forces it counts.
      const counted = own.map(({ type, changes }) =>
        type === 'replace' ? changes.filter(({ forcesReplacement }) => forcesReplacement) : changes,
      );
      expect(counted.map(({ length }) => length)).toEqual([1]);
      await apply(changed, { allowReplace: true });
      expect((await plan(changed)).actions).toEqual([]);
    },
  );

  test('is deleted when no manifest names it any more, and is gone', async () => {
    await apply(manifestOf(life, life.full));
    const without = manifestOf(life, undefined);
    const made = await plan(without);
    expect(new Set(made.actions.map(({ type }) => type))).toEqual(new Set(['delete']));
    await apply(without);
    expect((await plan(without)).actions).toEqual([]);
    expect(await titlesIn(life.section)).not.toContain(titleOf(life.section, life.full));
  });
});

/** The value that a person knows the object by. */
const titleOf = (section: string, fields: JsonObject) => fields[kindNamed(section).title];

async function titlesIn(section: string): Promise<readonly unknown[]> {
  const paths: Readonly<Record<string, string>> = {
    apiResources: 'resources',
    organizationScopes: 'organization-scopes',
    organizationRoles: 'organization-roles',
    webhooks: 'hooks',
    customPhrases: 'custom-phrases',
    emailTemplates: 'email-templates',
  };
  const path = paths[section] ?? section;
  const { body } = await emulator.request('GET', `/api/${path}`);
  return (body as readonly JsonObject[]).map((object) => titleOf(section, object));
}

test('the access control of an application is switched on once it has rules', async () => {
  const yaml = (isOn: boolean) =>
    `applications: { web: { name: Web, type: SPA, appLevelAccessControlEnabled: ${isOn} } }`;
  await apply(yaml(false));
  const { body: role } = await emulator.request('POST', '/api/roles', { name: 'Buyer', description: 'Buys' });
  const { body: applications } = await emulator.request('GET', '/api/applications');
  const id =
    (applications as readonly { id: string; name: string }[]).find(({ name }) => name === 'Web')?.id ?? '';
  await emulator.request('PUT', `/api/applications/${id}/access-control`, {
    userIds: [],
    userRoleIds: [(role as { id: string }).id],
    organizationIds: [],
    organizationRoleRules: [],
  });
  expect((await plan(yaml(true))).actions.map(({ changes }) => changes)).toEqual([
    [{ path: ['appLevelAccessControlEnabled'], before: false, after: true }],
  ]);
  await apply(yaml(true));
  expect((await plan(yaml(true))).actions).toEqual([]);
});

test('every field of every kind is created and changed by one of these lives', () => {
  const covered = new Set(
    lives.flatMap((life) =>
      [...Object.keys(life.full), ...Object.keys(life.leftOut ?? {})].map(
        (name) => `${life.section}.${name}`,
      ),
    ),
  );
  const changed = new Set(
    lives.flatMap((life) => Object.keys(life.changes).map((path) => `${life.section}.${path}`)),
  );
  const excused = new Set(['applications.protectedAppMetadata', 'applications.appLevelAccessControlEnabled']);
  const paths = kinds.filter(({ link }) => !link).flatMap((kind) => leafPaths(kind.fields, [kind.name]));
  expect(paths.filter((path) => !covered.has(path.split('.').slice(0, 2).join('.')))).toEqual([]);
  const unchanged = paths.filter(
    (path) =>
      ![...excused].some((prefix) => path.startsWith(prefix)) &&
      ![...changed].some((one) => one.startsWith(path)),
  );
  expect(unchanged).toEqual([]);
});

function leafPaths(fields: Readonly<Record<string, Field>>, path: readonly string[]): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    field.type === 'object' ? leafPaths(field.fields, [...path, name]) : [[...path, name].join('.')],
  );
}
