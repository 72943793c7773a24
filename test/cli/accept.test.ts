import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply, loadManifest, plan } from '../../src/index';
import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { testSession } from '../support/session';
import { useFolder, webShop } from './folder';
import { startCli } from './running';

const emulator = useEmulator();
const folder = useFolder();
const { session } = testSession(emulator);
const environment = { CRM_TOKEN: 'canary-0c9d1e' };
const run = (line: string) => runCli(line.split(' '), { folder: folder.path, tenant: emulator, environment });

const applications = `# What the shop is made of.
applications:
  web: # for customers
    name: Web shop
    type: SPA
    oidcClientMetadata:
      redirectUris: ['\${var.url}/callback']
      postLogoutRedirectUris: []
    signInExperience: { displayName: Shop, customCss: { file: styles/shop.css } }

  worker: { name: Worker, type: MachineToMachine, roles: [reader], customData: { team: "crm" } }
`;

const logto = `stack: shop
variables: { url: { default: 'https://shop.example.com' }, crm: { env: CRM_TOKEN, sensitive: true } }
`;

const roles = `roles:
    # Indented by four.
    reader: { name: Reader, description: Reads, type: MachineToMachine }
`;

const prod = `applications:
  web: { description: 'The shop' } # in production
`;

const manifests = {
  'tenant/logto.yaml': logto,
  'tenant/applications.yaml': applications,
  'tenant/roles.yaml': roles,
  'tenant/styles/shop.css': 'a {}\nb {}\n',
  'prod.yaml': prod,
};

const planned = async () =>
  plan(
    await loadManifest({
      files: [join(folder.path, 'tenant')],
      overlays: [join(folder.path, 'prod.yaml')],
      environment,
    }),
    session,
  );

const texts = () =>
  Object.fromEntries(
    folder
      .names()
      .map((name) => [name, readFileSync(join(folder.path, name), 'utf8')] as const)
      .filter(([name]) => !name.endsWith('schema.json')),
  );

async function applyManifests(): Promise<void> {
  folder.write(manifests);
  await apply(await planned(), session, { lock: false });
}

async function idOf(list: string, name: string): Promise<string> {
  const { body } = await emulator.request('GET', list);
  const rows = body as readonly { readonly id: string; readonly name: string }[];
  return rows.find((row) => row.name === name)?.id ?? '';
}

const patch = async (list: string, name: string, body: object): Promise<void> => {
  await emulator.request('PATCH', `${list}/${await idOf(list, name)}`, body);
};

async function changeTenant(): Promise<void> {
  await patch('/api/applications', 'Web shop', {
    description: 'The best shop',
    oidcClientMetadata: {
      redirectUris: ['https://other.example.com/callback'],
      postLogoutRedirectUris: ['https://shop.example.com/bye'],
    },
  });
  const web = await idOf('/api/applications', 'Web shop');
  const look = { displayName: 'Shop', customCss: 'a {}\nb { color: red }\n' };
  await emulator.request('PUT', `/api/applications/${web}/sign-in-experience`, look);
  await patch('/api/applications', 'Worker', { customData: { team: 'sales' } });
  await patch('/api/roles', 'Reader', { description: 'Reads: all' });
}

const afterwards = {
  ...manifests,
  'tenant/applications.yaml': applications
    .replace('postLogoutRedirectUris: []', 'postLogoutRedirectUris: [https://shop.example.com/bye]')
    .replace('"crm"', '"sales"'),
  'tenant/roles.yaml': roles.replace('description: Reads,', 'description: "Reads: all",'),
  'tenant/styles/shop.css': 'a {}\nb { color: red }\n',
  'prod.yaml': prod.replace('The shop', 'The best shop'),
};

describe('drift --accept', () => {
  test('edits the lines that differ, in manifests, overlays and files; an expression is told and not overwritten', async () => {
    await applyManifests();
    await changeTenant();
    const shown = await run('drift -f tenant --overlay prod.yaml --accept --dry-run --format json');
    expect(texts()).toEqual(manifests);
    const done = await run('drift -f tenant --overlay prod.yaml --accept');
    expect(done).toEqual({ exitCode: 2, stdout: expect.any(String) as string, stderr: '' });
    expect(done.stdout).toBe(`~ roles.reader
    tenant/roles.yaml:3  description  "Reads" → "Reads: all"
~ applications.web
    prod.yaml:2  description  "The shop" → "The best shop"
    tenant/applications.yaml:8  oidcClientMetadata.postLogoutRedirectUris  [] → ["https://shop.example.com/bye"]
    tenant/styles/shop.css:1  signInExperience.customCss
          a {}
        - b {}
        + b { color: red }
~ applications.worker
    tenant/applications.yaml:11  customData.team  "crm" → "sales"

Not accepted:
tenant/applications.yaml:7:22  warning: applications.web: oidcClientMetadata.redirectUris is given by an expression, which is not overwritten; the tenant has ["https://other.example.com/callback"]
  7 |       redirectUris: ['\${var.url}/callback']
    |                      ^^^^^^^^^^^^^^^^^^^^^   give the variable "url" another value, or write the value in place of the expression

5 changes of the tenant accepted. 1 left.
`);
    expect(texts()).toEqual(afterwards);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      dryRun: true,
      accepted: [
        { address: 'roles.reader', path: 'description', before: 'Reads', after: 'Reads: all', line: 3 },
        { address: 'applications.web', path: 'description', file: 'prod.yaml', line: 2 },
        { address: 'applications.web', path: 'oidcClientMetadata.postLogoutRedirectUris' },
        { address: 'applications.web', path: 'signInExperience.customCss', file: 'tenant/styles/shop.css' },
        { address: 'applications.worker', path: 'customData.team' },
      ],
      left: [{ address: 'applications.web', path: 'oidcClientMetadata.redirectUris' }],
      files: ['tenant/roles.yaml', 'prod.yaml', 'tenant/applications.yaml', 'tenant/styles/shop.css'],
    });
    expect((await planned()).plan.actions).toMatchObject([
      { address: 'applications.web', changes: [{ path: ['oidcClientMetadata', 'redirectUris'] }] },
    ]);
  });

  test('ends well where nothing is left, and the plan is empty', async () => {
    folder.write({ 'logto.yaml': webShop });
    await run('apply --yes');
    await patch('/api/applications', 'Web shop', { name: 'Shop' });
    expect(await run('drift --accept')).toEqual({
      exitCode: 0,
      stdout:
        '~ applications.web\n    logto.yaml:2  name  "Web shop" → "Shop"\n\n1 change of the tenant accepted.\n',
      stderr: '',
    });
    expect(texts()).toEqual({ 'logto.yaml': webShop.replace('Web shop', 'Shop') });
    expect((await run('plan')).stdout).toBe('Nothing to do: 1 resource as stated.\n');
  });

  test.each([
    ['drift -f - --accept', 'a manifest on standard input cannot be edited'],
    ['drift -f tenant --accept-deletions', '--accept-deletions says how to accept'],
    ['drift -f tenant --dry-run', '--dry-run says how to accept'],
    ['drift --tenants t.yaml --accept-deletions', '--accept-deletions says how to accept'],
    ['drift --tenants t.yaml --dry-run', 'leave it out: drift by itself writes nothing'],
    ['drift --tenants t.yaml --accept --dry-run', '--accept edits the manifests of one tenant'],
    ['drift -f tenant --concurrency-in-all 32', '--concurrency-in-all is about many tenants'],
    ['drift -f tenant --accept --concurrency-in-all 32', '--concurrency-in-all is about many tenants'],
  ])('%s is refused: %s', async (line, message) => {
    folder.write(manifests);
    const { exitCode, stdout, stderr } = await run(line);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringContaining(message) as string,
    });
  });
});

describe('export over manifests', () => {
  test('edits what differs and adds what is new, each to the file that has its section', async () => {
    await applyManifests();
    await changeTenant();
    await emulator.request('POST', '/api/roles', { name: 'Writer', description: 'Writes', type: 'User' });
    const config = { url: 'https://crm.example.com', headers: { authorization: 'canary-55e1d0' } };
    await emulator.request('POST', '/api/hooks', { name: 'CRM', events: ['PostSignIn'], config });
    const first = await run('export --out tenant --overlay prod.yaml --adopt');
    expect({ exitCode: first.exitCode, stderr: first.stderr }).toEqual({
      exitCode: 2,
      stderr: 'The stack "shop" owns 2 objects more; nothing else in the tenant has changed.\n',
    });
    expect(first.stdout).toContain('+ roles.writer   tenant/roles.yaml:4');
    expect(first.stdout).toContain('redirectUris is given by an expression, which is not overwritten');
    expect(first.stdout).not.toContain('canary');
    expect(texts()).toEqual({
      ...afterwards,
      'tenant/logto.yaml': logto.replace(
        'sensitive: true } }',
        'sensitive: true }, webhooks_crm_config_headers_authorization: { env: WEBHOOKS_CRM_CONFIG_HEADERS_AUTHORIZATION, sensitive: true } }',
      ),
      'tenant/roles.yaml': `${afterwards['tenant/roles.yaml']}    writer: { name: Writer, description: Writes }\n`,
      'tenant/webhooks.yaml': `# A request that Logto sends when something happens.
webhooks:
  crm:
    name: CRM
    events:
      - PostSignIn
    config:
      url: https://crm.example.com
      headers:
        authorization: \${var.webhooks_crm_config_headers_authorization}
`,
      'tenant/.env.example': expect.stringContaining(
        'WEBHOOKS_CRM_CONFIG_HEADERS_AUTHORIZATION=\n',
      ) as string,
    });
    const now = texts();
    expect((await run('export --out tenant --overlay prod.yaml')).stdout).toContain(
      'Nothing was taken over. 1 left.',
    );
    expect(texts()).toEqual(now);
  });

  test('finds nothing in a role that is stated by a role assignment, and something in another role', async () => {
    const assigned = `roles:
  reader: { name: Reader, description: Reads, type: MachineToMachine }
  writer: { name: Writer, description: Writes, type: MachineToMachine }
applications: { worker: { name: Worker, type: MachineToMachine } }
roleAssignments: [{ application: worker, role: reader }]
`;
    folder.write({ 'tenant/logto.yaml': assigned });
    await run('apply --yes -f tenant');
    expect(await run('export --out tenant --only roles,applications')).toEqual({
      exitCode: 0,
      stdout: 'Nothing to take over: the manifests say what the tenant holds.\n',
      stderr: '',
    });
    const idIn = async (path: string, name: string): Promise<string> => {
      const { body } = await emulator.request('GET', path);
      return (body as readonly { id: string; name: string }[]).find((one) => one.name === name)?.id ?? '';
    };
    const worker = await idIn('/api/applications', 'Worker');
    const roleIds = [await idIn('/api/roles', 'Writer')];
    await emulator.request('POST', `/api/applications/${worker}/roles`, { roleIds });
    const { exitCode, stdout } = await run('export --out tenant --only roles,applications');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('applications.worker: roles is not taken over');
    expect(folder.read('tenant/logto.yaml')).toBe(assigned);
  });

  test('leaves all as it was when it is interrupted', async () => {
    await applyManifests();
    await changeTenant();
    await emulator.faults([
      { type: 'latency', method: 'GET', path: '/api/sign-in-exp', milliseconds: 3000, when: 'before' },
    ]);
    const exporting = startCli(['export', '--out', 'tenant', '--log-level', 'debug'], {
      folder: folder.path,
      tenant: emulator,
      environment,
    });
    await exporting.until('/api/applications');
    exporting.kill('SIGTERM');
    expect((await exporting.ended).exitCode).not.toBe(0);
    expect(texts()).toEqual(manifests);
  });
});
