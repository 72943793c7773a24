import fc from 'fast-check';
import { isObject, pick, textOf, type Json, type JsonObject } from '../../src/json';
import { parameters } from './random-manifests';
import { applyWhole, planHere } from './runs';
import { readSnapshot, type Objects } from './snapshot';
import { useTenant } from './tenant';

const tenant = useTenant();

/** A value that a manifest states, first one and then another; or one that somebody else has set. */
type Leaf = { readonly stated: readonly [Json, Json] } | { readonly set: Json };
/** JSON whose keys are stated or set by somebody else, at any depth. */
interface Tree {
  readonly [key: string]: Leaf | { readonly below: Tree };
}

const leaf = (values: fc.Arbitrary<Json>): fc.Arbitrary<Leaf> =>
  fc.oneof(
    fc.tuple(values, values).map((stated) => ({ stated })),
    values.map((set) => ({ set })),
  );

/** Words that are more to JavaScript than to JSON, and to our own notation. */
const keys = fc.oneof(
  fc.constantFrom('team', 'a.b', 'toString', 'constructor', 'valueOf', '0', '', 'é', 'a b', '["x"]', 'name'),
  fc
    .string({ maxLength: 6 })
    .filter((key) => key !== '__proto__' && !key.includes('$') && !key.includes('\0')),
);

const anything: fc.Arbitrary<Json> = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('text', '', 'ü'),
  fc.constant([1, { two: [] }]),
);

const { tree } = fc.letrec<{ tree: Tree; node: Tree[string] }>((tie) => ({
  tree: fc.dictionary(keys, tie('node'), { maxKeys: 4 }),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf(anything),
    tie('tree').map((below) => ({ below })),
  ),
}));

/** What a manifest states of a tree. Objects in which nothing is stated are not named. */
function statedIn(trees: Tree, version: 0 | 1): JsonObject {
  const entries = Object.entries(trees).flatMap(([key, node]): (readonly [string, Json])[] => {
    if ('stated' in node) return [[key, node.stated[version]]];
    if (!('below' in node)) return [];
    const below = statedIn(node.below, version);
    return Object.keys(below).length > 0 ? [[key, below]] : [];
  });
  return Object.fromEntries(entries);
}

/** What the tenant holds once somebody else has set the rest. */
function heldIn(trees: Tree, version: 0 | 1): JsonObject {
  return Object.fromEntries(
    Object.entries(trees).map(([key, node]): [string, Json] => {
      if ('stated' in node) return [key, node.stated[version]];
      return [key, 'set' in node ? node.set : heldIn(node.below, version)];
    }),
  );
}

/** Some fields of one object, each stated or set by somebody else. */
const fields = (values: Readonly<Record<string, fc.Arbitrary<Json>>>) =>
  fc.record(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, leaf(value)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<Tree>;

const text = fc.constantFrom<Json>('One', 'Two', 'Three');
const uris = fc.constantFrom<Json>(
  [],
  ['https://a.example.com'],
  ['https://a.example.com', 'https://b.example.com'],
);

const applications = fc.record({
  type: fc.constantFrom('SPA', 'Traditional'),
  laterType: fc.constantFrom('SPA', 'Traditional'),
  top: fields({ description: text }),
  customData: tree,
  oidcClientMetadata: fields({
    redirectUris: uris,
    postLogoutRedirectUris: uris,
    logoUri: fc.constantFrom('https://a.example.com/logo.png', 'https://b.example.com/logo.png'),
    backchannelLogoutSessionRequired: fc.boolean(),
  }),
  customClientMetadata: fields({
    idTokenTtl: fc.integer({ min: 1, max: 9999 }),
    refreshTokenTtlInDays: fc.integer({ min: 1, max: 180 }),
    rotateRefreshToken: fc.boolean(),
    corsAllowedOrigins: uris,
  }),
});
const resources = fc.record({
  top: fields({ accessTokenTtl: fc.integer({ min: 1, max: 9999 }), isDefault: fc.boolean() }),
  scope: fields({ description: text }),
  isReplaced: fc.boolean(),
});
const roles = fc.record({ top: fields({ isDefault: fc.boolean() }), isReplaced: fc.boolean() });

type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

interface Chosen {
  readonly application: ValueOf<typeof applications>;
  readonly resource: ValueOf<typeof resources>;
  readonly role: ValueOf<typeof roles>;
}

const objectColumns = ['customData', 'oidcClientMetadata', 'customClientMetadata'] as const;

/** A manifest that states what was chosen to be stated. */
function manifestFor({ application, resource, role }: Chosen, version: 0 | 1): JsonObject {
  const columns = objectColumns.flatMap((name) => {
    const stated = statedIn(application[name], version);
    return Object.keys(stated).length > 0 ? [[name, stated] as const] : [];
  });
  const later = <T>(isLater: boolean, first: T, second: T): T => (isLater && version === 1 ? second : first);
  return {
    stack: 'unmanaged',
    apiResources: {
      api: {
        name: 'Api',
        indicator: later(resource.isReplaced, 'https://api.example.com', 'https://api.example.com/v2'),
        ...statedIn(resource.top, version),
        scopes: { read: statedIn(resource.scope, version) },
      },
    },
    roles: {
      role: {
        name: 'Role',
        description: `Version ${version}`,
        type: later(role.isReplaced, 'User', 'MachineToMachine'),
        ...statedIn(role.top, version),
      },
      linked: { name: 'Linked', description: `Version ${version}`, type: 'MachineToMachine' },
    },
    applications: {
      app: {
        name: `Version ${version}`,
        type: version === 0 ? application.type : application.laterType,
        ...statedIn(application.top, version),
        ...Object.fromEntries(columns),
      },
      machine: { name: `Machine ${version}`, type: 'MachineToMachine' },
    },
  };
}

interface Found {
  readonly application: JsonObject;
  readonly resource: JsonObject;
  readonly scope: JsonObject;
  readonly role: JsonObject;
  readonly linkedRole: JsonObject;
  readonly machine: JsonObject;
}

const isClient = ({ type }: JsonObject): boolean => type === 'SPA' || type === 'Traditional';

/** The objects of the stack. Their names change, so they are known by what else they are. */
async function findObjects(): Promise<Found> {
  const { applications: all, resources: apis, scopes, roles: every } = await readSnapshot(tenant);
  const one = (objects: Objects, is: (object: JsonObject) => boolean): JsonObject => {
    const found = [...objects.values()].filter(is);
    expect(found).toHaveLength(1);
    return found[0] ?? {};
  };
  return {
    application: one(all, isClient),
    resource: one(apis, ({ name }) => name === 'Api'),
    scope: one(scopes, ({ name }) => name === 'read'),
    role: one(every, ({ name }) => name === 'Role'),
    linkedRole: one(every, ({ name }) => name === 'Linked'),
    machine: one(all, ({ name }) => textOf(name).startsWith('Machine ')),
  };
}

async function call(method: string, path: string, body: JsonObject): Promise<void> {
  if (Object.keys(body).length === 0) return;
  const { status, body: answer } = await tenant.request(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
}

/** Sets by API what no manifest states, and links what no manifest states links of. */
async function setTheRest({ application, resource, role }: Chosen, found: Found): Promise<void> {
  const { id, ...current } = found.application;
  const columns = objectColumns.map((name) => {
    const before = current[name];
    return [name, { ...(isObject(before) ? before : {}), ...heldIn(application[name], 0) }] as const;
  });
  const { isDefault, ...topOfResource } = heldIn(resource.top, 0);
  const resourcePath = `/api/resources/${textOf(found.resource['id'])}`;
  await call('PATCH', `/api/applications/${textOf(id)}`, {
    ...heldIn(application.top, 0),
    ...Object.fromEntries(columns),
  });
  await call('PATCH', resourcePath, topOfResource);
  if (isDefault !== undefined) await call('PATCH', `${resourcePath}/is-default`, { isDefault });
  await call('PATCH', `${resourcePath}/scopes/${textOf(found.scope['id'])}`, heldIn(resource.scope, 0));
  await call('PATCH', `/api/roles/${textOf(found.role['id'])}`, heldIn(role.top, 0));
  await call('POST', `/api/roles/${textOf(found.linkedRole['id'])}/scopes`, {
    scopeIds: ['management-api-all'],
  });
  await call('POST', `/api/applications/${textOf(found.machine['id'])}/roles`, {
    roleIds: [textOf(found.linkedRole['id'])],
  });
}

/** What was chosen, as the tenant holds it. */
const held = ({ application, resource, role }: Chosen, version: 0 | 1): JsonObject => ({
  ...heldIn(application.top, version),
  customData: heldIn(application.customData, version),
  oidcClientMetadata: heldIn(application.oidcClientMetadata, version),
  customClientMetadata: heldIn(application.customClientMetadata, version),
  resource: heldIn(resource.top, version),
  scope: heldIn(resource.scope, version),
  role: heldIn(role.top, version),
});

/** The same fields, out of the tenant. */
const heldByTenant = ({ application, resource, role }: Chosen, found: Found): JsonObject => ({
  ...pick(found.application, Object.keys(application.top)),
  // Nobody but these two has written to it, so there is nothing else in it.
  customData: found.application['customData'] ?? null,
  oidcClientMetadata: pick(
    asObject(found.application['oidcClientMetadata']),
    Object.keys(application.oidcClientMetadata),
  ),
  customClientMetadata: asObject(found.application['customClientMetadata']),
  resource: pick(found.resource, Object.keys(resource.top)),
  scope: pick(found.scope, Object.keys(resource.scope)),
  role: pick(found.role, Object.keys(role.top)),
});

const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

test('what no manifest states survives every apply, at any depth, also where its object is replaced', async () => {
  await fc.assert(
    fc.asyncProperty(applications, resources, roles, async (application, resource, role) => {
      const chosen: Chosen = { application, resource, role };
      await tenant.reset();
      await applyWhole(tenant, manifestFor(chosen, 0));
      await setTheRest(chosen, await findObjects());
      // What was set besides is no drift.
      expect((await planHere(tenant, manifestFor(chosen, 0))).actions).toEqual([]);
      for (const version of [1, 0] as const) {
        await applyWhole(tenant, manifestFor(chosen, version));
        const found = await findObjects();
        expect(heldByTenant(chosen, found)).toEqual(held(chosen, version));
        const { scopesOfRole, rolesOfApplication } = await readSnapshot(tenant);
        const linkedId = textOf(found.linkedRole['id']);
        expect(scopesOfRole.get(linkedId)).toEqual(['management-api-all']);
        expect(rolesOfApplication.get(textOf(found.machine['id']))).toEqual([linkedId]);
        expect((await planHere(tenant, manifestFor(chosen, version))).actions).toEqual([]);
      }
    }),
    parameters(15),
  );
}, 600_000);
