import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { useEmulator, type TestEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { prepareExistingTenant } from './existing-tenant';

interface Example {
  /** The flags of each way in which the example can be used. */
  readonly ways: readonly (readonly string[])[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Puts into the tenant what the example expects there, and gives the values of its variables. */
  readonly prepare?: (emulator: TestEmulator) => Promise<Readonly<Record<string, string>>>;
}

const erpApiKey = 'canary-4b1d0e';

const examples: Readonly<Record<string, Example>> = {
  'existing-tenant': { ways: [['-f', 'logto.yaml']], prepare: prepareExistingTenant },
  gitops: {
    ways: [
      ['-f', 'base', '--overlay', 'overlays/dev.yaml'],
      ['-f', 'base', '--overlay', 'overlays/prod.yaml'],
    ],
    environment: { ERP_API_KEY: erpApiKey },
  },
  'quick-start': { ways: [['-f', 'logto.yaml']] },
};

const examplesFolder = join(__dirname, '..', '..', 'examples');
const runs = Object.entries(examples).flatMap(([name, { ways, ...example }]) =>
  ways.map((flags) => ({ name, line: [name, ...flags].join(' '), flags, ...example })),
);

test('every folder in examples/ is run by the tests below', () => {
  const folders = readdirSync(examplesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name)).toEqual(Object.keys(examples));
});

describe.each(runs)('example $line', ({ name, flags, environment = {}, prepare }) => {
  const emulator = useEmulator();

  test('is planned and applied, and then there is nothing to do', async () => {
    const variables = Object.entries((await prepare?.(emulator)) ?? {});
    const values = variables.map(([variable, value]) => `--var=${variable}=${value}`);
    const run = (...command: readonly string[]) =>
      runCli([...command, ...flags, ...values], {
        folder: join(examplesFolder, name),
        tenant: emulator,
        environment,
      });

    const planned = await run('plan', '--detailed-exitcode');
    expect(planned).toEqual({
      exitCode: 2,
      stdout: expect.stringContaining(' to create') as string,
      stderr: '',
    });
    const applied = await run('apply', '--yes');
    expect(applied).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(' done, 0 failed') as string,
    });
    await emulator.resetRequests();
    const again = await run('apply', '--yes');
    expect(again).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^Nothing to do: /) as string,
      stderr: '',
    });
    expect((await emulator.requests()).writes).toBe(0);
    for (const { stdout, stderr } of [planned, applied, again]) {
      expect(stdout + stderr).not.toContain(erpApiKey);
    }
  });
});
