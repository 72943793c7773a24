import type { WriteApi } from '../../src/management-api/api.js';
import { failureOf, inTurn, type Reply, tenantThat } from './tenant-that.js';

const calls: Record<string, (api: WriteApi) => Promise<unknown>> = {
  GET: (api) => api.get('/api/things'),
  POST: (api) => api.post('/api/things', { name: 'a' }),
  PUT: (api) => api.put('/api/things', { name: 'a' }),
  PATCH: (api) => api.patch('/api/things', { name: 'a' }),
  DELETE: (api) => api.delete('/api/things'),
};
const perform = (method: string, api: WriteApi): Promise<unknown> =>
  calls[method]?.(api) ?? Promise.reject(new Error(method));

const lost: [string, Reply][] = [
  ['a reset', 'reset'],
  ['a body that breaks off', 'cut'],
  ['a body that is no JSON', 'no json'],
  ['502', { status: 502, text: 'Bad Gateway' }],
  ['503', { status: 503, text: 'Service Unavailable' }],
  ['504', { status: 504, text: 'Gateway Timeout' }],
];
const repeated = ['GET', 'PUT', 'PATCH', 'DELETE'];

test.each(lost.flatMap(([name, reply]) => repeated.map((method) => [method, name, reply] as const)))(
  '%s is sent again after %s',
  async (method, _, reply) => {
    const { tenant, server } = await tenantThat(inTurn(reply, reply, { json: { id: 'a' } }));
    await perform(method, tenant.write);
    expect(server.calls()).toEqual(Array(3).fill(`${method} /api/things`));
    expect(tenant.statistics()).toMatchObject({ requests: 3, retries: 2, writes: method === 'GET' ? 0 : 3 });
  },
);

test.each(lost)('POST is sent once, and its fate is told to be unknown, after %s', async (_, reply) => {
  const { tenant, server } = await tenantThat(inTurn(reply, { json: { id: 'a' } }));
  const error = await failureOf(perform('POST', tenant.write));
  expect(error).toMatchObject({ name: 'ApiError', request: 'POST /api/things', uncertain: true });
  expect(error.message).toContain('It is not known whether it was done.');
  expect(server.calls()).toEqual(['POST /api/things']);
});

test('POST is sent once and uncertain after 500, which Logto answers to one of two racing creations', async () => {
  const { tenant, server } = await tenantThat(() => ({
    status: 500,
    json: { message: 'Internal server error.' },
  }));
  const error = await failureOf(perform('POST', tenant.write));
  expect(error).toMatchObject({
    message: 'POST /api/things: 500. Internal server error. It is not known whether it was done.',
    status: 500,
    uncertain: true,
  });
  expect(server.calls()).toEqual(['POST /api/things']);
});

test.each(['silence', 'endless'] as const)('no request waits longer than the timeout: %s', async (reply) => {
  const { tenant, server } = await tenantThat(() => reply, { timeoutSeconds: 0.05, maxRetries: 1 });
  const errors = await Promise.all(
    ['GET', 'POST', 'PATCH'].map((method) => failureOf(perform(method, tenant.write))),
  );
  expect(errors.map(({ request, status, uncertain }) => ({ request, status, uncertain }))).toEqual([
    { request: 'GET /api/things', status: 0, uncertain: false },
    { request: 'POST /api/things', status: 0, uncertain: true },
    { request: 'PATCH /api/things', status: 0, uncertain: true },
  ]);
  expect(server.calls().sort()).toEqual(
    ['GET', 'GET', 'PATCH', 'PATCH', 'POST'].map((method) => `${method} /api/things`),
  );
});

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s is sent again after 429, which refuses it',
  async (method) => {
    const tooMany = { status: 429, headers: { 'retry-after': '1' }, json: { code: 'request.too_many' } };
    const { tenant, server, events } = await tenantThat(inTurn(tooMany, { json: { id: 'a' } }));
    await perform(method, tenant.write);
    expect(server.calls()).toHaveLength(2);
    expect(events.filter(({ event }) => event === 'retry')).toMatchObject([
      { level: 'info', method, path: '/api/things', attempt: 1, reason: '429' },
    ]);
  },
);

test('POST is sent again as long as nobody listens, for nothing was sent', async () => {
  let reopened = Promise.resolve();
  const { tenant, server } = await tenantThat(() => ({ json: { id: 'a' } }), {
    maxRetries: 10_000,
    log: ({ event }) => {
      if (event === 'retry') reopened = reopened.then(() => (isDown ? open() : undefined));
    },
  });
  let isDown = false;
  const open = async (): Promise<void> => {
    isDown = false;
    await server.start();
  };
  await tenant.read.get('/api/things');
  await server.stop();
  isDown = true;
  expect(await perform('POST', tenant.write)).toEqual({ id: 'a' });
  expect(server.calls()).toEqual(['GET /api/things', 'POST /api/things']);
});

test('after the last repetition the error says whether something may have been done', async () => {
  const { tenant, server } = await tenantThat(() => ({ status: 503, text: 'busy' }), { maxRetries: 2 });
  const errors = await Promise.all(repeated.map((method) => failureOf(perform(method, tenant.write))));
  expect(errors.map(({ request, status, uncertain }) => ({ request, status, uncertain }))).toEqual(
    repeated.map((method) => ({
      request: `${method} /api/things`,
      status: 503,
      uncertain: method !== 'GET',
    })),
  );
  expect(server.calls()).toHaveLength(12);
});

test('a lost PATCH stays uncertain when its repetition is refused', async () => {
  const { tenant } = await tenantThat(inTurn('reset', { status: 422, json: { code: 'role.name_in_use' } }));
  expect(await failureOf(perform('PATCH', tenant.write))).toMatchObject({ status: 422, uncertain: true });
});

test('a deletion whose answer was lost is done when the object is gone', async () => {
  const gone = { status: 404, json: { code: 'entity.not_exists_with_id' } };
  const { tenant, server } = await tenantThat(inTurn('reset', gone));
  await tenant.write.delete('/api/things');
  expect(server.calls()).toEqual(['DELETE /api/things', 'DELETE /api/things']);
});

test.each([400, 401, 403, 404, 409, 422, 501])('%i is an answer, and final', async (status) => {
  const { tenant, server } = await tenantThat(() => ({
    status,
    json: { code: 'some.code', message: 'No.' },
  }));
  const methods = ['GET', 'POST', 'PATCH'];
  const errors = await Promise.all(methods.map((method) => failureOf(perform(method, tenant.write))));
  expect(errors).toMatchObject(methods.map(() => ({ status, code: 'some.code', uncertain: false })));
  // A refused token is renewed once.
  expect(server.calls()).toHaveLength(status === 401 ? 6 : 3);
});

test('an interrupt ends every wait, lets what is in flight finish and starts nothing new', async () => {
  const stop = new AbortController();
  let answerSlow: (reply: Reply) => void = () => undefined;
  const slow = new Promise<Reply>((resolve) => {
    answerSlow = resolve;
  });
  const { tenant, server } = await tenantThat(
    ({ path }) => (path === '/api/slow' ? slow : { status: 503, text: 'busy' }),
    {
      concurrency: 2,
      signal: stop.signal,
      retry: { baseMilliseconds: 1e9, maxMilliseconds: 1e9 },
      log: ({ event }) => {
        if (event !== 'retry') return;
        stop.abort();
        answerSlow({ json: 'finished' });
      },
    },
  );
  const inFlight = tenant.read.get('/api/slow');
  const waiting = failureOf(tenant.write.patch('/api/busy', { name: 'a' }));
  const queued = failureOf(tenant.write.post('/api/new', { name: 'a' }));
  expect(await inFlight).toBe('finished');
  expect(await waiting).toMatchObject({ status: 503, uncertain: true });
  expect(await queued).toMatchObject({
    message: 'POST /api/new was not sent: the run was interrupted.',
    status: 0,
    uncertain: false,
  });
  expect(server.calls().sort()).toEqual(['GET /api/slow', 'PATCH /api/busy']);
});
