import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';

const emulator = useEmulator();
const folder = mkdtempSync(join(tmpdir(), 'logto-iac-homes-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (line: string) => runCli(line.split(' '), { folder, tenant: emulator });
beforeEach(() => {
  writeFileSync(join(folder, 'logto.yaml'), 'applications: { web: { name: Web, type: SPA } }\n');
  rmSync(join(folder, 'ledger.json'), { force: true });
});

test('a saved plan is applied to the ledger that it was made with', async () => {
  await run('plan --ledger file:ledger.json --out plan.json');
  expect(await run('apply plan.json')).toMatchObject({ exitCode: 0 });
  expect(existsSync(join(folder, 'ledger.json'))).toBe(true);
  expect((await run('plan --ledger file:ledger.json --detailed-exitcode')).exitCode).toBe(0);
  await run('plan --ledger file:other.json --out plan.json --adopt');
  expect(await run('apply plan.json --ledger file:ledger.json')).toMatchObject({ exitCode: 5 });
});

test('the application that keeps the ledger is never touched', async () => {
  const { body } = await emulator.request('POST', '/api/applications', {
    name: 'Keeper',
    type: 'MachineToMachine',
  });
  const { id } = body as { readonly id: string };
  writeFileSync(
    join(folder, 'logto.yaml'),
    `applications: { keeper: { id: ${id}, name: Keeper 2, type: MachineToMachine } }\n`,
  );
  const { exitCode, stderr } = await run(`plan --ledger-application ${id}`);
  expect(exitCode).toBe(5);
  expect(stderr).toContain('which is never touched: it keeps the ledger');
});

test('a file for ids that cannot be written is told before anything is done', async () => {
  const { exitCode, stderr } = await run('apply --yes --ids nowhere/ids.json');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 3,
    stderr: 'error: cannot write nowhere/ids.json: its folder is not there, or must not be written to\n',
  });
  expect((await emulator.requests()).writes).toBe(0);
});

test('without a lock, too, a plan that is stale by now is not applied', async () => {
  await run('apply --yes');
  writeFileSync(join(folder, 'logto.yaml'), 'applications: { web: { name: Shop, type: SPA } }\n');
  const { stdout } = await run('plan --format json');
  const { digest, actions } = JSON.parse(stdout) as { digest: string; actions: { id: string }[] };
  await emulator.request('PATCH', `/api/applications/${actions[0]?.id ?? ''}`, { name: 'Shop 2' });
  expect(await run(`apply --no-lock --digest ${digest}`)).toMatchObject({ exitCode: 5 });
});

test('adopt --dry-run prints JSON where it is asked to', async () => {
  await run('apply --yes --ledger none');
  const { exitCode, stdout } = await run('adopt --dry-run --format json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, summary: { adopt: 1 } });
});

test('what another application keeps the ledger of belongs to somebody', async () => {
  const { body } = await emulator.request('POST', '/api/applications', {
    name: 'CI',
    type: 'MachineToMachine',
  });
  const { id } = body as { readonly id: string };
  const role = 'roles: { clerk: { name: Clerk, description: Works } }\n';
  writeFileSync(join(folder, 'logto.yaml'), `stack: shop\n${role}`);
  expect(await run(`apply --yes --ledger-application ${id}`)).toMatchObject({ exitCode: 0 });
  writeFileSync(join(folder, 'logto.yaml'), `stack: other\n${role}`);
  const { exitCode, stderr } = await run('plan');
  expect(exitCode).toBe(5);
  expect(stderr).toContain(`belongs to the stack "shop", whose ledger application ${id} keeps`);
});

test('an occupied port is told, and the process ends', async () => {
  const { exitCode, stderr } = await run(`emulator --port ${new URL(emulator.url).port}`);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 3,
    stderr:
      `error: the port ${new URL(emulator.url).port} is in use\n` +
      '  name another one with --port; 0 takes any that is free\n',
  });
});
