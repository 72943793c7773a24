import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { orders, useFolder, webShop } from './folder';

const emulator = useEmulator();
const folder = useFolder();
const run = (line: string) => runCli(line.split(' '), { folder: folder.path, tenant: emulator });

const done = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' });
const nobodyToAsk = {
  exitCode: 3,
  stdout: '',
  stderr: expect.stringMatching(/error: there is nobody to ask\n {2}pass --yes\n$/) as string,
};

async function customDataKeys(applicationId: string): Promise<readonly string[]> {
  const { body } = await emulator.request('GET', `/api/applications/${applicationId}`);
  const { customData } = body as { readonly customData: Readonly<Record<string, unknown>> };
  return Object.keys(customData).filter((key) => customData[key] !== null);
}

test('ledger show tells which address owns which object, where it is declared and what is special about it', async () => {
  await emulator.request('POST', '/api/roles', { name: 'Clerk', description: 'Sells' });
  folder.write({
    'logto.yaml': `applications:
  web: { name: Web shop, type: SPA, lifecycle: { protect: true } }
  worker: { name: Worker, type: MachineToMachine, lifecycle: { onRemove: release } }
roles:
  clerk: { name: Clerk, description: Sells }
`,
  });
  await run('apply --yes');
  const { exitCode, stdout, stderr } = await run('ledger show');
  expect({ exitCode, stdout: stdout.replaceAll(/ [a-z0-9]{21} /g, ' ID '), stderr }).toEqual(
    done(
      [
        `The stack "default" owns 3 objects; kept in the custom data of application ${emulator.appId}.`,
        'applications.web     ID  logto.yaml:2, protected',
        'applications.worker  ID  logto.yaml:3, released when removed',
        'roles.clerk          ID  logto.yaml:5, adopted',
        '',
      ].join('\n'),
    ),
  );
  expect(await run('ledger show --stack other')).toEqual(
    done(`The stack "other" owns 0 objects; kept in the custom data of application ${emulator.appId}.\n`),
  );
});

test('an exported ledger can be imported again, after a question, and into no other stack', async () => {
  folder.write({ 'logto.yaml': orders });
  await run('apply --yes');
  const before = await run('ledger export');
  folder.write({ 'saved.json': before.stdout });
  await emulator.request('PATCH', `/api/applications/${emulator.appId}`, { customData: {} });
  expect((await run('plan')).exitCode).toBe(5);
  expect(await run('ledger import saved.json')).toEqual(nobodyToAsk);
  expect(await run('ledger import saved.json --yes')).toEqual(done('The stack "orders" owns 4 objects.\n'));
  expect(await run('ledger export')).toEqual(before);
  expect(await run('plan')).toEqual(done('Nothing to do: 4 resources as stated.\n'));
  expect(await run('ledger import saved.json --yes --stack other')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: 'error: saved.json is the ledger of the stack "orders", not of "other"\n',
  });
});

test('what is no exported ledger is exit 3', async () => {
  folder.write({ 'notes.json': '{"version":1}', 'text.json': 'nothing' });
  expect(await run('ledger import notes.json --yes')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: 'error: notes.json is no exported ledger\n  make one with `logto-iac ledger export`\n',
  });
  for (const name of ['text.json', 'none.json']) {
    expect(await run(`ledger import ${name} --yes`)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^error: cannot read the ledger ${name}: .*\n`)) as string,
    });
  }
});

test('a ledger in a file leaves the tenant without one, and owns what it made', async () => {
  folder.write({ 'logto.yaml': orders, 'other.yaml': `stack: other\n${webShop}` });
  expect((await run('apply --yes --ledger file:ledger.json')).exitCode).toBe(0);
  expect((await run('apply --yes --ledger file:ledger.json -f other.yaml')).exitCode).toBe(0);
  expect(await customDataKeys(emulator.appId)).toEqual([]);
  expect(await run('plan --ledger file:ledger.json --detailed-exitcode')).toMatchObject({ exitCode: 0 });
  expect((await run('ledger show --ledger file:ledger.json')).stdout).toMatch(
    /^The stack "orders" owns 4 objects; kept in the file ledger\.json\.\n/,
  );
  expect((await run('destroy --stack orders --yes --ledger file:ledger.json')).exitCode).toBe(0);
  expect((await run('ledger show --stack other --ledger file:ledger.json')).stdout).toMatch(/owns 1 object;/);
  folder.write({ 'ledger.json': '{"version":7}' });
  expect(await run('plan --ledger file:ledger.json')).toEqual({
    exitCode: 5,
    stdout: '',
    stderr:
      'refused: the file ledger.json is no ledger of this version of logto-iac\n' +
      '  restore it from version control or a backup, or name another file; without it the stack does not know what it owns\n',
  });
});

test('without a ledger nothing is remembered, so nothing is deleted', async () => {
  folder.write({ 'logto.yaml': orders });
  expect((await run('apply --yes --ledger none')).exitCode).toBe(0);
  expect(await customDataKeys(emulator.appId)).toEqual([]);
  expect(await run('destroy --stack orders --yes --ledger none')).toEqual(done('Nothing to do.\n'));
});

test('another application can keep the ledger', async () => {
  const { body } = await emulator.request('POST', '/api/applications', {
    name: 'Keeper',
    type: 'MachineToMachine',
  });
  const { id } = body as { readonly id: string };
  folder.write({ 'logto.yaml': webShop });
  expect((await run(`apply --yes --ledger-application ${id}`)).exitCode).toBe(0);
  expect(await customDataKeys(id)).toEqual(['logto-iac/default/applications']);
  expect(await customDataKeys(emulator.appId)).toEqual([]);
  expect((await run(`plan --ledger-application ${id}`)).stdout).toMatch(/^Nothing to do/);
  expect(await run('plan --ledger-application nobody')).toEqual({
    exitCode: 5,
    stdout: '',
    stderr:
      'refused: the ledger has no home: there is no machine-to-machine application nobody in this tenant\n' +
      '  sign in with an application of the tenant that you want to configure, name one that keeps the ledger (--ledger-application ID), or keep it in a file (--ledger file:PATH) or not at all (--ledger none: then nothing is ever deleted)\n',
  });
});

test('adopt --dry-run writes nothing, adopt the ledger alone', async () => {
  await emulator.request('POST', '/api/applications', { name: 'Web shop', type: 'SPA' });
  folder.write({ 'logto.yaml': webShop.replace('type: SPA', 'type: SPA, description: Ours') });
  await emulator.resetRequests();
  expect(await run('adopt --dry-run')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(
      /^→ applications\.web .*\n.*description is not set; the next apply makes it "Ours"\n/,
    ) as string,
    stderr: '',
  });
  expect((await emulator.requests()).writes).toBe(0);
  expect((await run('adopt --yes')).exitCode).toBe(0);
  const { requests } = await emulator.requests();
  const written = requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`);
  expect(written.filter((line) => !/^(POST|DELETE) \/api\/resources/.test(line))).toEqual([
    `PATCH /api/applications/${emulator.appId}/custom-data`,
  ]);
  expect((await run('plan')).stdout).toMatch(/^~ applications\.web\n {4}description {2}null → "Ours"\n/);
});

describe('a lock', () => {
  const takeLock = (stack: string, holder: object) =>
    emulator.request('POST', '/api/resources', {
      name: `logto-iac lock: somebody ${JSON.stringify(holder)}`,
      indicator: `urn:logto-iac:lock:${stack}`,
    });
  const ann = {
    user: 'ann',
    host: 'build-7',
    process: 4711,
    since: '2026-01-02T03:04:05.006Z',
    machine: 'x',
    nonce: 'y',
  };

  test('that somebody holds is exit 5 with the holder, is waited for when that is asked, and is nothing to plan or drift', async () => {
    folder.write({ 'logto.yaml': webShop });
    await takeLock('default', ann);
    const held = 'the stack "default" is locked by ann@build-7, process 4711, since 2026-01-02T03:04:05.006Z';
    expect(await run('apply --yes')).toMatchObject({
      exitCode: 5,
      stderr: `refused: ${held}\n  wait for it (--lock-timeout SECONDS), or break the lock if nobody is at work: logto-iac unlock --stack default\n`,
    });
    expect(await run('apply --yes --lock-timeout 1')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringMatching(/^waiting for the lock, which is held by ann@build-7/) as string,
    });
    expect((await run('plan')).stdout).toMatch(/\n1 to create, 0 unchanged /);
    expect(await run('apply --yes --no-lock')).toMatchObject({ exitCode: 0 });
    expect(await run('drift')).toMatchObject({ exitCode: 0 });
  });

  test('is broken by unlock, after a question', async () => {
    await takeLock('shop', ann);
    expect(await run('unlock --stack shop')).toEqual(nobodyToAsk);
    expect(await run('unlock --stack shop --yes')).toEqual({
      exitCode: 0,
      stdout: 'The lock is broken.\n',
      stderr: 'The stack "shop" is locked by ann@build-7, process 4711, since 2026-01-02T03:04:05.006Z.\n',
    });
    expect(await run('unlock --stack shop')).toEqual(done('The stack "shop" is not locked.\n'));
  });
});
