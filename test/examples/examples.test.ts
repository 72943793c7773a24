import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { loadManifest } from '../../src/index';
import { kinds } from '../../src/kinds';
import { useEmulator, type TestEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { prepareExistingTenant } from './existing-tenant';
import { secretsOfFullTenant } from './full-tenant';

interface Example {
  /** The flags of each way in which the example can be used. */
  readonly ways: readonly (readonly string[])[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Makes what the example needs before it is planned, and gives more flags. */
  readonly prepare?: (emulator: TestEmulator) => Promise<readonly string[]>;
}

const examplesFolder = join(__dirname, '..', '..', 'examples');
const erpApiKey = 'canary-4b1d0e';
const synthesized = mkdtempSync(join(tmpdir(), 'logto-iac-constructs-'));

/** Constructs are programs: they write the manifest that is planned. */
async function synthesize(): Promise<readonly string[]> {
  await promisify(execFile)(process.execPath, [join(examplesFolder, 'constructs', 'main.js')], {
    env: { ...process.env, CDKTF_OUTDIR: synthesized },
  });
  return [];
}

/** What Terraform knows when it applies, and hands over in the environment. */
const terraformValues = {
  LOGTO_IAC_VAR_applications_web_oidcClientMetadata_redirectUris_0: 'http://localhost:3000/callback',
  LOGTO_IAC_VAR_applications_web_oidcClientMetadata_postLogoutRedirectUris_0: 'http://localhost:3000',
};

const examples: Readonly<Record<string, Example>> = {
  constructs: {
    ways: [['-f', join(synthesized, 'stacks', 'shop', 'logto')]],
    environment: terraformValues,
    prepare: synthesize,
  },
  'existing-tenant': {
    ways: [['-f', 'logto.yaml']],
    prepare: async (emulator) => [`--var=reportsId=${(await prepareExistingTenant(emulator)).reportsId}`],
  },
  'full-tenant': { ways: [['-f', '.']], environment: secretsOfFullTenant },
  gitops: {
    ways: [
      ['-f', 'base', '--overlay', 'overlays/dev.yaml'],
      ['-f', 'base', '--overlay', 'overlays/prod.yaml'],
    ],
    environment: { ERP_API_KEY: erpApiKey },
  },
  'quick-start': { ways: [['-f', 'logto.yaml']] },
};

const runs = Object.entries(examples).flatMap(([name, { ways, ...example }]) =>
  ways.map((flags, index) => ({ name, line: `${name} (${index + 1} of ${ways.length})`, flags, ...example })),
);

afterAll(() => {
  rmSync(synthesized, { recursive: true });
});

/** Examples of several tenants have a file of tests each. */
const testedElsewhere = ['environments'];

test('every folder in examples/ is run by the tests below, or has tests of its own', () => {
  const folders = readdirSync(examplesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name)).toEqual([...Object.keys(examples), ...testedElsewhere].sort());
  expect(readdirSync(__dirname)).toEqual(
    expect.arrayContaining(testedElsewhere.map((name) => `${name}.test.ts`)),
  );
});

test('the full tenant uses every kind that a Logto of one’s own offers', async () => {
  const { desired } = await loadManifest({
    files: [join(examplesFolder, 'full-tenant')],
    environment: secretsOfFullTenant,
    variables: {},
  });
  const used = new Set([...desired.values()].map(({ kind }) => kind.name));
  const all = kinds.flatMap((kind) => [kind, ...Object.values(kind.children ?? {})]);
  const unused = all.map(({ name }) => name).filter((name) => !used.has(name));
  // Custom domains need Logto Cloud.
  expect(unused).toEqual(['domains']);
});

describe.each(runs)('example $line', ({ name, flags, environment = {}, prepare }) => {
  const emulator = useEmulator();

  test('is planned and applied, and then there is nothing to do', async () => {
    const moreFlags = (await prepare?.(emulator)) ?? [];
    const run = (...command: readonly string[]) =>
      runCli([...command, ...flags, ...moreFlags], {
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
      expect(stdout + stderr).not.toContain('canary-');
    }
  });
});
