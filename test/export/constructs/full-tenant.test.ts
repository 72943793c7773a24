import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { kinds } from '../../../src/kinds';
import { loadManifest } from '../../../src/manifest/load-manifest';
import { useEmulator } from '../../support/emulator';
import { runCli } from '../../support/run-cli';
import { isFormatted } from './is-formatted';
import { complaintsOfCompiler, inProject } from './programs';

const example = join(__dirname, '..', '..', '..', 'examples', 'full-tenant');
const everything = kinds.filter(({ link }) => !link).map(({ name }) => name);

const secrets = Object.fromEntries(
  [
    'ACME_SSO_SECRET',
    'GITHUB_SECRET',
    'COMPANY_LOGIN_SECRET',
    'SMTP_PASSWORD',
    'CAPTCHA_SECRET',
    'TARIFF_API_KEY',
    'CRM_TOKEN',
    'TEST_PASSWORD',
  ].map((name) => [name, `canary-${name}`]),
);

const emulator = useEmulator();

const textsBelow = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')] as const);

/** What a file for a shell sets: `NAME='value'`. */
const variablesIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/^(\w+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
  );

test.each([
  ['in one file', ['--layout', 'single']],
  ['in a file for each kind, contents in files of their own', ['--layout', 'by-kind', '--files']],
])(
  'a tenant with every kind, exported %s, compiles and comes to the same manifest',
  async (_name, flags) => {
    const applied = await runCli(['apply', '-f', '.', '--yes'], {
      folder: example,
      tenant: emulator,
      environment: secrets,
    });
    expect(applied.exitCode).toBe(0);

    await inProject(async (folder) => {
      // Another ledger: what the one in the tenant holds belongs to the stack of the example.
      const run = async (args: readonly string[], environment = {}) => {
        const ledger = ['--ledger', 'file:ledger.json'];
        const result = await runCli([...args, ...ledger], { folder, tenant: emulator, environment });
        expect(result.stdout + result.stderr).not.toContain('canary-');
        return result;
      };
      const select = ['--stack', 'copy', '--only', everything.join(',')];
      const exported = await run([
        'export',
        ...select,
        '--format',
        'constructs',
        '--out',
        '.',
        ...flags,
        '--adopt',
      ]);
      expect({ ...exported, stderr: '' }).toEqual({ exitCode: 0, stdout: '', stderr: '' });

      expect(await complaintsOfCompiler(folder)).toBe('');
      await promisify(execFile)(process.execPath, [join('dist', 'main.js')], { cwd: folder });
      for (const [name, text] of textsBelow(folder)) {
        expect([name, text.includes('canary-')]).toEqual([name, false]);
        if (name.endsWith('.ts')) expect([name, await isFormatted(text)]).toEqual([name, true]);
      }

      const revealing = ['--reveal-secrets', 'secrets.env'];
      await run(['export', ...select, '--out', 'yaml', ...revealing]);
      const ofYaml = variablesIn(readFileSync(join(folder, 'secrets.env'), 'utf8'));
      await run(['export', ...select, '--format', 'constructs', ...revealing]);
      const ofProgram = variablesIn(readFileSync(join(folder, 'secrets.env'), 'utf8'));
      const synthesized = join(folder, 'cdktf.out', 'stacks', 'copy', 'logto');
      const fromProgram = await loadManifest({ files: [synthesized], environment: ofProgram });
      const fromYaml = await loadManifest({ files: [join(folder, 'yaml')], environment: ofYaml });
      expect(fromProgram.warnings).toEqual(fromYaml.warnings);
      expect(fromProgram.document).toEqual(fromYaml.document);
      expect(new Set(fromProgram.secrets)).toEqual(new Set(fromYaml.secrets));
      expect(Object.keys(fromYaml.document).sort()).toEqual(
        ['stack', ...everything.filter((name) => name !== 'domains')].sort(),
      );

      const planned = await run(['plan', '-f', synthesized, '--detailed-exitcode'], ofProgram);
      expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
    });
  },
  120_000,
);

test('without a folder, the program goes to standard output', async () => {
  await emulator.request('POST', '/api/roles', { name: 'Clerk', description: 'Works' });
  const run = (...flags: readonly string[]) =>
    runCli(['export', '--only', 'roles', '--format', ...flags], { tenant: emulator });
  const { exitCode, stdout } = await run('constructs');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`new Role(tenant, 'clerk', {
  name: 'Clerk',
  description: 'Works',
});
`);
  expect(await isFormatted(stdout)).toBe(true);
  expect((await run('constructs', '--layout', 'by-kind')).stderr).toContain('name a folder: --out DIR');
  expect(await run('terraform')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('--format terraform is none of yaml, constructs') as string,
  });
});
