import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { testSession } from '../support/session';
import { useFolder } from './folder';
import { startCli } from './running';

const emulator = useEmulator();
const folder = useFolder();
// Leaves no ledger.
const { apply } = testSession(emulator, { in: 'nowhere' });
const run = (line: string, environment: Readonly<Record<string, string>> = {}) =>
  runCli(line.split(' '), { folder: folder.path, tenant: emulator, environment });

const canary = 'canary-3e7a40';

/** As somebody has clicked it together. */
async function fillTenant(): Promise<void> {
  await apply(`
apiResources:
  a: { name: Orders API, indicator: 'https://orders.example.com', scopes: { 'orders:read': { description: Read orders }, 'orders:write': {} } }
roles:
  b: { name: Reader, description: 'Reads: everything # really', type: MachineToMachine, scopes: { a: ['orders:read'], management-api: [all] } }
applications:
  c: { name: 'Worker $\${var.x} 😀', type: MachineToMachine, roles: [b], customData: { team: "two\\nlines\\n" } }
webhooks:
  d: { name: Audit, events: [PostSignIn], config: { url: 'https://audit.example.com', headers: { authorization: "${canary}" } } }
jwtCustomizers:
  access-token: { script: "const getCustomJwtClaims = async () => {\\n  return {};\\n};\\n" }
signInExperience: { color: { primaryColor: '#123456' } }
`);
  for (const name of ['Web', 'Web'])
    await emulator.request('POST', '/api/applications', { name, type: 'SPA' });
}

const manifest = `# yaml-language-server: $schema=./logto.schema.json

stack: default

# The only values that \${…} can see. Secrets come from the environment: see .env.example.
variables:
  webhooks_audit_config_headers_authorization:
    env: WEBHOOKS_AUDIT_CONFIG_HEADERS_AUTHORIZATION
    sensitive: true

# An API that access tokens are issued for, with its permissions (scopes).
apiResources:
  orders-api:
    name: Orders API
    indicator: https://orders.example.com
    scopes:
      orders:read:
        description: Read orders
      orders:write: {}

# A named set of permissions, given to users or to machine-to-machine applications.
roles:
  reader:
    name: Reader
    description: "Reads: everything # really"
    type: MachineToMachine
    scopes:
      management-api:
        - all
      orders-api:
        - orders:read

# A client that signs users in, or a machine that calls APIs.
applications:
  web:
    name: Web
    type: SPA
  web-2:
    name: Web
    type: SPA
  worker-var-x:
    name: Worker $\${var.x} 😀
    type: MachineToMachine
    customData:
      team: |
        two
        lines
    roles:
      - reader

# How users sign in and sign up, what they see, and what protects them. There is one in each tenant.
signInExperience:
  color:
    primaryColor: "#123456"

# A script that adds claims to access tokens. Its key says to which: those of users, or of machines.
jwtCustomizers:
  access-token:
    script: |
      const getCustomJwtClaims = async () => {
        return {};
      };

# A request that Logto sends when something happens.
webhooks:
  audit:
    name: Audit
    events:
      - PostSignIn
    config:
      url: https://audit.example.com
      headers:
        authorization: \${var.webhooks_audit_config_headers_authorization}
`;

// First, because a request of an interrupted export is counted when it would have been answered.
test.each([
  ['export --only roles,rules', '--only rules is no section of a manifest'],
  ['export --only roleAssignments', 'they are exported with what they belong to'],
  ['export --select Shop', '--select Shop is no filter'],
  ['export --select name~(', '--select name~( holds no regular expression'],
  ['export --layout flat', '--layout flat is none of single, by-kind'],
  ['export --layout by-kind', 'more than one file does not fit on standard output'],
  [
    'export --out tenant --reveal-secrets nowhere/s.env',
    'cannot write nowhere/s.env: its folder is not there',
  ],
  ['export --files', 'more than one file does not fit on standard output'],
])('%s is refused before anything is asked: %s', async (line, message) => {
  await emulator.resetRequests();
  const { exitCode, stderr } = await run(line);
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining(message) as string });
  expect((await emulator.requests()).total).toBe(0);
  expect(folder.names()).toEqual([]);
});

describe('a tenant that nobody has declared', () => {
  beforeEach(fillTenant);

  test('is printed as a person would write it, without a secret, and nothing is written to it', async () => {
    await emulator.resetRequests();
    const { exitCode, stdout, stderr } = await run('export');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining('10 resources, 1 secret as a variable.\n') as string,
    });
    expect(stdout).toBe(manifest);
    expect((await emulator.requests()).writes).toBe(0);
  });

  test('is written to a folder, in one file', async () => {
    expect(await run('export --out tenant')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(folder.names()).toEqual(['tenant/.env.example', 'tenant/logto.schema.json', 'tenant/logto.yaml']);
    expect(folder.read('tenant/logto.yaml')).toBe(manifest);
    expect(folder.read('tenant/.env.example')).toContain('\nWEBHOOKS_AUDIT_CONFIG_HEADERS_AUTHORIZATION=\n');
  });

  test('a byte order mark of an example of the environment stays, and what is missing is added below', async () => {
    folder.write({ 'tenant/.env.example': '\uFEFFMINE=1\n' });
    const named = 'WEBHOOKS_AUDIT_CONFIG_HEADERS_AUTHORIZATION=\n';
    expect(await run('export --out tenant --adopt')).toMatchObject({ exitCode: 0 });
    expect(folder.read('tenant/.env.example')).toBe(`\uFEFFMINE=1\n${named}`);
    const config = { url: 'https://crm.example.com', headers: { authorization: canary } };
    await emulator.request('POST', '/api/hooks', { name: 'CRM', events: ['PostSignIn'], config });
    const environment = { WEBHOOKS_AUDIT_CONFIG_HEADERS_AUTHORIZATION: canary };
    expect(await run('export --out tenant', environment)).toMatchObject({ exitCode: 0 });
    expect(folder.read('tenant/.env.example')).toBe(
      `\uFEFFMINE=1\n${named}WEBHOOKS_CRM_CONFIG_HEADERS_AUTHORIZATION=\n`,
    );
  });

  test('is written to a file for each section, and texts of several lines to files of their own', async () => {
    expect(await run('export --out tenant --layout by-kind --files')).toMatchObject({ exitCode: 0 });
    expect(folder.names()).toEqual(
      [
        'tenant/.env.example',
        'tenant/api-resources.yaml',
        'tenant/applications.yaml',
        'tenant/jwt-customizers.yaml',
        'tenant/jwt-customizers/access-token.script.js',
        'tenant/logto.schema.json',
        'tenant/logto.yaml',
        'tenant/roles.yaml',
        'tenant/sign-in-experience.yaml',
        'tenant/webhooks.yaml',
      ].sort(),
    );
    expect(folder.read('tenant/jwt-customizers/access-token.script.js')).toBe(
      'const getCustomJwtClaims = async () => {\n  return {};\n};\n',
    );
    expect(folder.read('tenant/jwt-customizers.yaml')).toContain(
      '    script:\n      file: jwt-customizers/access-token.script.js\n',
    );
  });

  test('of a stack that owns things, their lifecycle is in its export, and what is not in it is told', async () => {
    folder.write({
      'own.yaml': `roles:
  seller: { name: Seller, description: Sells, lifecycle: { protect: true } }
  buyer: { name: Buyer, description: Buys, lifecycle: { onRemove: release } }
users:
  tester: { username: tester, lifecycle: { deletable: true } }
`,
    });
    await run('apply --yes -f own.yaml');
    const { stderr } = await run('export --out own');
    expect(stderr).toContain(
      'left out: users.tester: the stack owns it, and a plan of this export alone would take it for removed: state it too\n',
    );
    const text = folder.read('own/logto.yaml');
    expect(text).toContain('    description: Buys\n    lifecycle:\n      onRemove: release\n');
    expect(text).toContain('    description: Sells\n    lifecycle:\n      protect: true\n');
    expect((await run('export --only roles --stack default')).stderr).not.toContain('users.tester');
    const all = await run('export --only users,roles --out all --adopt');
    expect(all.stderr).not.toContain('left out');
    expect((await run('plan -f all')).stdout).toBe('Nothing to do: 4 resources as stated.\n');
  });

  test('--adopt takes no key from what is ours and not exported this time', async () => {
    folder.write({ 'kiosk.yaml': 'applications: { kiosk: { name: Counter, type: SPA } }\n' });
    await run('apply --yes -f kiosk.yaml');
    const { body } = await emulator.request('POST', '/api/applications', { name: 'Kiosk', type: 'SPA' });
    const { id } = body as { readonly id: string };
    const exported = await run('export --out tenant --only applications --select name~^Kiosk$ --adopt');
    expect(exported.exitCode).toBe(0);
    expect(folder.read('tenant/logto.yaml')).toContain('\n  kiosk-2:\n    name: Kiosk\n');
    const ledger = (await run('ledger show --stack default')).stdout;
    expect(ledger).toMatch(new RegExp(`applications\\.kiosk-2 +${id}`));
    expect(ledger).toMatch(/applications\.kiosk +\w+/);
    expect((await run('plan -f kiosk.yaml -f tenant')).stdout).toBe(
      'Nothing to do: 2 resources as stated.\n',
    );
  });

  test('with --adopt it is ours at once, and nothing is left to do', async () => {
    const { exitCode, stderr } = await run('export --out tenant --adopt');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining(
        'The stack "default" owns 10 objects more; nothing else in the tenant has changed.\n',
      ) as string,
    });
    const environment = { WEBHOOKS_AUDIT_CONFIG_HEADERS_AUTHORIZATION: canary };
    expect(await run('plan -f tenant --detailed-exitcode', environment)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Nothing to do') as string,
    });
    expect(await run('drift -f tenant', environment)).toMatchObject({ exitCode: 0 });
  });

  test('its secrets are written only by that word, to a file that nobody else can read', async () => {
    const { stdout, stderr } = await run(
      'export --out tenant --reveal-secrets secrets.env --log-level debug',
    );
    const open = folder.names().filter((name) => name !== 'secrets.env');
    expect([stdout, stderr, ...open.map((name) => folder.read(name))].join('\n')).not.toContain(canary);
    expect(folder.read('secrets.env')).toContain(
      `\nWEBHOOKS_AUDIT_CONFIG_HEADERS_AUTHORIZATION='${canary}'\n`,
    );
    expect(statSync(join(folder.path, 'secrets.env')).mode & 0o777).toBe(0o600);
  });

  test('its secrets are written before manifests that name them, so that the next try reveals them too', async () => {
    folder.write({ tenant: 'a file' });
    const { exitCode, stderr } = await run('export --out tenant --reveal-secrets secrets.env');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringContaining('cannot write') as string,
    });
    expect(folder.names()).toEqual(['secrets.env', 'tenant']);
    expect(folder.read('secrets.env')).toContain(canary);
  });

  test('its secrets are not written where manifests would lie over a file', async () => {
    folder.write({ 'tenant/logto.yaml': 'notes: none of ours\n' });
    const { exitCode, stderr } = await run('export --out tenant --reveal-secrets secrets.env');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringContaining('tenant/logto.yaml exists already; nothing has been written') as string,
    });
    expect(folder.names()).toEqual(['tenant/logto.yaml']);
  });

  test('its secrets may lie in the folder that is made', async () => {
    expect(await run('export --out new/tenant --reveal-secrets new/tenant/s.env')).toMatchObject({
      exitCode: 0,
    });
    expect(folder.names()).toEqual(
      ['.env.example', 'logto.schema.json', 'logto.yaml', 's.env'].map((name) => `new/tenant/${name}`),
    );
    expect(folder.read('new/tenant/s.env')).toContain(canary);
  });

  test('an update without a secret that is new says so, and leaves those that are revealed already', async () => {
    await run('export --out tenant --reveal-secrets secrets.env --adopt');
    const revealed = folder.read('secrets.env');
    const environment = { WEBHOOKS_AUDIT_CONFIG_HEADERS_AUTHORIZATION: canary };
    expect(await run('export --out tenant --reveal-secrets secrets.env', environment)).toEqual({
      exitCode: 0,
      stdout: 'Nothing to take over: the manifests say what the tenant holds.\n',
      stderr:
        'There is no secret to reveal that the manifests do not name already; secrets.env is not written.\n',
    });
    expect(folder.read('secrets.env')).toBe(revealed);
  });

  test('only what is asked for is exported; what that refers to is named as existing already', async () => {
    const { stdout } = await run('export --only applications --select name~^Worker');
    expect(stdout.slice(stdout.indexOf('stack:'))).toBe(`stack: default

# Exists already, is referred to, and is never changed from here.
external:
  roles:
    reader:
      name: Reader

# A client that signs users in, or a machine that calls APIs.
applications:
  worker-var-x:
    name: Worker $\${var.x} 😀
    type: MachineToMachine
    customData:
      team: |
        two
        lines
    roles:
      - reader
`);
  });

  test('an export that is interrupted leaves nothing behind', async () => {
    await emulator.faults([
      { type: 'latency', method: 'GET', path: '/api/sign-in-exp', milliseconds: 3000, when: 'before' },
    ]);
    const exporting = startCli(['export', '--out', 'tenant', '--log-level', 'debug'], {
      folder: folder.path,
      tenant: emulator,
    });
    await exporting.until('/api/applications');
    exporting.kill('SIGTERM');
    expect((await exporting.ended).exitCode).not.toBe(0);
    expect(existsSync(join(folder.path, 'tenant'))).toBe(false);
    expect(folder.names()).toEqual([]);
  });
});
