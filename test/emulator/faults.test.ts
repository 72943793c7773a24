import { setTimeout as wait } from 'node:timers/promises';
import { send, useEmulator } from '../support/emulator.js';

const emulator = useEmulator();

const createRole = (name: string): ReturnType<typeof emulator.request> =>
  emulator.request('POST', '/api/roles', { name, description: 'd' });

const roleNames = async (): Promise<readonly string[]> => {
  const { body } = await emulator.request('GET', '/api/roles?page_size=100');
  return (body as readonly { readonly name: string }[])
    .map(({ name }) => name)
    .filter((name) => name.length === 1);
};

const isFaultLeft = async (): Promise<boolean> => {
  const { body } = await emulator.request('GET', '/__faults');
  return (body as readonly unknown[]).length > 0;
};

// The token is fetched before there are faults that could hit it.
beforeEach(() => emulator.request('GET', '/api/roles'));

test('a status stands in for the work', async () => {
  await emulator.faults([
    {
      method: 'POST',
      path: '/api/roles',
      type: 'status',
      status: 429,
      headers: { 'Retry-After': '1' },
      body: { code: 'slow' },
    },
  ]);
  const { status, headers, body } = await createRole('a');
  expect({ status, retryAfter: headers.get('retry-after'), body }).toEqual({
    status: 429,
    retryAfter: '1',
    body: { code: 'slow' },
  });
  expect(await roleNames()).toEqual([]);
});

test('a status after the work hides that it was done', async () => {
  await emulator.faults([{ path: '/api/roles', type: 'status', status: 503, when: 'after' }]);
  expect((await createRole('a')).status).toBe(503);
  expect(await roleNames()).toEqual(['a']);
});

test('a reset cuts the connection before the work', async () => {
  await emulator.faults([{ method: 'POST', type: 'reset' }]);
  await expect(createRole('a')).rejects.toThrow('fetch failed');
  expect(await roleNames()).toEqual([]);
});

test('a lost response is cut after the work', async () => {
  await emulator.faults([{ method: 'POST', type: 'lost-response' }]);
  await expect(createRole('a')).rejects.toThrow('fetch failed');
  expect(await roleNames()).toEqual(['a']);
});

test('a truncated body ends half-way after the work', async () => {
  await emulator.faults([{ method: 'POST', type: 'truncated' }]);
  await expect(createRole('a')).rejects.toThrow('terminated');
  expect(await roleNames()).toEqual(['a']);
});

test('a request that still waits when the tenant is reset is cut off, and done to no other tenant', async () => {
  await emulator.faults([{ type: 'latency', path: '/api/roles', milliseconds: 60_000, count: 1 }]);
  const refused = expect(createRole('g')).rejects.toThrow('fetch failed');
  while (await isFaultLeft()) await wait(5);
  await send(emulator.url, 'POST', '/__reset');
  await refused;
  expect(await roleNames()).toEqual([]);
});

test('latency delays the answer and nothing else', async () => {
  await emulator.faults([{ type: 'latency', milliseconds: 30 }]);
  await createRole('a');
  const { requests } = await emulator.requests();
  expect(requests.at(-1)).toMatchObject({ method: 'POST', path: '/api/roles', status: 200 });
  expect(requests.at(-1)?.milliseconds).toBeGreaterThanOrEqual(29);
});

test('a fault skips and counts the requests that match its method and pattern', async () => {
  await emulator.faults([
    { method: 'post', path: '/api/ro*', skip: 1, count: 2, type: 'status', status: 500 },
  ]);
  const statuses = [];
  for (const name of ['a', 'b', 'c', 'd']) statuses.push((await createRole(name)).status);
  expect(statuses).toEqual([200, 500, 500, 200]);
  expect((await emulator.request('GET', '/__faults')).body).toEqual([]);
});

test('a count of 0 or "always" never ends', async () => {
  for (const count of [0, 'always']) {
    await emulator.faults([{ path: '/api/roles*', count, type: 'status', status: 502 }]);
    for (const page of [1, 2, 3]) {
      expect((await emulator.request('GET', `/api/roles?page=${page}`)).status).toBe(502);
    }
  }
});

test('new faults take the place of the old ones, and a reset removes them', async () => {
  await emulator.faults([{ type: 'reset' }]);
  await emulator.faults([{ type: 'status', status: 500, count: 5 }]);
  expect((await createRole('a')).status).toBe(500);
  await send(emulator.url, 'POST', '/__reset');
  expect((await createRole('a')).status).toBe(200);
});

test.each([
  [{ type: 'explode' }, 'faults[0]: type must be one of latency, status, reset, lost-response, truncated'],
  [{ type: 'reset', cuont: 1 }, 'faults[0]: unknown key "cuont"'],
  [{ type: 'status', status: 42 }, 'faults[0]: status must be a status code from 200 to 599'],
  [{ type: 'reset', count: -1 }, 'faults[0]: count must be a whole number or "always"'],
  [{ type: 'status', headers: { a: 1 } }, 'faults[0]: headers must be an object of strings'],
  [{ type: 'latency', when: 'later' }, 'faults[0]: when must be "before" or "after"'],
])('a wrong description is refused: %j', async (fault, message) => {
  const { status, body } = await send(emulator.url, 'POST', '/__faults', [fault]);
  expect(status).toBe(400);
  expect((body as { readonly message: string }).message).toContain(message);
});
