import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { orders, useFolder, webShop } from './folder';

const emulator = useEmulator();
const folder = useFolder();
const run = (line: string) => runCli(line.split(' '), { folder: folder.path, tenant: emulator });

const names = async (path: string) => {
  const { body } = await emulator.request('GET', path);
  return (body as readonly { readonly name: string }[]).map(({ name }) => name).sort();
};

test.each(['apply', 'destroy', 'adopt', 'destroy --stack default'])(
  '%s without --yes and without anybody to ask is exit 3, before anything is asked of the tenant',
  async (command) => {
    folder.write({ 'logto.yaml': webShop });
    await emulator.resetRequests();
    expect(await run(command)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'error: there is nobody to ask\n  pass --yes, or apply a plan that was reviewed: apply plan.json\n',
    });
    expect((await emulator.requests()).total).toBe(0);
  },
);

test('apply tells the plan and the end on standard output, and each deed on standard error', async () => {
  folder.write({ 'logto.yaml': orders });
  const { exitCode, stdout, stderr } = await run('apply --yes');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /\n4 to create, 0 unchanged {3}digest \w+\n4 done, 0 failed, 0 not reached {3}\(\d+ requests, \d+ of them writes, at most \d+ at once, [\d.]+ s\)\n$/,
  );
  expect(
    stderr
      .replaceAll(/ [a-z0-9]{21}$/gm, ' ID')
      .split('\n')
      .sort(),
  ).toEqual([
    '',
    '✓ created apiResources.orders ID',
    '✓ created apiResources.orders.scopes.orders:read ID',
    '✓ created applications.worker ID',
    '✓ created roles.reader ID',
  ]);
});

test('where there is nothing to do, apply ends without a lock or any write', async () => {
  folder.write({ 'logto.yaml': orders });
  await run('apply --yes');
  await emulator.resetRequests();
  expect(await run('apply --yes')).toEqual({
    exitCode: 0,
    stdout: 'Nothing to do: 4 resources as stated.\n',
    stderr: '',
  });
  expect((await emulator.requests()).writes).toBe(0);
});

test('apply as JSON puts nothing but JSON on standard output', async () => {
  folder.write({ 'logto.yaml': orders });
  const { exitCode, stdout, stderr } = await run('apply --yes --format json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    formatVersion: 1,
    stack: 'orders',
    endpoint: emulator.url,
    summary: { done: 4, failed: 0, notReached: 0, interrupted: false },
    outcomes: [
      {
        status: 'done',
        type: 'create',
        address: 'apiResources.orders',
        source: { file: 'logto.yaml', line: 3, column: 3 },
      },
      { status: 'done', type: 'create', address: 'apiResources.orders.scopes.orders:read' },
      { status: 'done', type: 'create', address: 'roles.reader' },
      { status: 'done', type: 'create', address: 'applications.worker' },
    ],
  });
  expect(stderr).toMatch(/^\+ apiResources\.orders\n/);
  const nothing = await run('apply --yes --format json');
  expect(JSON.parse(nothing.stdout)).toMatchObject({ outcomes: [], summary: { done: 0 } });
});

test('a refused write ends apply with exit 6, names place, code and request; the rest is done, what needs it is not', async () => {
  folder.write({ 'logto.yaml': `${orders}  web: { name: Web shop, type: SPA }\n` });
  await emulator.faults([
    {
      type: 'status',
      method: 'POST',
      path: '/api/roles',
      status: 422,
      body: { code: 'role.name_in_use', message: 'This role name Reader is already in use' },
    },
  ]);
  const { exitCode, stdout, stderr } = await run('apply --yes');
  expect(exitCode).toBe(6);
  expect(stderr.replace(/request id [\w-]+/, 'request id REQUEST')).toContain(
    '✗ logto.yaml:9:3  roles.reader could not be created: POST /api/roles: 422 role.name_in_use. This role name Reader is already in use (request id REQUEST)\n',
  );
  expect(stderr).toContain('· applications.worker was not reached: roles.reader failed\n');
  expect(stdout).toMatch(
    /\n3 done, 1 failed, 1 not reached {3}\(.*\)\nNothing is lost: apply again to do the rest\.\n$/,
  );
  expect(await names('/api/applications')).toEqual(['Management API tester', 'Web shop']);
  const again = await run('apply --yes');
  expect(again).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('\n2 to create, 3 unchanged ') as string,
  });
  expect(await names('/api/applications')).toEqual(['Management API tester', 'Web shop', 'Worker']);
});

test('the same as JSON tells Logto’s status, code and request id', async () => {
  folder.write({ 'logto.yaml': orders });
  await emulator.faults([
    {
      type: 'status',
      method: 'POST',
      path: '/api/roles',
      status: 403,
      body: { code: 'subscription.limit_exceeded', message: 'No more roles.' },
    },
  ]);
  const { exitCode, stdout } = await run('apply --yes --format json');
  expect(exitCode).toBe(6);
  expect(JSON.parse(stdout)).toMatchObject({
    summary: { done: 2, failed: 1, notReached: 1, interrupted: false },
    outcomes: [
      { status: 'done' },
      { status: 'done' },
      {
        status: 'failed',
        address: 'roles.reader',
        error: {
          message: expect.stringMatching(
            /^POST \/api\/roles: 403 subscription\.limit_exceeded\. No more roles\. \(request id [\w-]+\)$/,
          ) as string,
          request: 'POST /api/roles',
          status: 403,
          code: 'subscription.limit_exceeded',
          requestId: expect.stringMatching(/^[\w-]+$/) as string,
          hint: 'The plan of the tenant has no room for one more: remove something, or upgrade the plan.',
        },
      },
      { status: 'not-reached', address: 'applications.worker', because: 'roles.reader failed' },
    ],
  });
});

test('where the ledger cannot be written, nothing is created', async () => {
  folder.write({ 'logto.yaml': webShop });
  await emulator.faults([
    {
      type: 'status',
      method: 'PATCH',
      path: '/api/applications/*/custom-data',
      status: 500,
      count: 'always',
    },
  ]);
  const { exitCode, stderr } = await run('apply --yes');
  expect(exitCode).toBe(4);
  expect(stderr).toMatch(/^error: PATCH \/api\/applications\/emulatorm2mapp0000001\/custom-data: 500\./);
  expect(await names('/api/applications')).toEqual(['Management API tester']);
  expect(await names('/api/resources')).toEqual(['Logto Management API']);
});

test('a warning of the manifest is told once', async () => {
  folder.write({
    'logto.yaml': 'apiResources: { orders: { name: Orders API, indicator: urn:a, accessTokenTtl: 0 } }\n',
  });
  for (const command of ['plan', 'apply --yes', 'drift']) {
    const { exitCode, stderr } = await run(command);
    expect({ command, exitCode, told: stderr.match(/warning:/g)?.length }).toEqual({
      command,
      exitCode: 0,
      told: 1,
    });
  }
});

test('destroy asks for no manifest, and deletes what the stack owns', async () => {
  folder.write({ 'logto.yaml': orders });
  await run('apply --yes');
  expect((await runCli(['destroy', '--stack', 'orders', '--yes'], { tenant: emulator })).exitCode).toBe(0);
  expect([await names('/api/applications'), await names('/api/resources')]).toEqual([
    ['Management API tester'],
    ['Logto Management API'],
  ]);
});
