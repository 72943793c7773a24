import { readFileSync } from 'node:fs';
import { UsageError } from '../../src/errors.js';
import { connect } from '../../src/management-api/connect.js';
import { accessToken, appId, appSecret, failureOf, inTurn, type Reply, tenantThat } from './tenant-that.js';

test('what reads holds nothing that writes', async () => {
  const { tenant } = await tenantThat(() => ({ json: [] }));
  expect(Object.keys(tenant.read)).toEqual(['get', 'list']);
  expect(Object.getPrototypeOf(tenant.read)).toBe(Object.prototype);
  expect(Object.isFrozen(tenant.read)).toBe(true);
  expect(Object.keys(tenant.write)).toEqual(['get', 'list', 'post', 'put', 'patch', 'delete']);
});

test('nothing is sent before the first call', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }));
  expect(server.received).toEqual([]);
  expect(tenant.serverTime()).toBeUndefined();
  expect(tenant.statistics()).toEqual({
    requests: 0,
    writes: 0,
    tokens: 0,
    retries: 0,
    milliseconds: 0,
    maxInFlight: 0,
    backOffs: 0,
    heldMilliseconds: 0,
  });
});

test('a request carries the token, asks for English and says who asks', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: { id: 'a' } }));
  await tenant.write.post('/api/roles', { name: 'Größe', description: '' });
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const { method, path, headers, body } = server.received[1] ?? { headers: {} };
  expect({ method, path, body }).toEqual({
    method: 'POST',
    path: '/api/roles',
    body: '{"name":"Größe","description":""}',
  });
  expect(headers).toMatchObject({
    authorization: `Bearer ${accessToken}`,
    accept: 'application/json',
    'accept-language': 'en',
    'content-type': 'application/json',
    'content-length': '35',
    'user-agent': `logto-iac/${version}`,
  });
});

test('a query is written as Logto reads it', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }));
  await tenant.read.get('/api/applications', {
    types: ['SPA', 'Native'],
    isThirdParty: false,
    search: '%a b&c%',
  });
  await tenant.read.get('/api/applications', {});
  expect(server.calls()).toEqual([
    'GET /api/applications?types=SPA&types=Native&isThirdParty=false&search=%25a+b%26c%25',
    'GET /api/applications',
  ]);
});

test('a tenant below a path is reached there', async () => {
  const { server } = await tenantThat(() => ({ json: [] }));
  const below = connect({ endpoint: `${server.endpoint}/logto/api/`, appId, appSecret });
  await failureOf(below.read.get('/api/roles'));
  below.close();
  expect(server.received.map(({ path }) => path)).toEqual(['/logto/oidc/token']);
});

test('every page of a list is asked for, a hundred items each, with the query', async () => {
  const rows = Array.from({ length: 250 }, (_, index) => ({ id: String(index) }));
  const { tenant, server } = await tenantThat(({ path }) => {
    const page = Number(new URL(path, 'http://any').searchParams.get('page'));
    return { json: rows.slice((page - 1) * 100, page * 100), headers: { 'total-number': 250 } };
  });
  expect(await tenant.read.list('/api/roles', { type: 'User' })).toEqual(rows);
  expect(server.calls().sort()).toEqual([
    'GET /api/roles?type=User&page=1&page_size=100',
    'GET /api/roles?type=User&page=2&page_size=100',
    'GET /api/roles?type=User&page=3&page_size=100',
  ]);
});

test('a list that is none is not from Logto', async () => {
  const { tenant } = await tenantThat(() => ({ json: { id: 'a' } }));
  expect(await failureOf(tenant.read.list('/api/roles'))).toMatchObject({ name: 'ApiError', status: 200 });
});

test('a text or nothing is as good as JSON where Logto sends no more after a change', async () => {
  const { tenant } = await tenantThat(
    inTurn({ status: 201, text: 'Created' }, { status: 200, text: 'OK' }, { status: 204 }, { status: 204 }),
  );
  expect(await tenant.write.post('/api/roles/a/applications', {})).toBeNull();
  expect(await tenant.write.put('/api/applications/a/roles', {})).toBeNull();
  expect(await tenant.write.put('/api/organizations/a/jit/roles', {})).toBeNull();
  await tenant.write.delete('/api/roles/a');
});

test('deleting what is gone already is done', async () => {
  const { tenant } = await tenantThat(() => ({ status: 404, json: { code: 'entity.not_found' } }));
  await tenant.write.delete('/api/roles/a');
});

test('deleting at an endpoint that does not exist is not done', async () => {
  const { tenant } = await tenantThat(() => ({ status: 404, text: 'Not Found' }));
  expect(await failureOf(tenant.write.delete('/api/rolls/a'))).toMatchObject({ status: 404, code: '' });
});

test.each(['/roles', 'api/roles', '/api/roles/..', '/api/../oidc/token', '/api/roles/./scopes', '/apix'])(
  'no request goes to %s',
  async (path) => {
    const { tenant, server } = await tenantThat(() => ({ json: [] }));
    await failureOf(tenant.write.delete(path));
    expect(server.received).toEqual([]);
  },
);

test('one connection serves requests that follow each other', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }));
  for (let count = 0; count < 20; count++) await tenant.read.get('/api/roles');
  expect(server.calls()).toHaveLength(20);
  expect(server.connections()).toBe(1);
});

test('no more requests are in flight than allowed, and no more connections are opened', async () => {
  // Answers when three are there, so that a client with fewer in flight would wait for ever.
  const waiting: (() => void)[] = [];
  const threeAtOnce = (): Promise<Reply> =>
    new Promise((resolve) => {
      waiting.push(() => {
        resolve({ json: [] });
      });
      if (waiting.length === 3) for (const answer of waiting.splice(0)) answer();
    });
  const { tenant, server } = await tenantThat(threeAtOnce, { concurrency: 3 });
  await Promise.all(Array.from({ length: 30 }, () => tenant.read.get('/api/roles')));
  expect(server.calls()).toHaveLength(30);
  expect([server.maxInFlight(), server.connections()]).toEqual([3, 3]);
  expect(tenant.statistics()).toMatchObject({
    requests: 30,
    writes: 0,
    tokens: 1,
    retries: 0,
    maxInFlight: 3,
  });
});

test('a server that refuses some as too many gets fewer at once, and none before it wants to', async () => {
  let refused = 0;
  const { tenant, server } = await tenantThat(
    () => (++refused <= 8 ? { status: 429, headers: { 'retry-after': '1' } } : { json: [] }),
    { retry: { baseMilliseconds: 1, maxRetryAfterMilliseconds: 60 } },
  );
  await Promise.all(Array.from({ length: 30 }, () => tenant.read.get('/api/roles')));
  expect(server.calls()).toHaveLength(38);
  const { maxInFlight, retries, backOffs, heldMilliseconds } = tenant.statistics();
  expect({ maxInFlight, retries, backOffs }).toEqual({ maxInFlight: 8, retries: 8, backOffs: 1 });
  // Whoever had its turn then would have waited for none.
  expect(heldMilliseconds).toBeGreaterThan(0);
});

test('requests wait for their turn where there is a limit a second', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }), { maxRequestsPerSecond: 50 });
  await Promise.all(Array.from({ length: 4 }, () => tenant.read.get('/api/roles')));
  expect(server.received).toHaveLength(5);
  // The second, third and fourth wait 20, 40 and 60 ms for the first.
  expect(tenant.statistics().heldMilliseconds).toBeGreaterThan(100);
});

test('what a tenant was asked is told when it is closed, once', async () => {
  const { tenant, events } = await tenantThat(() => ({ json: [] }));
  await tenant.read.get('/api/roles');
  const total = { level: 'info', event: 'total', ...tenant.statistics() };
  tenant.close();
  tenant.close();
  expect(events.slice(2)).toEqual([total]);
});

test('the clock of the server is that of its last answer', async () => {
  const headers = { date: 'Mon, 23 Nov 2026 15:00:10 GMT' };
  const { tenant } = await tenantThat(() => ({ json: [], headers }));
  await tenant.read.get('/api/roles');
  expect(tenant.serverTime()).toEqual(new Date('2026-11-23T15:00:10Z'));
});

test('every request is one event, with the id by which Logto logs it', async () => {
  const { tenant, events } = await tenantThat(
    inTurn({ status: 503, text: 'busy' }, { json: [], headers: { 'logto-core-request-id': 'req-2' } }),
  );
  await tenant.read.get('/api/roles', { page: 1 });
  const common = { level: 'debug', event: 'request', milliseconds: expect.any(Number) as number };
  expect(events).toEqual([
    { ...common, method: 'POST', path: '/oidc/token', status: 200, attempt: 1 },
    { ...common, method: 'GET', path: '/api/roles?page=1', status: 503, attempt: 1 },
    {
      level: 'info',
      event: 'retry',
      method: 'GET',
      path: '/api/roles?page=1',
      attempt: 1,
      waitMilliseconds: expect.any(Number) as number,
      reason: '503',
    },
    { ...common, method: 'GET', path: '/api/roles?page=1', status: 200, attempt: 2, requestId: 'req-2' },
  ]);
});

test('a secret that would travel in the clear is warned about', () => {
  const events: unknown[] = [];
  connect({
    endpoint: 'http://logto.example/',
    appId,
    appSecret,
    log: (event) => events.push(event),
  }).close();
  expect(events).toEqual([{ level: 'warn', event: 'unencrypted', endpoint: 'http://logto.example' }]);
});

test('numbers that make no sense are refused', () => {
  const endpoint = 'http://localhost';
  expect(() => connect({ endpoint, appId, appSecret, concurrency: 0 })).toThrow(UsageError);
  expect(() => connect({ endpoint, appId, appSecret, concurrency: NaN })).toThrow(UsageError);
  expect(() => connect({ endpoint, appId, appSecret, maxRequestsPerSecond: 0 })).toThrow(UsageError);
  expect(() => connect({ endpoint, appId, appSecret, timeoutSeconds: 0 })).toThrow(UsageError);
});

test('what comes after close is not sent', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }));
  tenant.close();
  expect(await failureOf(tenant.read.get('/api/roles'))).toMatchObject({ name: 'ApiError', status: 0 });
  expect(server.received).toEqual([]);
});
