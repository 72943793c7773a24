import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { runEmulator } from '../support/run-emulator.js';

const recordings = join(__dirname, '..', 'logto-contract', 'scenarios');
const areas = readdirSync(recordings);

let results: readonly { readonly name: string; readonly mismatches: readonly unknown[] }[];

beforeAll(async () => {
  const emulator = await runEmulator();
  try {
    const player = [join(__dirname, 'play-recordings.mjs'), JSON.stringify(emulator.connection)];
    const { stdout } = await promisify(execFile)(process.execPath, player, { maxBuffer: 64 * 1024 * 1024 });
    results = JSON.parse(stdout) as typeof results;
  } finally {
    await emulator.stop();
  }
}, 240_000);

describe.each(areas)('as Logto 1.42.0 answered: %s', (area) => {
  const scenarios = readdirSync(join(recordings, area)).map(
    (file) => `${area}/${file.replace(/\.json$/, '')}`,
  );

  test.each(scenarios)('%s', (name) => {
    expect(results.find((result) => result.name === name)).toEqual({ name, passed: true, mismatches: [] });
  });
});
