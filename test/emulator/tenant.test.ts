import { useEmulator, send } from '../support/emulator.js';

const emulator = useEmulator();

const answers = async (): Promise<readonly unknown[]> => {
  const paths = ['/api/applications', '/api/resources?includeScopes=true', '/api/roles', '/api/sign-in-exp'];
  return Promise.all(paths.map(async (path) => (await emulator.request('GET', path)).body));
};

test('a reset brings the fresh tenant back, whatever was changed, deleted or added', async () => {
  const fresh = await answers();
  await emulator.request('PATCH', `/api/applications/${emulator.appId}`, { name: 'changed' });
  await emulator.request('DELETE', '/api/roles/admin-role');
  await emulator.request('POST', '/api/resources', { name: 'Added', indicator: 'https://added.example.com' });
  await emulator.request('PATCH', '/api/sign-in-exp', { customCss: 'a{}' });
  await send(emulator.url, 'POST', '/__reset');
  expect(await answers()).toEqual(fresh);
});

test('after a reset, lists without an order begin with what the tenant came with', async () => {
  for (const name of ['a', 'b', 'c'])
    await emulator.request('POST', '/api/roles', { name, description: 'd' });
  await send(emulator.url, 'POST', '/__reset');
  await emulator.request('POST', '/api/roles', { name: 'd', description: 'd' });
  const { body } = await emulator.request('GET', '/api/roles');
  expect(body).toMatchObject([{ name: 'Logto Management API access' }, { name: 'd' }]);
});

test('requests at once neither lose nor mix their writes', async () => {
  const { body: role } = await emulator.request('POST', '/api/organization-roles', { name: 'role' });
  const { id } = role as { readonly id: string };
  const scopeIds = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map(async (name) => {
      const { body } = await emulator.request('POST', '/api/organization-scopes', { name });
      return (body as { readonly id: string }).id;
    }),
  );
  // Each replacement is a transaction that either happens whole or, with an unknown id, not at all.
  const wholes = scopeIds.map((scopeId) => [scopeId, ...scopeIds.filter((other) => other > scopeId)]);
  const statuses = await Promise.all(
    [...wholes, ...wholes.map((whole) => [...whole, 'unknown'])].map(async (organizationScopeIds) => {
      const path = `/api/organization-roles/${id}/scopes`;
      return (await emulator.request('PUT', path, { organizationScopeIds })).status;
    }),
  );
  expect(statuses.sort()).toEqual([204, 204, 204, 204, 204, 422, 422, 422, 422, 422]);
  const { body: scopes } = await emulator.request('GET', `/api/organization-roles/${id}/scopes`);
  const left = (scopes as readonly { readonly id: string }[]).map((scope) => scope.id).sort();
  expect(wholes.map((whole) => [...whole].sort())).toContainEqual(left);
});

test('applications are listed newest first although they were created at once', async () => {
  for (const number of Array.from({ length: 30 }).keys()) {
    await emulator.request('POST', '/api/applications', { name: `app ${number}`, type: 'SPA' });
  }
  const { body } = await emulator.request('GET', '/api/applications');
  const names = (body as readonly { readonly name: string }[]).map(({ name }) => name);
  expect(names).toEqual([
    ...Array.from({ length: 30 }, (_, index) => `app ${29 - index}`),
    'Management API tester',
  ]);
});

test('each answer carries an id and the time', async () => {
  for (const path of ['/api/roles', '/api/nothing', '/api/roles/unknown', '/oidc/token']) {
    const { headers } = await emulator.request('GET', path);
    expect(headers.get('logto-core-request-id')).toMatch(/^\w{16}$/);
    expect(Date.parse(headers.get('date') ?? '')).not.toBeNaN();
  }
});

test('strings are measured in UTF-16 units', async () => {
  const create = async (name: string): Promise<number> =>
    (await emulator.request('POST', '/api/organization-scopes', { name })).status;
  expect(await create('🎈'.repeat(64))).toBe(201);
  expect(await create('🎈'.repeat(65))).toBe(400);
});

test.each([
  ['search=%25pha%25', ['Alpha', 'alphabet']],
  ['search=alpha', ['Alpha']],
  ['search=alpha&isCaseSensitive=true', []],
  ['search.name=alphabet&search.description=one&mode=exact', ['Alpha', 'alphabet']],
  ['search.name=alphabet&search.description=one&mode=exact&joint=and', []],
  ['search.name=Alpha&search.name=alphabet&mode.name=exact', ['Alpha', 'alphabet']],
  ['search.name=%5EAl&mode.name=posix&isCaseSensitive=true', ['Alpha']],
  ['search.name=(Alpha%7Cnothing)&mode.name=similar_to&isCaseSensitive=true', ['Alpha']],
])('roles are searched with %s', async (query, expected) => {
  await emulator.request('POST', '/api/roles', { name: 'Alpha', description: 'one' });
  await emulator.request('POST', '/api/roles', { name: 'alphabet', description: 'two' });
  const { body, headers } = await emulator.request('GET', `/api/roles?${query}`);
  expect((body as readonly { readonly name: string }[]).map(({ name }) => name)).toEqual(expected);
  expect(headers.get('total-number')).toBe(String(expected.length));
});

test.each([
  'search.name=a&mode.name=similar_to',
  'mode=other&search=a',
  'search.a.b=c',
  'joint=xor&search=a',
])('roles cannot be searched with %s', async (query) => {
  const { status, body } = await emulator.request('GET', `/api/roles?${query}`);
  expect({ status, body }).toMatchObject({ status: 400, body: { code: 'request.invalid_input' } });
});
