import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { runEmulator, type RunningEmulator } from '../support/run-emulator.js';
import { finishedAreas } from './finished-areas.js';

const contract = join(__dirname, '..', 'logto-contract');

interface Result {
  readonly name: string;
  readonly mismatches: readonly unknown[];
}

/** Plays recorded scenarios in a process of its own: the player is an ES module, which jest cannot load. */
async function play(emulator: RunningEmulator, area: string): Promise<readonly Result[]> {
  const { url, appId, appSecret } = emulator.connection;
  const options = ['--base-url', url, '--app-id', appId, '--app-secret', appSecret, '--only', `${area}/*`];
  const reset = `${JSON.stringify(process.execPath)} -e "fetch('${url}/__reset', { method: 'POST' })"`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(contract, 'play.mjs'), ...options, '--reset', reset, '--json'],
    { maxBuffer: 64 * 1024 * 1024 },
  ).catch((error: unknown) => error as { readonly stdout: string });
  return JSON.parse(stdout) as readonly Result[];
}

let emulator: RunningEmulator;

beforeAll(async () => {
  emulator = await runEmulator();
});

afterAll(() => emulator.stop());

describe.each(finishedAreas)('Logto 1.42.0 recorded: %s', (area) => {
  let results: readonly Result[];

  beforeAll(async () => {
    results = await play(emulator, area);
  }, 120_000);

  const scenarios = readdirSync(join(contract, 'scenarios', area)).map((file) => file.replace(/\.json$/, ''));

  test.each(scenarios)(`${area}/%s`, (scenario) => {
    expect(results).toContainEqual({ name: `${area}/${scenario}`, passed: true, mismatches: [] });
  });
});
