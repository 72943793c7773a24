import { send, useEmulator } from '../support/emulator.js';

const emulator = useEmulator();

test('the log tells of each request to the API, counts writes, and leaves tokens and its own endpoints out', async () => {
  await emulator.request('GET', '/api/roles');
  await emulator.resetRequests();
  await emulator.request('GET', '/api/roles?page=1');
  await emulator.request('POST', '/api/roles', { name: 'a', description: 'd' });
  await emulator.request('DELETE', '/api/roles/unknown');
  await send(emulator.url, 'POST', '/oidc/token');
  const { requests, ...counts } = await emulator.requests();
  expect(counts).toEqual({ total: 3, writes: 2, tokens: 1, maxInFlight: 1 });
  expect(requests).toEqual([
    { method: 'GET', path: '/api/roles?page=1', status: 200, milliseconds: expect.any(Number) as number },
    {
      method: 'POST',
      path: '/api/roles',
      status: 200,
      milliseconds: expect.any(Number) as number,
      body: { name: 'a', description: 'd' },
    },
    { method: 'DELETE', path: '/api/roles/unknown', status: 404, milliseconds: expect.any(Number) as number },
  ]);
});

test('requests at once are counted', async () => {
  await emulator.faults([{ type: 'latency', milliseconds: 100, count: 'always' }]);
  await Promise.all([1, 2, 3, 4].map(() => emulator.request('GET', '/api/status')));
  expect((await emulator.requests()).maxInFlight).toBe(4);
});

test('a reset clears the log', async () => {
  await emulator.request('GET', '/api/roles');
  await send(emulator.url, 'POST', '/__reset');
  expect(await emulator.requests()).toEqual({ total: 0, writes: 0, tokens: 0, maxInFlight: 0, requests: [] });
});
