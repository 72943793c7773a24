import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { useFolder, webShop } from './folder';

const emulator = useEmulator();
const folder = useFolder();
const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runCli(['doctor', ...args], { folder: folder.path, tenant: emulator, environment });

const schema = readFileSync(join(__dirname, '..', '..', 'schema', 'manifest.schema.json'), 'utf8');

test('a tenant and a manifest with nothing wrong are exit 0', async () => {
  folder.write({
    'logto.schema.json': schema,
    'logto.yaml': `# yaml-language-server: $schema=./logto.schema.json\n${webShop}`,
  });
  expect(await run([])).toEqual({
    exitCode: 0,
    stdout: `✓ manifest     1 resource in the stack "default"
✓ schema       the schema that manifests name is that of this version
✓ settings     application ${emulator.appId} at ${emulator.url}
✓ endpoint     ${emulator.url} answers as Logto does
✓ issuer       it goes by that address itself
✓ clock        this machine and the server agree on the time
✓ credentials  application ${emulator.appId} signs in
✓ permission   permission "all" on ${emulator.resource}
✓ role         roles of the application: "Logto Management API access"
✓ version      this Logto has all 22 sections of manifests, as Logto 1.42 does; it does not offer protected applications (they need Logto Cloud)
✓ ledger       the stack "default" owns 0 objects; kept in the custom data of application ${emulator.appId}
✓ lock         the stack "default" is not locked

Everything is as it should be.
`,
    stderr: '',
  });
});

test('a mistake in the manifest and a setting that is missing are exit 3, and what can be looked at is', async () => {
  folder.write({ 'logto.yaml': `${webShop}  worker: { name: Worker, type: Robot }\n` });
  const { exitCode, stdout, stderr } = await run([], { LOGTO_APP_SECRET: '' });
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
  expect(stdout.split('\n').filter((line) => !line.startsWith('✓'))).toEqual([
    expect.stringMatching(/^✗ manifest {5}logto\.yaml:3:\d+ {2}.*type/) as string,
    '               → logto-iac validate shows all of it',
    '! schema       logto.yaml names no schema, so that editors cannot complete and check it',
    '               → logto-iac schema > logto.schema.json, and write above it: # yaml-language-server: $schema=./logto.schema.json',
    '✗ settings     it is not said which tenant to talk to; missing: LOGTO_APP_SECRET, of the same application',
    '               → create the application in the Console and give it the role "Logto Management API access"',
    ...['credentials', 'permission', 'role', 'version'].map(
      (check) => `- ${check.padEnd(11)}  not checked: settings comes first`,
    ),
    '- ledger       not checked: manifest comes first',
    '- lock         not checked: settings comes first',
    '',
    '2 failed, 1 warning, 6 not checked.',
    '',
  ]);
});

test('without a manifest the tenant is looked at, and JSON says the same: exit 4 where the secret is wrong', async () => {
  const { exitCode, stdout, stderr } = await run(['--stack', 'acme', '--format', 'json'], {
    LOGTO_APP_SECRET: 'canary-wrong-secret',
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 4, stderr: '' });
  expect(stdout).not.toContain('canary');
  const ofDoctor = readFileSync(join(__dirname, '..', '..', 'schema', 'doctor.schema.json'), 'utf8');
  const validate = new Ajv2020().compile(JSON.parse(ofDoctor) as object);
  validate(JSON.parse(stdout));
  expect(validate.errors).toBeNull();
  const { checks, ...document } = JSON.parse(stdout) as {
    readonly checks: readonly { readonly check: string; readonly status: string }[];
  };
  expect(document).toEqual({ formatVersion: 1, healthy: false });
  expect(checks.map(({ check, status }) => `${check} ${status}`)).toEqual([
    'manifest unchecked',
    'schema unchecked',
    'settings ok',
    'endpoint ok',
    'issuer ok',
    'clock ok',
    'credentials failed',
    ...['permission', 'role', 'version', 'ledger', 'lock'].map((check) => `${check} unchecked`),
  ]);
});
