import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

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

/** A tar with one empty file, in which there is no database. */
function tarOfNothing(): Buffer {
  const header = Buffer.alloc(512);
  header.write('nothing', 0);
  header.write('0000644\0', 100);
  header.write('00000000000\0', 124);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, Buffer.alloc(1024)]);
}

const damaged: readonly Buffer[] =
  process.env['LOGTO_IAC_LONG'] === undefined
    ? [gzipSync(tarOfNothing())]
    : [gzipSync(tarOfNothing()), gzipSync('no tar '.repeat(1000))];

test('the prepared database is made when there is none, also by two at once, and again when it is damaged', async () => {
  const cache = join(folder, 'cache');
  expect(await Promise.all([1, 2].map(() => roleCount(['--cache', cache])))).toEqual(['1', '1']);
  const [dump = '', ...others] = readdirSync(cache);
  expect(others).toEqual([]);
  for (const content of damaged) {
    writeFileSync(join(cache, dump), content);
    expect(await roleCount(['--cache', cache])).toBe('1');
    expect(readFileSync(join(cache, dump)).length).toBeGreaterThan(1_000_000);
  }
}, 120_000);

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
