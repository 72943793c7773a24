import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';

import { runCli } from '../support/run-cli';
import { orders, useFolder } from './folder';

const folder = useFolder();
const run = (line: string) => runCli(line.split(' '), { folder: folder.path });

test('init writes a manifest that validates, its schema and an example of the environment', async () => {
  expect(await run('init tenant --stack acme')).toEqual({
    exitCode: 0,
    stdout:
      'Wrote tenant/logto.yaml, tenant/logto.schema.json, tenant/.env.example.\n' +
      'Next: set the variables of .env.example in your environment, then run `logto-iac plan`.\n',
    stderr: '',
  });
  expect(folder.names()).toEqual(['tenant/.env.example', 'tenant/logto.schema.json', 'tenant/logto.yaml']);
  expect(folder.read('tenant/logto.yaml')).toMatch(
    /^# yaml-language-server: \$schema=\.\/logto\.schema\.json\nstack: "acme" /,
  );
  expect(folder.read('tenant/logto.schema.json')).toBe((await run('schema')).stdout);
  expect(await run('validate -f tenant')).toEqual({
    exitCode: 0,
    stdout: 'Valid: 6 resources in the stack "acme".\n',
    stderr: '',
  });
});

test('init never writes over a file', async () => {
  folder.write({ 'logto.yaml': orders, '.env.example': 'MINE=1\n' });
  expect(await run('init')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr:
      'error: logto.yaml, .env.example exists already; nothing has been written\n' +
      '  name another folder: logto-iac init FOLDER\n',
  });
  expect(folder.names()).toEqual(['.env.example', 'logto.yaml']);
  expect([folder.read('logto.yaml'), folder.read('.env.example')]).toEqual([orders, 'MINE=1\n']);
});

test('init where a file is in place of its folder writes nothing', async () => {
  folder.write({ tenant: 'a file, and no folder\n' });
  expect(await run('init tenant')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: expect.stringMatching(
      /^error: cannot write: .*tenant.*\n {2}nothing has been written\n$/,
    ) as string,
  });
  expect(folder.names()).toEqual(['tenant']);
});

const mistaken = `roles:
  reader: { name: Reader, descripton: Reads }
applications:
  worker: { name: Worker, type: MachineToMachine, roles: [raeder] }
  app: { name: App, type: SPA, oidcClientMetadata: { redirectUris: ["https://a.example.com/#x"], postLogoutRedirectUris: [] } }
`;

test('validate tells all mistakes on standard error, with their places and what to do', async () => {
  folder.write({ 'logto.yaml': mistaken });
  const { exitCode, stdout, stderr } = await run('validate');
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toBe(
    [
      'logto.yaml:2:3  error: roles.reader has no description',
      '  2 |   reader: { name: Reader, descripton: Reads }',
      '    |   ^^^^^^   add description:',
      'logto.yaml:2:27  error: roles.reader has no field "descripton"',
      '  2 |   reader: { name: Reader, descripton: Reads }',
      '    |                           ^^^^^^^^^^   did you mean "description"?',
      'logto.yaml:4:59  error: unknown role "raeder" in applications.worker',
      '  4 |   worker: { name: Worker, type: MachineToMachine, roles: [raeder] }',
      '    |                                                           ^^^^^^   did you mean "reader"?',
      'logto.yaml:5:69  warning: applications.app: redirect URI "https://a.example.com/#x": it has a fragment, which OAuth 2.0 forbids (RFC 6749, 3.1.2)',
      '  5 | …, type: SPA, oidcClientMetadata: { redirectUris: ["https://a.example.com/#x"], postLogoutRedirectUri…',
      '    |                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^',
      '',
      '3 errors, 1 warning',
      '',
    ].join('\n'),
  );
});

test('validate as JSON gives code, place and hint of every problem, on standard output', async () => {
  folder.write({ 'logto.yaml': mistaken });
  const { exitCode, stdout, stderr } = await run('validate --format json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
  const { problems, ...rest } = JSON.parse(stdout) as { problems: { code: string; at: { line: number } }[] };
  expect(rest).toEqual({ formatVersion: 1, valid: false });
  expect(problems.map(({ code, at }) => `${code} ${at.line}`)).toEqual([
    'missing-field 2',
    'unknown-field 2',
    'unknown-reference 4',
    'dangerous-value 5',
  ]);
  folder.write({ 'logto.yaml': orders });
  expect(JSON.parse((await run('validate --format json')).stdout)).toEqual({
    formatVersion: 1,
    valid: true,
    problems: [],
  });
});

test('a manifest is read from standard input, and an empty one is told as such', async () => {
  const { exitCode, stderr } = await run('validate -f -');
  // Nothing is on standard input here.
  expect({ exitCode, stderr }).toEqual({
    exitCode: 3,
    stderr: [
      '<stdin>:1:1  error: the manifest declares nothing',
      '  it would delete everything that the stack owns; if that is meant, say --allow-empty',
      '',
      '1 error',
      '',
    ].join('\n'),
  });
});

test('render prints what files, overlays and variables come to, as YAML and as JSON, secrets masked', async () => {
  folder.write({
    'tenant/apis.yaml': 'apiResources: { orders: { name: Orders API, indicator: "${var.url}" } }\n',
    'tenant/deeper/roles.yaml': 'roles: { reader: { name: Reader, description: "key ${var.key}" } }\n',
    'tenant/variables.yml': 'variables: { url: { default: urn:orders }, key: { sensitive: true } }\n',
    'prod.yaml': 'apiResources: { orders: { accessTokenTtl: 60 } }\n',
  });
  const rendered = {
    stack: 'prod',
    apiResources: { orders: { name: 'Orders API', indicator: 'urn:prod', accessTokenTtl: 60 } },
    roles: { reader: { name: 'Reader', description: 'key (sensitive)' } },
  };
  const flags = '-f tenant -R --overlay prod.yaml --stack prod --var url=urn:prod --var key=s3cr3t';
  const inJson = await run(`render --format json ${flags}`);
  expect({ ...inJson, stdout: JSON.parse(inJson.stdout) as unknown }).toEqual({
    exitCode: 0,
    stdout: rendered,
    stderr: '',
  });
  expect(await run(`render ${flags}`)).toEqual({
    exitCode: 0,
    stdout: `stack: prod
apiResources:
  orders:
    name: Orders API
    indicator: urn:prod
    accessTokenTtl: 60
roles:
  reader:
    name: Reader
    description: key (sensitive)
`,
    stderr: '',
  });
});

test('schema prints JSON Schemas that compile', async () => {
  const [manifest, plan] = [await run('schema manifest'), await run('schema plan')];
  expect([manifest.exitCode, manifest.stderr, plan.exitCode, plan.stderr]).toEqual([0, '', 0, '']);
  expect(new Ajv({ strict: false }).compile(JSON.parse(manifest.stdout) as object)).toBeInstanceOf(Function);
  expect(new Ajv2020({ strict: false }).compile(JSON.parse(plan.stdout) as object)).toBeInstanceOf(Function);
});
