import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { orders, useFolder, webShop } from './folder';
import { program, startCli, startOnTerminal } from './running';

const emulator = useEmulator();
const folder = useFolder();
const run = (line: string) => runCli(line.split(' '), { folder: folder.path, tenant: emulator });
const start = (line: string) => startCli(line.split(' '), { folder: folder.path, tenant: emulator });
const startThere = (line: string, environment = {}) =>
  startOnTerminal(line.split(' '), { folder: folder.path, tenant: emulator, environment });

const names = async (path: string) => {
  const { body } = await emulator.request('GET', path);
  return (body as readonly { readonly name: string }[]).map(({ name }) => name).sort();
};
const slow = (method: string, path: string) => ({
  type: 'latency',
  method,
  path,
  milliseconds: 1500,
  when: 'before',
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while applying ends what is under way, writes the ledger, releases the lock and is exit 6; the next run does the rest',
  async (signal) => {
    folder.write({ 'logto.yaml': orders });
    await emulator.faults([slow('POST', '/api/roles')]);
    const applying = start('apply --yes');
    await applying.until('✓ created apiResources.orders.scopes.orders:read');
    applying.kill(signal);
    const { exitCode, output } = await applying.ended;
    expect(exitCode).toBe(6);
    expect(output).toContain('\nfinishing what is under way …\n');
    expect(output).toMatch(
      /✓ created roles\.reader \w+\n· applications\.worker was not reached: interrupted\n/,
    );
    expect(output).toMatch(
      /3 done, 0 failed, 1 not reached {3}\(.*\)\nInterrupted\. Nothing is lost: apply again to do the rest\.\n$/,
    );
    expect(await names('/api/resources')).toEqual(['Logto Management API', 'Orders API']);
    expect((await run('ledger show')).stdout).toMatch(/^The stack "orders" owns 3 objects/);
    expect(await run('apply --yes')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('\n1 to create, 3 unchanged ') as string,
    });
    expect(await names('/api/applications')).toEqual(['Management API tester', 'Worker']);
  },
);

test('a second signal ends it at once; the next run breaks the lock that was left and makes nothing twice', async () => {
  folder.write({ 'logto.yaml': orders });
  await emulator.faults([slow('POST', '/api/roles')]);
  const applying = start('apply --yes');
  await applying.until('✓ created apiResources.orders.scopes.orders:read');
  applying.kill('SIGINT');
  await applying.until('finishing what is under way');
  applying.kill('SIGINT');
  expect((await applying.ended).exitCode).toBe(130);
  const again = await run('apply --yes');
  expect(again.exitCode).toBe(0);
  expect(again.stderr).toMatch(/^the lock was left behind by .*, which no longer runs: broken\n/);
  expect([await names('/api/resources'), await names('/api/applications')]).toEqual([
    ['Logto Management API', 'Orders API'],
    ['Management API tester', 'Worker'],
  ]);
});

test('who waits for a lock can be stopped', async () => {
  folder.write({ 'logto.yaml': webShop });
  const holder = { user: 'ann', host: 'h', process: 1, since: 'now', machine: 'x', nonce: 'y' };
  const indicator = 'urn:logto-iac:lock:default';
  await emulator.request('POST', '/api/resources', { name: JSON.stringify(holder), indicator });
  const waiting = start('apply --yes --lock-timeout 600');
  await waiting.until('waiting for the lock');
  waiting.kill('SIGTERM');
  expect((await waiting.ended).exitCode).toBe(5);
});

describe('on a terminal', () => {
  test('apply asks, and only "yes" is a yes', async () => {
    folder.write({ 'logto.yaml': webShop });
    for (const answer of ['no\r', 'y\r', '\r', '\u0003', '\u0004']) {
      const asking = startThere('apply');
      await asking.until('Only "yes" is accepted: ');
      asking.write(answer);
      const { exitCode, output } = await asking.ended;
      expect({ answer, exitCode }).toEqual({ answer, exitCode: 0 });
      expect(output).toMatch(/Nothing has been done\.\r\n$/);
    }
    expect(await names('/api/applications')).toEqual(['Management API tester']);
    const asking = startThere('apply');
    await asking.until(`Apply this to ${emulator.url}? Only "yes" is accepted: `);
    asking.write('yes\r');
    expect((await asking.ended).exitCode).toBe(0);
    expect(await names('/api/applications')).toEqual(['Management API tester', 'Web shop']);
  });

  test('what was shown is what is applied: a tenant that changed during the question is refused', async () => {
    folder.write({ 'logto.yaml': 'roles: { reader: { name: Reader, description: Reads } }\n' });
    const asking = startThere('apply');
    await asking.until('Only "yes" is accepted: ');
    await emulator.request('POST', '/api/roles', { name: 'Reader', description: 'Somebody else' });
    asking.write('yes\r');
    const { exitCode, output } = await asking.ended;
    expect(exitCode).toBe(5);
    expect(output).toContain('refused: the plan is stale');
    expect(await names('/api/resources')).toEqual(['Logto Management API']);
  });

  test('there are colours, and none with NO_COLOR, with TERM=dumb, or in a pipe', async () => {
    folder.write({ 'logto.yaml': webShop });
    // What colours begin with; a bar erases with another sequence.
    const escape = '\u001b[3';
    const colours = async (environment: Readonly<Record<string, string>>) => {
      const { output } = await startThere('plan', environment).ended;
      return output.includes(escape);
    };
    expect(await Promise.all([colours({}), colours({ NO_COLOR: '1' }), colours({ TERM: 'dumb' })])).toEqual([
      true,
      false,
      false,
    ]);
    expect((await run('plan')).stdout).not.toContain(escape);
  });

  test('slow work shows how far it is, and what it has cost; not in CI, and not with --quiet', async () => {
    folder.write({ 'logto.yaml': webShop });
    await emulator.faults([{ ...slow('GET', '/api/applications*'), count: 'always' }]);
    const outputs = ['plan', 'CI plan', 'plan --quiet'].map(async (line) => {
      const [command, environment] = line.startsWith('CI ') ? [line.slice(3), { CI: 'true' }] : [line, {}];
      return (await startThere(command, environment).ended).output;
    });
    const [bar = '', inCi, quiet] = await Promise.all(outputs);
    const erased = '\r\u001b[K';
    expect(bar.replaceAll(erased, '←')).toMatch(
      /reading the tenant {2}\d+ requests {2}\d+ s←.*\d+ requests, 0 of them writes, /s,
    );
    expect(inCi).not.toContain('reading the tenant  ');
    expect(quiet).not.toContain('requests');
  });
});

test('a reader that has seen enough is no error', async () => {
  const pipe = `set -o pipefail; '${process.execPath}' '${program}' schema | head -1`;
  const child = spawn('bash', ['-c', pipe], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '{\n', stderr: '' });
});
