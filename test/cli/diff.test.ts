import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { useEmulator, type TestEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { useSecondEmulator } from '../support/second-emulator';
import { useFolder } from './folder';

const [dev, prod] = [useEmulator(), useSecondEmulator()];
const folder = useFolder();
const run = (...args: readonly string[]) => runCli(args, { folder: folder.path });
const diff = (...args: readonly string[]) => run('diff', '--from', 'dev.env', '--to', 'prod.env', ...args);

const environmentOf = ({ url, appId, appSecret }: TestEmulator): string =>
  `LOGTO_ENDPOINT=${url}\nLOGTO_APP_ID="${appId}"\nexport LOGTO_APP_SECRET='${appSecret}'\n`;

beforeEach(() => {
  folder.write({ 'dev.env': environmentOf(dev), 'prod.env': environmentOf(prod) });
});

async function create(tenant: TestEmulator, path: string, body: object): Promise<string> {
  const { status, body: made } = await tenant.request('POST', path, body);
  if (status !== 200 && status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(made)}`);
  return (made as { id: string }).id;
}

async function apply(tenant: TestEmulator, manifest: string): Promise<void> {
  folder.write({ 'logto.yaml': manifest });
  const { exitCode, stderr } = await runCli(['apply', '--yes'], { folder: folder.path, tenant });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
}

const head = () => `dev   ${dev.url}\nprod  ${prod.url}\n\n`;

test('two tenants that hold the same are exit 0, and nothing is written to either', async () => {
  expect(await diff()).toEqual({
    exitCode: 0,
    stdout: `${head()}No differences: dev and prod have the same 4 resources.\n`,
    stderr: '',
  });
  expect((await dev.requests()).writes + (await prod.requests()).writes).toBe(0);
});

test('what only one tenant has and what differs is shown by address and field, exit 2', async () => {
  const orders = { name: 'Orders API', indicator: 'https://orders.example.com' };
  for (const tenant of [dev, prod]) {
    const id = await create(tenant, '/api/resources', orders);
    await create(tenant, `/api/resources/${id}/scopes`, { name: 'read' });
    if (tenant === dev)
      await create(tenant, `/api/resources/${id}/scopes`, { name: 'write', description: 'Write' });
  }
  await create(dev, '/api/roles', { name: 'Auditor', description: 'Looks' });
  await create(prod, '/api/roles', { name: 'Auditor', description: 'Looks twice' });
  const redirectUris = ['https://shop.example.com'];
  const oidcClientMetadata = { redirectUris, postLogoutRedirectUris: [] };
  await create(dev, '/api/applications', { name: 'Web shop', type: 'SPA', oidcClientMetadata });
  await create(prod, '/api/applications', { name: 'Old shop', type: 'SPA' });
  await dev.request('PATCH', '/api/sign-in-exp', { signInMode: 'SignIn', customCss: 'a {\n  b: c;\n}\n' });
  expect(await diff()).toEqual({
    exitCode: 2,
    stdout: `${head()}+ apiResources.orders-api.scopes.write   only in dev
    description  "Write"
~ roles.auditor   prod → dev
    description  "Looks twice" → "Looks"
- applications.old-shop   only in prod
+ applications.web-shop   only in dev
    name                "Web shop"
    type                "SPA"
    oidcClientMetadata  {"redirectUris":["https://shop.example.com"]}
~ signInExperience   prod → dev
    signInMode  "SignInAndRegister" → "SignIn"
    customCss
        + a {
        +   b: c;
        + }

2 only in dev, 1 only in prod, 2 different, 5 the same
`,
    stderr: '',
  });
  expect((await diff('--only', 'roles')).stdout).toContain('\n1 different, 0 the same\n');
  expect((await diff('--select', 'name~^Web')).stdout).toContain('\n1 only in dev, 0 the same\n');
});

test('texts that are known to mean the same are no difference: the addresses of the tenants, and those of --map', async () => {
  const hook = (tenant: TestEmulator, host: string) =>
    create(tenant, '/api/hooks', {
      name: 'CRM',
      events: ['User.Created'],
      config: { url: `https://${host}/logto?from=${tenant.url}` },
    });
  await hook(dev, 'crm.dev.example.com');
  await hook(prod, 'crm.example.com');
  const differing = await diff();
  expect(differing.stdout).toContain(
    `config.url  "https://crm.example.com/logto?from=${prod.url}" → "https://crm.dev.example.com/logto?from=${prod.url}"`,
  );
  expect(await diff('--map', 'dev.example.com=example.com')).toMatchObject({ exitCode: 0, stderr: '' });
});

const connector = (secret: string, syncProfile = false) => ({
  connectorId: 'github-universal',
  config: { clientId: 'shop', clientSecret: secret },
  syncProfile,
});

test('secrets are never shown: those that differ are listed, and count with --secrets', async () => {
  await create(dev, '/api/connectors', connector('canary-dev-1'));
  await create(prod, '/api/connectors', connector('canary-prod-1'));
  await create(dev, '/api/applications', { name: 'A', type: 'SPA', customData: { apiKey: 'canary-dev-2' } });
  await create(prod, '/api/applications', {
    name: 'A',
    type: 'SPA',
    customData: { apiKey: 'canary-prod-2' },
  });
  const quiet = await diff();
  const listed = `Secrets of which dev and prod have their own each; --secrets lets them count:
    applications.a     customData.apiKey
    connectors.github  config.clientSecret
`;
  expect(quiet).toEqual({
    exitCode: 0,
    stdout: `${head()}${listed}\nNo differences: dev and prod have the same 6 resources.\n`,
    stderr: '',
  });
  const counted = await diff('--secrets', '--log-level', 'debug');
  expect(counted.exitCode).toBe(2);
  expect(counted.stdout).toBe(`${head()}~ applications.a   prod → dev
    customData.apiKey  (sensitive, differs)
~ connectors.github   prod → dev
    config.clientSecret  (sensitive, differs)

2 different, 4 the same
`);
  const documents = [await diff('--format', 'json'), await diff('--format', 'json', '--secrets')];
  for (const { stdout, stderr } of [quiet, counted, ...documents])
    expect(stdout + stderr).not.toContain('canary-');
});

test('as JSON it is what schema/diff.schema.json says', async () => {
  await create(dev, '/api/connectors', connector('canary-dev', true));
  await create(prod, '/api/connectors', connector('canary-prod'));
  const only = await create(prod, '/api/roles', { name: 'Old', description: 'Of old' });
  const twins = [];
  for (const [tenant, description] of [
    [dev, '1'],
    [prod, '2'],
    [prod, '3'],
  ] as const) {
    twins.push(await create(tenant, '/api/applications', { name: 'Twin', type: 'SPA', description }));
  }
  const { exitCode, stdout, stderr } = await diff('--format', 'json', '--secrets');
  const document = JSON.parse(stdout) as unknown;
  const schema = readFileSync(join(__dirname, '..', '..', 'schema', 'diff.schema.json'), 'utf8');
  const validate = new Ajv2020().compile(JSON.parse(schema) as object);
  validate(document);
  expect(validate.errors).toBeNull();
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
  expect(document).toEqual({
    formatVersion: 1,
    from: { name: 'dev', endpoint: dev.url },
    to: { name: 'prod', endpoint: prod.url },
    summary: { onlyInFrom: 0, onlyInTo: 1, different: 1, same: 4 },
    differences: [
      {
        type: 'only-in-to',
        address: 'roles.old',
        toId: only,
        fields: [
          { path: 'name', to: 'Old' },
          { path: 'description', to: 'Of old' },
        ],
      },
      {
        type: 'different',
        address: 'connectors.github',
        fromId: expect.any(String) as string,
        toId: expect.any(String) as string,
        fields: [
          { path: 'config.clientSecret', sensitive: true },
          { path: 'syncProfile', from: true, to: false },
        ],
      },
    ],
    ambiguous: [
      {
        kind: 'applications',
        name: 'Twin',
        from: [twins[0]],
        to: expect.arrayContaining(twins.slice(1)) as string[],
      },
    ],
    secrets: [],
    notes: [],
  });
});

test('what manifests have made in both tenants is found by its address, whatever its name', async () => {
  const manifest = (name: string, host: string) => `
stack: shop
apiResources: { orders: { name: Orders ${name}, indicator: 'https://${host}/orders', scopes: { read: {} } } }
roles: { reader: { name: Reader ${name}, description: Reads, type: MachineToMachine, scopes: { orders: [read] } } }
applications: { worker: { name: Worker ${name}, type: MachineToMachine, roles: [reader] } }
`;
  await apply(dev, manifest('(dev)', 'dev.example.com'));
  await apply(prod, manifest('', 'example.com'));
  expect((await diff()).stdout).toBe(`${head()}~ apiResources.orders   prod → dev
    name       "Orders" → "Orders (dev)"
    indicator  "https://example.com/orders" → "https://dev.example.com/orders"
~ roles.reader   prod → dev
    name  "Reader" → "Reader (dev)"
~ applications.worker   prod → dev
    name  "Worker" → "Worker (dev)"

3 different, 5 the same
`);
});

test('names that do not tell which object is which are said so, and not guessed', async () => {
  for (const [tenant, description] of [
    [dev, '1'],
    [dev, '2'],
    [prod, '3'],
  ] as const) {
    await create(tenant, '/api/applications', { name: 'Twin', type: 'SPA', description });
  }
  expect(await diff()).toMatchObject({
    exitCode: 2,
    stdout: `${head()}? applications "Twin"   2 in dev, 1 in prod, not compared: give them names of their own

1 name not told apart, 4 the same
`,
  });
});

test('everything that is missing in both files is told at once', async () => {
  folder.write({ 'dev.env': 'LOGTO_ENDPOINT=http://localhost:3001\nLOGTO_APP_SECRET=\n' });
  expect(await run('diff', '--from', 'dev.env', '--to', 'nowhere.env')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: `error: --from dev.env: it does not say LOGTO_APP_ID, LOGTO_APP_SECRET
--to nowhere.env: it cannot be read: there is no such file
  write LOGTO_ENDPOINT=…, LOGTO_APP_ID=…, LOGTO_APP_SECRET=… into each, a line for each: the address of the tenant, id and secret of a machine-to-machine application there
`,
  });
});

test('nothing of the environment of the process counts', async () => {
  folder.write({ 'prod.env': '' });
  const { exitCode, stderr } = await runCli(['diff', '--from', 'dev.env', '--to', 'prod.env'], {
    folder: folder.path,
    tenant: prod,
  });
  expect(exitCode).toBe(3);
  expect(stderr).toContain(
    'error: --to prod.env: it does not say LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET\n',
  );
});

test('a tenant that cannot be read is named, and so is the other one', async () => {
  folder.write({
    'dev.env': environmentOf(dev).replace(dev.appSecret, 'canary-wrong'),
    '.env.prod': environmentOf(prod).replace(prod.url, 'http://127.0.0.1:9'),
  });
  const { exitCode, stdout, stderr } = await run('diff', '--from', 'dev.env', '--to', '.env.prod');
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  expect(stderr).toMatch(/^error: dev: POST \/oidc\/token: the secret of application \S+ is wrong/);
  expect(stderr).toMatch(/\nprod: POST \/oidc\/token: nothing listens at http:\/\/127.0.0.1:9/);
  expect(stderr).not.toContain('canary-');
});

test('the same tenant twice is a warning', async () => {
  const { exitCode, stdout, stderr } = await run('diff', '--from', 'dev.env', '--to', 'dev.env');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: `warning: --from and --to name the same tenant, ${dev.url}\n`,
  });
  expect(stdout).toContain('No differences: from and to have the same 4 resources.\n');
});

test('without both files it is told which is missing', async () => {
  expect(await run('diff', '--to', 'prod.env')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr:
      'error: it is not said which tenants to compare; missing: --from FILE\n  each names a file of lines such as LOGTO_ENDPOINT=…, with LOGTO_APP_ID and LOGTO_APP_SECRET\n',
  });
});

test('what --map says has to be two texts', async () => {
  expect(await diff('--map', 'dev')).toMatchObject({
    exitCode: 3,
    stderr:
      'error: --map dev says nothing that is the same\n  write what stands in the one tenant = what stands in the other: --map dev.example.com=example.com\n',
  });
});
