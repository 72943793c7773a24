import fc from 'fast-check';
import { connect } from '../../src/management-api/connect.js';
import { appId, appSecret, failureOf, inTurn, type Received, tenantThat, tokenReply } from './tenant-that.js';

const tokenNumber = (number: number, more: object = {}) => ({
  json: { access_token: `token-number-${number}`, expires_in: 3600, scope: 'all', ...more },
});
const bearers = (received: readonly Received[]): (string | undefined)[] =>
  received.filter(({ path }) => path !== '/oidc/token').map(({ headers }) => headers.authorization);

test('requests that start together share one token', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }));
  await Promise.all(Array.from({ length: 20 }, () => tenant.read.get('/api/roles')));
  expect(server.received.filter(({ path }) => path === '/oidc/token')).toHaveLength(1);
  expect(tenant.statistics()).toMatchObject({ requests: 20, tokens: 1 });
});

test('the token is asked for as RFC 6749 wants it', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }), {
    resource: 'https://acme.logto.app/api',
  });
  await tenant.read.get('/api/roles');
  const { method, headers, body } = server.received[0] ?? { headers: {}, body: '' };
  expect(method).toBe('POST');
  expect(headers).toMatchObject({
    authorization: `Basic ${Buffer.from(`${appId}:${appSecret}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
    grant_type: 'client_credentials',
    resource: 'https://acme.logto.app/api',
    scope: 'all',
  });
});

test('any id and any secret arrive as they are', async () => {
  const { server } = await tenantThat(() => ({ json: [] }));
  // As Logto does it: packages/core/src/middleware/koa-app-secret-transpilation.ts
  const decode = (part: string | undefined): string =>
    decodeURIComponent((part ?? '').replaceAll('+', '%20'));
  const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme-ascii' });
  await fc.assert(
    fc.asyncProperty(text, text, async (id, secret) => {
      const tenant = connect({ endpoint: server.endpoint, appId: id, appSecret: secret });
      await tenant.read.get('/api/roles');
      tenant.close();
      const request = server.received.findLast(({ path }) => path === '/oidc/token');
      const basic = Buffer.from(request?.headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
      expect(basic.split(':').map(decode)).toEqual([id, secret]);
    }),
    { numRuns: 30 },
  );
});

test('a token that is about to expire is replaced before it is used', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }), {
    token: inTurn(tokenNumber(1, { expires_in: 0 }), tokenNumber(2)),
  });
  await tenant.read.get('/api/roles');
  await tenant.read.get('/api/roles');
  await tenant.read.get('/api/roles');
  expect(bearers(server.received)).toEqual([1, 2, 2].map((number) => `Bearer token-number-${number}`));
});

test('a token refused in the middle of a run is replaced once, and what was refused is sent again, also a POST', async () => {
  const { tenant, server } = await tenantThat(
    ({ headers }) =>
      headers.authorization === 'Bearer token-number-1'
        ? { status: 401, json: { code: 'auth.unauthorized', message: 'Unauthorized.' } }
        : { json: { id: 'a' } },
    { token: inTurn(tokenNumber(1), tokenNumber(2)) },
  );
  // Eight of them are sent before the refusal is known.
  const results = await Promise.all(Array.from({ length: 20 }, () => tenant.write.post('/api/roles', {})));
  expect(results).toEqual(Array(20).fill({ id: 'a' }));
  expect(tenant.statistics()).toMatchObject({ requests: 28, tokens: 2, retries: 0 });
  expect(server.calls()).toHaveLength(28);
});

test('a second refusal is the answer', async () => {
  const unauthorized = { status: 401, json: { code: 'auth.unauthorized', message: 'Unauthorized.' } };
  const { tenant } = await tenantThat(() => unauthorized);
  expect(await failureOf(tenant.write.post('/api/roles', {}))).toMatchObject({
    status: 401,
    code: 'auth.unauthorized',
    uncertain: false,
  });
  expect(tenant.statistics()).toMatchObject({ requests: 2, tokens: 2 });
});

test('a failed sign-in fails all who wait for it, and the next call tries again', async () => {
  const wrong = { status: 401, json: { code: 'oidc.invalid_client', error: 'invalid_client' } };
  const { tenant } = await tenantThat(() => ({ json: [] }), { token: inTurn(wrong, tokenReply) });
  const errors = await Promise.all([1, 2, 3].map(() => failureOf(tenant.read.get('/api/roles'))));
  expect(errors).toMatchObject(Array(3).fill({ request: 'POST /oidc/token', status: 401 }));
  expect(await tenant.read.get('/api/roles')).toEqual([]);
});

test('a token whose answer was lost is asked for again, and a creation that needed it is not in doubt', async () => {
  const { tenant } = await tenantThat(() => ({ json: { id: 'a' } }), {
    token: inTurn('reset', 'cut', tokenReply),
  });
  expect(await tenant.write.post('/api/roles', {})).toEqual({ id: 'a' });
  expect(tenant.statistics()).toMatchObject({ requests: 1, tokens: 3, retries: 2 });

  const { tenant: dead } = await tenantThat(() => ({ json: [] }), { token: () => 'reset', maxRetries: 1 });
  expect(await failureOf(dead.write.post('/api/roles', {}))).toMatchObject({ status: 0, uncertain: false });
});

test('the token may come from another address than that of the API', async () => {
  const admin = await tenantThat(() => ({ json: [] }));
  const { tenant, server } = await tenantThat(() => ({ json: [] }), { tokenEndpoint: admin.server.endpoint });
  await tenant.read.get('/api/roles');
  expect(admin.server.received.map(({ path }) => path)).toEqual(['/oidc/token']);
  expect(server.received.map(({ path }) => path)).toEqual(['/api/roles']);
  expect(tenant.statistics()).toMatchObject({ requests: 1, tokens: 1 });
});
