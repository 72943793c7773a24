import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';

const emulator = useEmulator();
const folder = mkdtempSync(join(tmpdir(), 'logto-iac-'));

beforeAll(() => {
  const script = join(__dirname, '..', '..', 'bench', 'large-manifest.mjs');
  writeFileSync(join(folder, 'logto.yaml'), execFileSync(process.execPath, [script]));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (...args: readonly string[]) => runCli(args, { folder, tenant: emulator });

test('a large tenant is made, planned and applied again with few requests, at most 16 of them at once', async () => {
  const first = await run('apply', '--yes');
  expect(first.stdout).toContain('420 done, 0 failed, 0 not reached');
  const applied = await emulator.requests();
  // 420 objects, roles with their permissions; and 50 machines get their role.
  const additions = applied.requests.filter(
    ({ method, path }) => method === 'POST' && path.startsWith('/api/'),
  );
  expect(additions.length).toBeGreaterThanOrEqual(420 + 50);
  // And what is written about it: the ledger before and after, a lock taken and given back.
  expect(applied.writes).toBeLessThanOrEqual(420 + 50 + 10);

  await emulator.resetRequests();
  // Only answers that take their time show how many requests are under way at once.
  await emulator.faults([{ type: 'latency', milliseconds: 5, count: 'always' }]);
  const planned = await run('plan', '--detailed-exitcode');
  const nothing = { exitCode: 0, stdout: 'Nothing to do: 420 resources as stated.\n', stderr: '' };
  expect(planned).toEqual(nothing);
  const { total, writes, tokens, maxInFlight } = await emulator.requests();
  expect({ writes, tokens }).toEqual({ writes: 0, tokens: 1 });
  expect(total).toBeLessThanOrEqual(130);
  expect(maxInFlight).toBeGreaterThan(1);
  expect(maxInFlight).toBeLessThanOrEqual(16);

  await emulator.resetRequests();
  expect(await run('apply', '--yes')).toEqual(nothing);
  const noOp = await emulator.requests();
  expect(noOp.writes).toBe(0);
  expect(noOp.total).toBeLessThanOrEqual(130);
}, 180_000);
