import fc from 'fast-check';
import { ManifestError, RefusedError } from '../../src';
import { textOf, type JsonObject } from '../../src/json';
import { count } from './counts';
import { manifests, parameters } from './random-manifests';
import { applyHere, destroyHere, planHere } from './runs';
import { omit, readSnapshot, withoutLedgers, type Snapshot } from './snapshot';
import { useTenant } from './tenant';

const tenant = useTenant();
const stack = 'ours';

/** Now and then what ours is called, too: then it is adopted, or refused where that would be a guess. */
const named = (...taken: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('Foreign a', 'Foreign b', 'Foreign c') },
    { weight: 1, arbitrary: fc.constantFrom(...taken) },
  );
const data = fc
  .dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
  .map((value) => value as JsonObject)
  .filter((value) => !/__proto__|\\u0000/.test(JSON.stringify(value)));

/** What others have made, some of it called as the manifests call theirs. */
const foreignTenants = fc.record({
  resources: fc.uniqueArray(
    fc.record({
      name: named('orders API'),
      indicator: fc.constantFrom(
        'https://orders.example.com',
        'https://a.example.com',
        'urn:b',
        'https://c.d/?e#f',
      ),
      accessTokenTtl: fc.constantFrom(600, 7200),
      scopes: fc.uniqueArray(fc.constantFrom('read', 'write', 'foreign:all'), { maxLength: 3 }),
    }),
    { selector: ({ indicator }) => indicator, maxLength: 4 },
  ),
  defaultResource: fc.nat(5),
  roles: fc.uniqueArray(
    fc.record({
      name: named('Role worker', 'Role reader', '#internal:one', '#internal:two'),
      description: fc.constantFrom('One', 'Two'),
      type: fc.constantFrom('User', 'MachineToMachine'),
      isDefault: fc.boolean(),
      scopes: fc.array(fc.nat(12), { maxLength: 3 }),
    }),
    { selector: ({ name }) => name, maxLength: 5 },
  ),
  applications: fc.array(
    fc.record({
      name: named('App shop', 'Machine sync'),
      type: fc.constantFrom('SPA', 'Traditional', 'Native', 'MachineToMachine'),
      description: fc.option(fc.constantFrom('One', 'Two')),
      customData: data,
      roles: fc.array(fc.nat(4), { maxLength: 2 }),
    }),
    { maxLength: 5 },
  ),
});

type ForeignTenant = typeof foreignTenants extends fc.Arbitrary<infer T> ? T : never;

const create = async (path: string, body: JsonObject): Promise<string> => {
  const { status, body: made } = await tenant.request('POST', path, body);
  if (status >= 300) throw new Error(`POST ${path}: ${status} ${JSON.stringify(made)}`);
  return (made as { readonly id?: string }).id ?? '';
};

/** @returns ids of the roles that no list shows */
async function fill({
  resources,
  defaultResource,
  roles,
  applications,
}: ForeignTenant): Promise<readonly string[]> {
  const scopeIds: string[] = [];
  for (const [index, { scopes, ...resource }] of resources.entries()) {
    const id = await create('/api/resources', resource);
    for (const name of scopes) scopeIds.push(await create(`/api/resources/${id}/scopes`, { name }));
    if (index === defaultResource) {
      await tenant.request('PATCH', `/api/resources/${id}/is-default`, { isDefault: true });
    }
  }
  const machineRoles: string[] = [];
  const hidden: string[] = [];
  for (const { scopes, ...role } of roles) {
    const id = await create('/api/roles', role);
    if (role.type === 'MachineToMachine') machineRoles.push(id);
    if (role.name.startsWith('#internal:')) hidden.push(id);
    const linked = [...new Set(scopes.flatMap((index) => scopeIds[index] ?? []))];
    if (linked.length > 0) await create(`/api/roles/${id}/scopes`, { scopeIds: linked });
  }
  for (const { roles: indexes, ...application } of applications) {
    const id = await create('/api/applications', application);
    const roleIds = [...new Set(indexes.flatMap((index) => machineRoles[index] ?? []))];
    if (application.type !== 'MachineToMachine' || roleIds.length === 0) continue;
    await create(`/api/applications/${id}/roles`, { roleIds });
  }
  return hidden;
}

/** What a tenant holds, each part by itself: objects, links between two of them, secrets, what no list shows. */
type Parts = ReadonlyMap<string, string>;

async function readParts(hidden: readonly string[]): Promise<Parts> {
  const snapshot = await readSnapshot(tenant);
  const { applications, resources, scopes, roles, scopesOfRole, rolesOfApplication } = snapshot;
  const own = applications.get(tenant.appId) ?? {};
  const withoutOurs = { ...own, customData: withoutLedgers(own['customData']) };
  const objects = [...applications, [tenant.appId, withoutOurs] as const, ...scopes, ...roles];
  const links = [...scopesOfRole, ...rolesOfApplication].flatMap(([from, to]) =>
    to.map((id) => [`${from} ${id}`, 'linked'] as const),
  );
  const read = async (id: string, path: string): Promise<readonly [string, string]> => {
    const { status, body } = await tenant.request('GET', path);
    return [`${id} ${path}`, `${status} ${JSON.stringify(body)}`];
  };
  const details = await Promise.all([
    ...[...applications.keys()].map((id) => read(id, `/api/applications/${id}/secrets`)),
    ...hidden.flatMap((id) => [
      read(id, `/api/roles/${id}`),
      read(id, `/api/roles/${id}/scopes`),
      read(id, `/api/roles/${id}/applications?page=1`),
    ]),
  ]);
  return new Map([
    ...objects.map(([id, object]) => [id, JSON.stringify(object)] as const),
    ...[...resources].map(([id, object]) => [id, JSON.stringify(omit(object, ['isDefault']))] as const),
    ...[...resources].map(([id, { isDefault }]) => [`${id} isDefault`, textOf(isDefault)] as const),
    ...links,
    ...details,
  ]);
}

/** Ids of what these manifests declare, so that it is adopted and no longer foreign. */
function declaredIds(
  { resources, scopes, roles }: Snapshot,
  documents: readonly JsonObject[],
): ReadonlySet<string> {
  const declared = documents.flatMap(({ apiResources, roles: stated }) => [
    ...Object.values(apiResources as JsonObject).flatMap((spec) => {
      const { indicator, scopes: below } = spec as { indicator: string; scopes: JsonObject };
      return [indicator, ...Object.keys(below).map((name) => `${indicator} ${name}`)];
    }),
    ...Object.values(stated as JsonObject).map((spec) => `role ${(spec as { name: string }).name}`),
  ]);
  const indicatorOf = (id: unknown): string => textOf(resources.get(id as string)?.['indicator']);
  const called = new Map([
    ...[...resources.keys()].map((id) => [id, indicatorOf(id)] as const),
    ...[...scopes].map(
      ([id, { name, resourceId }]) => [id, `${indicatorOf(resourceId)} ${textOf(name)}`] as const,
    ),
    ...[...roles].map(([id, { name }]) => [id, `role ${textOf(name)}`] as const),
  ]);
  return new Set([...called].filter(([, name]) => declared.includes(name)).map(([id]) => id));
}

const ours = manifests(stack, {
  resources: ['orders', 'billing'],
  userRoles: ['reader'],
  machineRoles: ['worker'],
  clients: ['shop'],
  machines: ['sync', 'robot'],
});
const runs = fc.array(fc.tuple(fc.constantFrom('plan', 'apply', 'apply', 'destroy'), fc.nat(2)), {
  minLength: 2,
  maxLength: 6,
});

let done = 0;

/** Does one run. What is refused is refused: it is as good as any other run for what is foreign. */
async function run(command: string, document: JsonObject): Promise<void> {
  try {
    if (command === 'plan') await planHere(tenant, document);
    else if (command === 'destroy') done += (await destroyHere(tenant, stack)).done;
    else done += (await applyHere(tenant, document)).done;
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof ManifestError)) throw error;
  }
}

test('no sequence of plan, apply and destroy touches what others have made', async () => {
  await fc.assert(
    fc.asyncProperty(
      foreignTenants,
      fc.tuple(ours, ours, ours),
      runs,
      async (others, documents, sequence) => {
        await tenant.reset();
        const hidden = await fill(others);
        const declared = declaredIds(await readSnapshot(tenant), documents);
        const statesDefault = /"isDefault":true/.test(
          JSON.stringify(documents.map(({ apiResources }) => apiResources)),
        );
        const before = await readParts(hidden);
        const foreignIds = new Set(
          [...before.keys()].filter((key) => !key.includes(' ') && !declared.has(key)),
        );
        const foreign = (parts: Parts): JsonObject =>
          Object.fromEntries(
            [...parts].filter(([key]) => {
              const [id = '', other = ''] = key.split(' ');
              if (other === 'isDefault' && statesDefault) return false;
              return foreignIds.has(id) && ((!before.has(other) && !isId(other)) || foreignIds.has(other));
            }),
          );
        for (const [command, index] of sequence) {
          await run(command, documents[index] ?? { stack });
          const [expected, found] = [foreign(before), foreign(await readParts(hidden))];
          const lost = Object.keys(expected).filter((key) => found[key] !== expected[key]);
          count({ lost: lost.length });
          expect(found).toEqual(expected);
        }
      },
    ),
    parameters(12),
  );
  // Else nothing is proved: what is refused touches nothing.
  expect(done).toBeGreaterThan(50);
}, 600_000);

/** Of what was made later, and is ours; a path and a name of a field are none. */
const isId = (text: string): boolean => /^[a-z0-9]{21}$/.test(text);

test('a permission that others made in an API resource of ours is not replaced with it in the run that declares it', async () => {
  const api = (path: string, scopes: JsonObject): JsonObject => ({
    stack,
    apiResources: { api: { name: 'Api', indicator: `https://api.example.com${path}`, scopes } },
  });
  const { outcomes } = await applyHere(tenant, api('', {}));
  const [id = ''] = outcomes.map((outcome) => (outcome.status === 'done' ? outcome.id : ''));
  const scopeId = await create(`/api/resources/${id}/scopes`, { name: 'read' });

  await expect(applyHere(tenant, api('/v2', { read: {} }))).rejects.toThrow(RefusedError);
  expect((await readSnapshot(tenant)).scopes.has(scopeId)).toBe(true);
});
