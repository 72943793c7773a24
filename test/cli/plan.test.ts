import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { orders, useFolder, webShop } from './folder';

const emulator = useEmulator();
const folder = useFolder();
const run = (line: string) => runCli(line.split(' '), { folder: folder.path, tenant: emulator });

const planSchema = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'schema', 'plan.schema.json'), 'utf8'),
) as object;
const validatePlan = new Ajv2020().compile(planSchema);
function parsePlan(text: string): Readonly<Record<string, unknown>> {
  const document = JSON.parse(text) as Readonly<Record<string, unknown>>;
  validatePlan(document);
  expect(validatePlan.errors).toBeNull();
  return document;
}

test('plan is exit 0, with --detailed-exitcode 2 while there is something to do, and writes nothing', async () => {
  folder.write({ 'logto.yaml': orders });
  const planned = await run('plan');
  expect(planned).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/\n4 to create, 0 unchanged {3}digest [0-9a-f]{32}\n$/) as string,
    stderr: '',
  });
  expect(await run('plan --detailed-exitcode')).toEqual({ ...planned, exitCode: 2 });
  expect((await emulator.requests()).writes).toBe(0);
  await run('apply --yes');
  expect(await run('plan --detailed-exitcode')).toEqual({
    exitCode: 0,
    stdout: 'Nothing to do: 4 resources as stated.\n',
    stderr: '',
  });
});

test('what is logged goes to standard error, at each level more', async () => {
  folder.write({ 'logto.yaml': webShop });
  const quiet = await run('plan --log-level error');
  const loud = await run('plan --log-level debug');
  expect(quiet.stderr).toBe('');
  expect(loud.stdout).toBe(quiet.stdout);
  expect(loud.stderr).toMatch(
    /^(debug request method=(GET|POST) path=\/\S+ status=200 milliseconds=\d+ attempt=1 requestId=\S+\n)+info total .+\n$/,
  );
  await emulator.faults([{ type: 'status', path: '/api/applications*', status: 503, count: 1 }]);
  expect((await run('plan --log-level info')).stderr).toMatch(
    /^info retry method=GET path=\/api\/applications\S* attempt=1 waitMilliseconds=\d+ reason=.+\ninfo total .+\n$/,
  );
});

test('plan and drift as JSON are what schema/plan.schema.json says', async () => {
  folder.write({ 'logto.yaml': orders });
  const created = await run('plan --format json');
  expect(created).toMatchObject({ exitCode: 0, stderr: '' });
  expect(parsePlan(created.stdout)).toMatchObject({
    formatVersion: 1,
    stack: 'orders',
    endpoint: emulator.url,
    summary: { create: 4, update: 0, replace: 0, delete: 0, adopt: 0, move: 0, unchanged: 0 },
    blocked: [],
    warnings: [],
  });
  await run('apply --yes');
  await emulator.request('POST', '/api/roles', { name: 'Writer', description: 'Writes' });
  folder.write({
    'logto.yaml': orders
      .replace('urn:orders', 'urn:other')
      .replace('https://orders.example.com', 'https://api.example.com/orders')
      .replace('  worker: { name: Worker', '  web: { name: Web shop, type: SPA }\n  worker: { name: Robot')
      .replace('roles:\n', 'roles:\n  writer: { name: Writer, description: Writes orders }\n'),
  });
  const changed = await run('plan --format json');
  expect(changed.exitCode).toBe(0);
  const document = parsePlan(changed.stdout);
  const { actions } = document as {
    readonly actions: readonly { readonly type: string; readonly address: string }[];
  };
  expect(actions.map(({ type, address }) => `${type} ${address}`)).toEqual([
    'replace apiResources.orders',
    'replace apiResources.orders.scopes.orders:read',
    'adopt roles.writer',
    'update roles.reader',
    'create applications.web',
    'update applications.worker',
  ]);
  const drifted = await run('drift --format json');
  expect({ ...parsePlan(drifted.stdout), exitCode: drifted.exitCode }).toMatchObject({
    exitCode: 0,
    drifted: 0,
    pending: 6,
    actions: actions.map(({ address }) => ({ address, cause: 'manifest' })),
  });
});

test('a changed tenant is drift, exit 2; a manifest that is not applied yet only with --pending', async () => {
  folder.write({ 'logto.yaml': webShop });
  await run('apply --yes');
  expect(await run('drift')).toEqual({
    exitCode: 0,
    stdout: 'No drift: 1 resource as stated.\n',
    stderr: '',
  });
  folder.write({ 'logto.yaml': webShop.replace('type: SPA', 'type: SPA, description: New') });
  expect((await run('drift')).exitCode).toBe(0);
  expect((await run('drift --pending')).exitCode).toBe(2);
  folder.write({ 'logto.yaml': webShop });
  const { body } = await emulator.request('GET', '/api/applications');
  const [web] = body as readonly { readonly id: string }[];
  await emulator.request('PATCH', `/api/applications/${web?.id ?? ''}`, { name: 'Shop' });
  expect(await run('drift')).toEqual({
    exitCode: 2,
    stdout: expect.stringContaining('"Shop" → "Web shop"') as string,
    stderr: '',
  });
});

test('an answer that no Logto gives is exit 1, asks to look closer, and shows where only when asked', async () => {
  folder.write({ 'logto.yaml': webShop });
  const wrong = {
    type: 'status',
    method: 'GET',
    path: '/api/applications',
    status: 200,
    count: 'always',
    body: {},
  };
  await emulator.faults([wrong]);
  const { exitCode, stdout, stderr } = await run('plan');
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  expect(stderr).toMatch(/^error: the server sent something else than a list\n {2}is this a Logto/);
  expect(stderr).not.toContain('    at ');
});

test('a plan that a safety rule forbids is shown, with why; apply is exit 5 and changes nothing', async () => {
  folder.write({ 'logto.yaml': webShop });
  await run('apply --yes');
  folder.write({ 'logto.yaml': webShop.replace('SPA', 'Native') });
  const planned = await run('plan');
  expect(planned).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^± applications\.web {3}type cannot be changed in place\n/) as string,
    stderr: expect.stringMatching(
      /^\napply will refuse this plan:\nlogto\.yaml:2:3 {2}error: .*\n.*\n.*pass --allow-replace/,
    ) as string,
  });
  await emulator.resetRequests();
  expect(await run('apply --yes')).toEqual({
    exitCode: 5,
    stdout: planned.stdout,
    stderr: expect.stringMatching(/^refused: a safety rule forbids this plan\n/) as string,
  });
  expect((await emulator.requests()).writes).toBe(0);
});

describe('a plan that is kept', () => {
  test('is applied as it was shown, without a question, with the flags that it was made with', async () => {
    folder.write({
      'tenant/a.yaml': orders,
      'prod.yaml': 'roles: { reader: { description: In production } }\n',
    });
    const planned = await run('plan -f tenant --overlay prod.yaml --stack prod --out plan.json');
    const document = parsePlan(folder.read('plan.json'));
    expect(document['inputs']).toEqual({ file: ['tenant'], overlay: ['prod.yaml'], stack: 'prod' });
    const applied = await run('apply plan.json');
    expect(applied).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(planned.stdout) as string });
    expect((await run('plan -f tenant --overlay prod.yaml --stack prod')).stdout).toMatch(/^Nothing to do/);
  });

  test('is refused once the tenant or the manifest is another, and says what to do', async () => {
    folder.write({ 'logto.yaml': orders });
    await run('plan --out plan.json');
    folder.write({ 'logto.yaml': orders.replace('Reads orders', 'Reads') });
    await emulator.resetRequests();
    const stale = {
      exitCode: 5,
      stdout: '',
      stderr: expect.stringMatching(
        /^refused: the plan is stale: it was made with digest [0-9a-f]{32}, and is now [0-9a-f]{32}\n {2}the tenant or the manifest has changed since; plan again, look at it, and apply that plan\n$/,
      ) as string,
    };
    expect(await run('apply plan.json')).toEqual(stale);
    folder.write({ 'logto.yaml': orders });
    await emulator.request('POST', '/api/roles', {
      name: 'Reader',
      description: 'Old',
      type: 'MachineToMachine',
    });
    await emulator.resetRequests();
    expect(await run('apply plan.json')).toEqual(stale);
    expect((await emulator.requests()).writes).toBe(0);
  });

  test('may be given by its digest alone', async () => {
    folder.write({ 'logto.yaml': webShop });
    const digest = /digest (\w+)/.exec((await run('plan')).stdout)?.[1] ?? '';
    expect(
      (await run(`apply --digest ${digest.replace(/./, (first) => (first === '0' ? '1' : '0'))}`)).exitCode,
    ).toBe(5);
    expect((await run(`apply --digest ${digest}`)).exitCode).toBe(0);
  });

  test('is exit 3 when it cannot be read, is no plan, or cannot be written', async () => {
    folder.write({ 'logto.yaml': webShop, 'notes.json': '{}', 'text.json': 'no plan' });
    const hint = '  make one with `logto-iac plan --out FILE`\n';
    for (const [line, message] of [
      ['apply none.json', /^error: cannot read the plan none\.json: /],
      ['apply text.json', /^error: cannot read the plan text\.json: /],
      ['apply notes.json', /^error: notes\.json is no plan of this version of logto-iac\n/],
    ] as const) {
      const { exitCode, stderr } = await run(line);
      expect({ line, exitCode }).toEqual({ line, exitCode: 3 });
      expect(stderr).toMatch(message);
      expect(stderr).toContain(hint);
    }
    expect(await run('plan --out no/such/folder.json')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^error: cannot write no\/such\/folder\.json: /) as string,
    });
  });
});
