import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { ManifestError } from '../../src';
import { readTenantsFile } from '../../src/cli/tenants-file';
import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { useFolder } from './folder';

const emulator = useEmulator();
const folder = useFolder();

const manifest = `roles:
  clerk: { name: "\${var.prefix} clerk", description: Works }
variables:
  prefix: { default: Common }
`;
const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', `${name}.schema.json`), 'utf8')) as object;
const canary = 'canary-secret-51c8';

/** Three stacks of one emulator stand for three tenants; nobody can sign in to the last one. */
const tenants = (url: string, appId: string, resource: string): string => `tenants:
  first: { endpoint: "${url}", appId: ${appId}, appSecret: { env: FIRST_SECRET }, resource: "${resource}", stack: first }
  second:
    endpoint: ${url}
    appId: ${appId}
    appSecret: { env: FIRST_SECRET }
    resource: ${resource}
    stack: second
    var: { prefix: Second }
  third: { endpoint: "${url}", appId: ${appId}, appSecret: { env: THIRD_SECRET } }
`;

test('drift of many tenants is one report, and who cannot be checked keeps nobody from being checked', async () => {
  const { url, appId, appSecret, resource } = emulator;
  folder.write({ 'logto.yaml': manifest, 'fleet/tenants.yaml': tenants(url, appId, resource) });
  const at = { folder: folder.path, tenant: emulator };
  await runCli(['apply', '--yes', '--stack', 'first'], at);
  await runCli(['apply', '--yes', '--stack', 'second', '--var', 'prefix=Second'], at);
  const { body } = await emulator.request('GET', '/api/roles');
  const second = (body as readonly { id: string; name: string }[]).find(
    ({ name }) => name === 'Second clerk',
  );
  await emulator.request('PATCH', `/api/roles/${second?.id ?? ''}`, { description: 'Rests' });

  const environment = { FIRST_SECRET: appSecret, THIRD_SECRET: canary };
  const all = ['drift', '--tenants', 'fleet/tenants.yaml'];
  const check = (...flags: readonly string[]) =>
    runCli([...all, ...flags], { folder: folder.path, environment });

  const told = await check('--concurrency-in-all', '1');
  expect(told.exitCode).toBe(4);
  expect(told.stderr).toBe('');
  expect(told.stdout.replaceAll(url, 'URL').replaceAll(/digest \w+/g, 'digest DIGEST')).toMatch(
    new RegExp(`^✓ first  URL
    No drift: 1 resource as stated\\.

~ second  URL
    ~ roles\\.clerk   the tenant was changed
        description  "Rests" → "Works"

    1 to update, 0 unchanged   digest DIGEST
    Drift: 1 resource changed in the tenant\\.

✗ third  URL
    error: POST /oidc/token: [^]*

3 tenants: 1 without drift, 1 with drift, 1 not checked   \\(\\d+ requests, at most 1 at once, [\\d.]+ s\\)
$`),
  );
  expect(told.stdout).not.toContain(canary);

  const document = JSON.parse((await check('--format', 'json')).stdout) as {
    summary: object;
    tenants: readonly { name: string; drifted?: number; error?: string }[];
  };
  const validate = new Ajv2020().addSchema(schemaOf('plan')).compile(schemaOf('drift-tenants'));
  validate(document);
  expect(validate.errors).toBeNull();
  expect(document.summary).toMatchObject({ tenants: 3, asStated: 1, drifted: 1, failed: 1 });
  expect(document.tenants.map(({ name, drifted }) => [name, drifted])).toEqual([
    ['first', 0],
    ['second', 1],
    ['third', undefined],
  ]);
});

test('what is about one tenant cannot be said of many', async () => {
  const result = await runCli(['drift', '--tenants', 'fleet.yaml', '--endpoint', 'http://localhost']);
  expect(result).toEqual({
    exitCode: 3,
    stdout: '',
    stderr:
      'error: --endpoint is about one tenant, and --tenants about many\n  write it into the file of tenants\n',
  });
});

const whole = 'endpoint: e, appId: a, appSecret: { env: SET }';

test.each([
  ['tenants: {}', 'tenants.yaml names no tenant'],
  ['tenant: {}', 'there is no section "tenant"'],
  ['tenants: [a]', 'tenants must be a map'],
  ['tenants: { a: { endpoint: e, appId: a } }', 'tenants.a has no appSecret'],
  [`tenants: { a: { ${whole}, stacks: b } }`, 'tenants.a has no field "stacks"'],
  ['tenants: { a: { endpoint: e, appId: a, appSecret: { env: UNSET } } }', 'UNSET is not set'],
  [`tenants: { a: { endpoint: e, appId: a, appSecret: ${canary} } }`, 'appSecret of tenants.a'],
])('%s is refused: %s', async (text, message) => {
  folder.write({ 'tenants.yaml': text });
  const error: unknown = await readTenantsFile(`${folder.path}/tenants.yaml`, { SET: 'x' }).catch(
    (reason: unknown) => reason,
  );
  if (!(error instanceof ManifestError)) throw new Error('this should have failed');
  expect(error.message).toContain(message);
  expect(JSON.stringify(error.problems)).not.toContain(canary);
});

test('files are looked up beside the file that names them, and secrets in the environment', async () => {
  folder.write({
    'fleet/tenants.yaml': `tenants: { a: { ${whole}, file: [base.yaml, ../more], overlay: [a.yaml], var: { b: c } } }`,
  });
  const path = `${folder.path}/fleet`;
  expect(await readTenantsFile(`${path}/tenants.yaml`, { SET: 'secret' })).toEqual([
    {
      name: 'a',
      appSecret: 'secret',
      flags: {
        endpoint: 'e',
        appId: 'a',
        file: [`${path}/base.yaml`, `${folder.path}/more`],
        overlay: [`${path}/a.yaml`],
        var: ['b=c'],
      },
    },
  ]);
});
