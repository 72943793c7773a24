import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { useEmulator } from '../support/emulator';

const root = join(__dirname, '..', '..');
const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform)
  process.stderr.write('No terraform on this machine: the tests that run it are left out.\n');
const withTerraform = hasTerraform ? describe : describe.skip;

const emulator = useEmulator();
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with an application of its own, in which this package and the library are installed. */
function newProject(library: 'cdktf' | 'cdktn', application: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'logto-iac-terraform-'));
  folders.push(folder);
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules', 'logto-iac'));
  symlinkSync(join(root, 'dist', 'cli', 'main.js'), join(folder, 'node_modules', '.bin', 'logto-iac'));
  for (const name of [library, 'constructs']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "name": "shop", "private": true }');
  writeFileSync(join(folder, 'main.js'), application);
  return folder;
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly output: string;
}

const credentials = () => ({
  LOGTO_APP_ID: emulator.appId,
  LOGTO_APP_SECRET: emulator.appSecret,
  TF_VAR_logto_endpoint: emulator.url,
});

async function run(
  folder: string,
  command: string,
  args: readonly string[],
  environment = {},
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...credentials(), CHECKPOINT_DISABLE: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { status, stdout, output: stdout + stderr };
}

const terraform = (folder: string, ...args: readonly string[]) =>
  run(join(folder, 'cdktf.out', 'stacks', 'shop'), 'terraform', [...args, '-no-color']);

/** The library reads its configuration from the environment, so that no command line of its own is needed. */
async function synthesise(folder: string, description: string): Promise<void> {
  const { status, output } = await run(folder, process.execPath, ['main.js'], { DESCRIPTION: description });
  expect({ status, output }).toEqual({ status: 0, output: '' });
}

const application = (library: string): string => `
const { App, DataResource, Fn, TerraformOutput, TerraformStack, TerraformVariable } = require('${library}');
const { ApiResource, Application, LogtoTenant, Role } = require('logto-iac/${library}');
const app = new App();
const stack = new TerraformStack(app, 'shop');
const endpoint = new TerraformVariable(stack, 'logto_endpoint', { type: 'string' });
const before = new DataResource(stack, 'before', { input: { url: 'https://shop.example.com' } });
const tenant = new LogtoTenant(stack, 'tenant', {
  endpoint: endpoint.stringValue, stack: 'shop', runner: 'terraform_data', destroy: 'delete', dependsOn: [before],
});
const api = new ApiResource(tenant, 'orders', { name: 'Orders', indicator: 'https://orders.example.com', scopes: { read: {} } });
const role = new Role(tenant, 'reader', { name: 'Reader', description: process.env.DESCRIPTION, type: 'MachineToMachine' });
role.grant(api.scope('read'));
const worker = new Application(tenant, 'worker', { name: 'Worker', type: 'MachineToMachine', roles: [role] });
new Application(tenant, 'web', { name: 'Web', type: 'SPA', oidcClientMetadata: {
  redirectUris: [Fn.lookup(before.output, 'url') + '/callback'],
  postLogoutRedirectUris: [] } });
new DataResource(stack, 'after', { input: { client: worker.clientId }, dependsOn: [tenant] });
new TerraformOutput(stack, 'client', { value: worker.clientId });
app.synth();
`;

async function namesOf(path: string): Promise<readonly unknown[]> {
  const { body } = await emulator.request('GET', path);
  return (body as readonly { readonly name: string }[]).map(({ name }) => name).sort();
}

withTerraform.each(['cdktf', 'cdktn'] as const)(
  'an application of %s, run by the real terraform',
  (library) => {
    test('applies, finds nothing to do, applies an edit and no more, and destroys', async () => {
      const folder = newProject(library, application(library));
      await synthesise(folder, 'Reads');
      expect((await terraform(folder, 'init', '-input=false')).status).toBe(0);
      const applied = await terraform(folder, 'apply', '-auto-approve', '-input=false');
      expect(applied.output).toContain('Apply complete! Resources: 5 added');
      expect(applied.output).not.toContain(emulator.appSecret);
      expect(await namesOf('/api/applications')).toEqual(['Management API tester', 'Web', 'Worker']);

      // The id of an application is known to other resources after the same apply.
      const { body } = await emulator.request('GET', '/api/applications');
      const worker = (body as readonly { id: string; name: string }[]).find(({ name }) => name === 'Worker');
      expect((await terraform(folder, 'output', '-raw', 'client')).stdout).toBe(worker?.id);
      const again = await terraform(folder, 'plan', '-detailed-exitcode', '-input=false');
      expect({ status: again.status, output: again.output }).toMatchObject({ status: 0 });

      const ids = async () =>
        ((await emulator.request('GET', '/api/applications')).body as { id: string }[]).map(({ id }) => id);
      const before = await ids();
      await synthesise(folder, 'Reads everything');
      await emulator.resetRequests();
      const edited = await terraform(folder, 'apply', '-auto-approve', '-input=false');
      expect(edited.output).toContain('updated roles.reader');
      expect(await ids()).toEqual(before);
      const { requests } = await emulator.requests();
      const writes = requests.filter(({ method, path }) => method !== 'GET' && !path.includes('custom-data'));
      // The lock is taken and released around the one change.
      expect(writes.map(({ method, path }) => `${method} ${path.split('/')[2] ?? ''}`)).toEqual([
        'POST resources',
        'PATCH roles',
        'DELETE resources',
      ]);

      const destroyed = await terraform(folder, 'destroy', '-auto-approve', '-input=false');
      expect(destroyed.output).toContain('Destroy complete! Resources: 5 destroyed');
      expect(await namesOf('/api/applications')).toEqual(['Management API tester']);
      expect(await namesOf('/api/roles')).toEqual(['Logto Management API access']);
    }, 120_000);
  },
);

withTerraform('a failed apply inside Terraform', () => {
  test('taints its resource, and the next one heals', async () => {
    const folder = newProject('cdktf', application('cdktf'));
    await synthesise(folder, 'Reads');
    expect((await terraform(folder, 'init', '-input=false')).status).toBe(0);
    await emulator.faults([
      { method: 'POST', path: '/api/roles', type: 'status', status: 403, count: 'always' },
    ]);
    const failed = await terraform(folder, 'apply', '-auto-approve', '-input=false');
    expect(failed.status).toBe(1);
    expect(failed.output).toContain('roles.reader could not be created');
    await emulator.faults([]);
    const healed = await terraform(folder, 'apply', '-auto-approve', '-input=false');
    expect(healed.output).toContain('is tainted, so must be replaced');
    expect(healed.output).toContain('Apply complete!');
    expect(await namesOf('/api/applications')).toEqual(['Management API tester', 'Web', 'Worker']);
    expect(await namesOf('/api/roles')).toEqual(['Logto Management API access', 'Reader']);
  }, 120_000);
});

withTerraform('Ctrl-C in the middle of an apply inside Terraform', () => {
  test('lets what is under way end, and the next apply does the rest without a duplicate', async () => {
    const folder = newProject('cdktf', application('cdktf'));
    await synthesise(folder, 'Reads');
    expect((await terraform(folder, 'init', '-input=false')).status).toBe(0);
    await emulator.faults([
      { method: 'POST', path: '/api/**', type: 'latency', milliseconds: 700, count: 'always' },
    ]);
    const child = spawn('terraform', ['apply', '-auto-approve', '-input=false', '-no-color'], {
      cwd: join(folder, 'cdktf.out', 'stacks', 'shop'),
      env: { ...process.env, ...credentials(), CHECKPOINT_DISABLE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    let isStopped = false;
    const onData = (chunk: Buffer): void => {
      output += chunk.toString();
      // As a terminal does it: the whole group gets the signal, Terraform and what it runs.
      if (!isStopped && output.includes('created apiResources.orders') && child.pid !== undefined) {
        isStopped = true;
        process.kill(-child.pid, 'SIGINT');
      }
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    await once(child, 'close');
    expect(isStopped).toBe(true);
    await emulator.faults([]);
    const healed = await terraform(folder, 'apply', '-auto-approve', '-input=false');
    expect(healed.output).toContain('Apply complete!');
    expect(await namesOf('/api/applications')).toEqual(['Management API tester', 'Web', 'Worker']);
    expect(await namesOf('/api/resources')).toEqual(['Logto Management API', 'Orders']);
  }, 120_000);
});

withTerraform('a tenant that destroying leaves as it is', () => {
  test('is configured, and stays when Terraform forgets it', async () => {
    const folder = newProject('cdktf', application('cdktf').replace("destroy: 'delete', ", ''));
    await synthesise(folder, 'Reads');
    expect((await terraform(folder, 'init', '-input=false')).status).toBe(0);
    expect((await terraform(folder, 'apply', '-auto-approve', '-input=false')).output).toContain(
      'Apply complete!',
    );
    expect((await terraform(folder, 'destroy', '-auto-approve', '-input=false')).output).toContain(
      'Destroy complete!',
    );
    expect(await namesOf('/api/applications')).toEqual(['Management API tester', 'Web', 'Worker']);
  }, 120_000);
});

test('null_resource comes to valid JSON with the provider, and edits are kept apart from destroying', async () => {
  const folder = newProject('cdktf', application('cdktf').replace("runner: 'terraform_data', ", ''));
  symlinkSync(join(root, 'node_modules', '@cdktf'), join(folder, 'node_modules', '@cdktf'));
  await synthesise(folder, 'Reads');
  const path = join(folder, 'cdktf.out', 'stacks', 'shop', 'cdk.tf.json');
  const json = JSON.parse(readFileSync(path, 'utf8')) as {
    terraform: { required_providers: Record<string, { source: string }> };
    resource: {
      null_resource: Record<
        string,
        { triggers: object; provisioner?: { 'local-exec': { when?: string } }[] }
      >;
    };
  };
  expect(json.terraform.required_providers.null?.source).toBe('null');
  const resources = Object.values(json.resource.null_resource).map(({ triggers, provisioner }) => ({
    triggers: Object.keys(triggers),
    when: provisioner?.map((one) => one['local-exec'].when ?? 'create'),
  }));
  expect(resources).toEqual([
    { triggers: ['endpoint', 'stack'], when: ['destroy'] },
    {
      triggers: ['endpoint', 'manifest', 'variable_applications_web_oidcClientMetadata_redirectUris_0'],
      when: ['create'],
    },
  ]);
});
