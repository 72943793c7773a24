import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { emulatorAt } from '../support/emulator.js';
import { emulatorMain, runEmulator } from '../support/run-emulator.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-iac-emulator-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function roleCount(options: readonly string[], newRole?: string): Promise<string | null> {
  const running = await runEmulator(...options);
  try {
    const emulator = emulatorAt(running.connection);
    if (newRole) await emulator.request('POST', '/api/roles', { name: newRole, description: 'd' });
    return (await emulator.request('GET', '/api/roles')).headers.get('total-number');
  } finally {
    await running.stop();
  }
}

test('a data directory keeps the tenant between runs until it is reset', async () => {
  const data = ['--data', join(folder, 'tenant')];
  expect(await roleCount(data, 'kept')).toBe('2');
  expect(await roleCount(data)).toBe('2');
  expect(await roleCount([...data, '--reset'])).toBe('1');
}, 60_000);

test('the prepared database is made anew when the cache is empty or damaged', async () => {
  const cache = join(folder, 'cache');
  expect(await roleCount(['--cache', cache])).toBe('1');
  const [dump = ''] = readdirSync(cache);
  writeFileSync(join(cache, dump), 'damaged');
  expect(await roleCount(['--cache', cache])).toBe('1');
  expect(readFileSync(join(cache, dump)).length).toBeGreaterThan(1_000_000);
}, 60_000);

test('without its packages the emulator says what to install', async () => {
  cpSync(dirname(emulatorMain), join(folder, 'emulator'), { recursive: true });
  const run = promisify(execFile)(process.execPath, [join(folder, 'emulator', 'main.js')]);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr:
      'The emulator needs the package @logto/schemas. Install what it runs on:\n' +
      '  npm install --save-dev @logto/schemas@1.42.0 @electric-sql/pglite@0.5.16\n',
  });
});
