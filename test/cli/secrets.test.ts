import { inflateRawSync } from 'node:zlib';

import { useEmulator } from '../support/emulator';
import { runCli, type CliResult } from '../support/run-cli';
import { useFolder } from './folder';

const emulator = useEmulator();
const folder = useFolder();

const canaries = {
  fromEnvironment: 'canary-environment-51c3',
  fromFlag: 'canary-flag-9e07',
  fromFile: 'canary-file "quoted" 77b2\nsecond line 40aa\n',
  fromDefault: 'canary-default-03fd',
};

/** Anything by which one of the secrets can be known. */
const traces = [
  'canary-',
  'quoted',
  'second line',
  '77b2',
  '40aa',
  '51c3',
  '9e07',
  '03fd',
  () => emulator.appSecret,
];

const manifest = `variables:
  environment: { env: SHOP_KEY, sensitive: true }
  flag: { type: string, sensitive: true }
  file: { file: key.pem, sensitive: true }
  default: { default: ${canaries.fromDefault}, sensitive: true }
applications:
  worker:
    name: Worker
    type: MachineToMachine
    description: "signs with \${var.environment} and \${var.default}"
    customData: { key: "\${var.environment}", list: [{ deep: "\${var.flag}" }], pem: "\${var.file}", color: COLOR }
  web:
    name: Web shop
    type: SPA
    oidcClientMetadata: { redirectUris: ["https://shop.example.com/\${var.flag}"], postLogoutRedirectUris: [] }
roles:
  reader: { name: Reader, description: "reads with \${var.default}" }
`;
const writeManifest = (color: string) => {
  folder.write({ 'key.pem': canaries.fromFile, 'logto.yaml': manifest.replace('COLOR', color) });
};

const run = (...args: readonly string[]): Promise<CliResult> =>
  runCli(args, {
    folder: folder.path,
    tenant: emulator,
    environment: { SHOP_KEY: canaries.fromEnvironment },
  });
const withFlag = ['--var', `flag=${canaries.fromFlag}`];

function expectNoTrace(...texts: readonly string[]): void {
  const found = traces
    .map((trace) => (typeof trace === 'string' ? trace : trace()))
    .filter((trace) => texts.some((text) => text.includes(trace)));
  expect(found).toEqual([]);
}

async function storedLedgers(): Promise<string> {
  const { body } = await emulator.request('GET', `/api/applications/${emulator.appId}`);
  const { customData } = body as {
    readonly customData: Readonly<Record<string, { readonly data?: string } | null>>;
  };
  const sections = Object.values(customData).flatMap((section) => section?.data ?? []);
  return sections.map((data) => inflateRawSync(Buffer.from(data, 'base64')).toString()).join('\n');
}

/** A refusal in which the server repeats what it was sent. */
const echoing = (method: string, path: string) => ({
  type: 'status',
  method,
  path,
  status: 422,
  count: 'always',
  body: {
    code: 'guard.invalid_input',
    message: `The description "signs with ${canaries.fromEnvironment} and ${canaries.fromDefault}" is not good.`,
    details: `Got ${JSON.stringify({ pem: canaries.fromFile, deep: canaries.fromFlag })}, and\n ${canaries.fromFile}`,
  },
});

test('no command that succeeds writes a secret, whatever it logs', async () => {
  writeManifest('blue');
  const commands = [
    ['validate', ...withFlag],
    ['validate', '--format', 'json', ...withFlag],
    ['render', ...withFlag],
    ['render', '--format', 'json', ...withFlag],
    ['plan', '--out', 'plan.json', '--log-level', 'debug', ...withFlag],
    ['plan', '--format', 'json', ...withFlag],
    ['apply', 'plan.json', '--log-level', 'debug', ...withFlag],
    ['apply', '--yes', '--log-level', 'info', ...withFlag],
    ['drift', '--log-level', 'debug', ...withFlag],
    ['ledger', 'show', '--log-level', 'debug', ...withFlag],
    ['ledger', 'export', ...withFlag],
  ];
  for (const command of commands) {
    const { exitCode, stdout, stderr } = await run(...command);
    expect({ command, exitCode }).toEqual({ command, exitCode: 0 });
    expectNoTrace(stdout, stderr);
  }
  expectNoTrace(folder.read('plan.json'), await storedLedgers());
});

test('a changed secret is told as changed, in plan, drift and apply, and never shown', async () => {
  writeManifest('blue');
  await run('apply', '--yes', '--ledger', 'file:ledger.json', ...withFlag);
  const changed = ['--ledger', 'file:ledger.json', '--var', `flag=${canaries.fromFlag}-changed`];
  const planned = await run('plan', ...changed);
  expect(planned.stdout).toMatch(
    /^~ applications\.worker\n {4}customData\.list {2}\(sensitive\)\n~ applications\.web\n {4}oidcClientMetadata\.redirectUris {2}\(sensitive\)\n/,
  );
  const documents = await Promise.all(
    (['plan', 'drift'] as const).map((command) => run(command, '--format', 'json', ...changed)),
  );
  const applied = await run('apply', '--yes', '--format', 'json', '--log-level', 'debug', ...changed);
  expect(applied.exitCode).toBe(0);
  for (const { stdout, stderr } of [planned, ...documents, applied]) expectNoTrace(stdout, stderr);
  expectNoTrace(folder.read('ledger.json'));
});

test('a server that repeats what it was sent does not make a command that fails tell it', async () => {
  writeManifest('blue');
  await emulator.faults([echoing('POST', '/api/applications'), echoing('POST', '/api/roles')]);
  for (const level of ['error', 'warn', 'info', 'debug']) {
    const { exitCode, stdout, stderr } = await run('apply', '--yes', '--log-level', level, ...withFlag);
    expect({ level, exitCode }).toEqual({ level, exitCode: 6 });
    expect(stderr).toContain('The description "signs with (sensitive) and (sensitive)" is not good.');
    expectNoTrace(stdout, stderr);
  }
  const inJson = await run('apply', '--yes', '--format', 'json', ...withFlag);
  expect(inJson.exitCode).toBe(6);
  expectNoTrace(inJson.stdout, inJson.stderr, await storedLedgers());
});

const everyFormat = ['text', 'json', 'markdown', 'junit', 'sarif', 'github', 'html'];
const toFiles = (name: string): readonly string[] =>
  everyFormat.flatMap((format) => ['--out', `${format}:${name}.${format}`]);
const logged = ['--log-level', 'debug', '--log-format', 'json'];

test('no format of a report, no graph and no log in JSON holds a secret, also where the server repeats it', async () => {
  const named = '  named: { name: "Named ${var.environment}", type: MachineToMachine }\nroles:\n';
  folder.write({ 'key.pem': canaries.fromFile, 'logto.yaml': manifest.replace('roles:\n', named) });
  const given = [...logged, ...withFlag];
  const planned = await run('plan', ...toFiles('plan'), ...given);
  await emulator.faults([echoing('POST', '/api/applications')]);
  const failed = await run('apply', '--yes', ...toFiles('failed'), ...given);
  expect([planned.exitCode, failed.exitCode]).toEqual([0, 6]);
  expect(failed.stderr).toContain('"message":"POST /api/applications: 422');
  await emulator.faults([]);
  expect(await run('apply', '--yes', '--quiet', ...given)).toMatchObject({ exitCode: 0 });
  const { body } = await emulator.request('GET', '/api/roles');
  const [{ id = '' } = {}] = (body as readonly Readonly<Record<string, string>>[]).filter(
    ({ name }) => name === 'Reader',
  );
  await emulator.request('PATCH', `/api/roles/${id}`, { description: 'by hand' });
  const drifted = await run('drift', '--undeclared', ...toFiles('drift'), ...given);
  expect(drifted).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('roles.reader') as string });
  const drawings = ['mermaid', 'svg', 'html', 'json'].flatMap((format) => [
    '--out',
    `${format}:access.${format}`,
  ]);
  const drawn = await run('graph', ...drawings, ...withFlag);
  expect(drawn).toMatchObject({ exitCode: 0, stderr: '' });
  for (const { stdout, stderr } of [planned, failed, drifted]) {
    expectNoTrace(stdout, stderr);
    for (const line of stderr.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
  }
  const written = folder.names().filter((name) => name !== 'key.pem' && name !== 'logto.yaml');
  expect(written).toHaveLength(3 * everyFormat.length + 4);
  expectNoTrace(...written.map((name) => folder.read(name)));
});

test('nor where an update fails, or nobody knows whether a creation was done', async () => {
  writeManifest('blue');
  await run('apply', '--yes', ...withFlag);
  writeManifest('green');
  await emulator.faults([echoing('PATCH', '/api/applications/*')]);
  const refused = await run('apply', '--yes', '--log-level', 'debug', ...withFlag);
  await emulator.faults([{ ...echoing('PATCH', '/api/applications/*'), status: 500 }]);
  const failed = await run('apply', '--yes', '--log-level', 'debug', ...withFlag);
  expect([refused.exitCode, failed.exitCode]).toEqual([6, 6]);
  for (const { stdout, stderr } of [refused, failed]) expectNoTrace(stdout, stderr);
});

test('a mistake in the manifest is told without the secret that stands in the same line', async () => {
  writeManifest('blue');
  folder.write({
    'wrong.yaml': `variables: { key: { default: ${canaries.fromDefault}, sensitive: true, tipe: string } }\n`,
    'wrong-uri.yaml': [
      'variables: { key: { env: SHOP_KEY, sensitive: true } }',
      'applications:',
      '  web: { name: Web, type: SPA, oidcClientMetadata: { redirectUris: ["ftp ${var.key}"], postLogoutRedirectUris: [] } }',
      '',
    ].join('\n'),
  });
  for (const command of [
    ['validate', '-f', 'wrong.yaml'],
    ['validate', '--format', 'json', '-f', 'wrong.yaml'],
    ['plan', '-f', 'wrong-uri.yaml'],
    ['plan', '--var', `flag ${canaries.fromFlag}`],
    ['plan', '--var', `fleg=${canaries.fromFlag}`],
  ]) {
    const { exitCode, stdout, stderr } = await run(...command);
    expect({ command, exitCode }).toEqual({ command, exitCode: 3 });
    expectNoTrace(stdout, stderr);
  }
});

test('what is found in the tenant is told without the secret by which it was found', async () => {
  folder.write({
    'logto.yaml': [
      'variables: { key: { env: SHOP_KEY, sensitive: true } }',
      'applications:',
      '  web: { name: "Web ${var.key}", type: SPA }',
      'external:',
      '  roles: { auditor: { name: "Auditor ${var.key}" } }',
      '',
    ].join('\n'),
  });
  await emulator.request('POST', '/api/applications', {
    name: `Web ${canaries.fromEnvironment}`,
    type: 'SPA',
  });
  const { exitCode, stdout, stderr } = await run('plan');
  expect(exitCode).toBe(5);
  expect(stderr).toContain('(sensitive)');
  expectNoTrace(stdout, stderr);
});
