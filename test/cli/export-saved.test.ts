import { join } from 'node:path';

import { kinds } from '../../src/kinds';
import { expectedAnswers, matchesPath } from '../../src/saved-answers/expected-answers';
import { secretsOfFullTenant } from '../examples/full-tenant';
import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { useFolder } from './folder';

const emulator = useEmulator();
const folder = useFolder();
const exportSaved = (...flags: readonly string[]) =>
  runCli(['export', '--from', 'dump', ...flags], { folder: folder.path });
const exportLive = (...flags: readonly string[]) =>
  runCli(['export', ...flags], { folder: folder.path, tenant: emulator });

const save = (files: Readonly<Record<string, unknown>>): void => {
  folder.write(
    Object.fromEntries(
      Object.entries(files).map(([name, value]) => [
        `dump/${name}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  );
};

/** What an export asks the tenant, without what is in the query. */
async function requestsOfExport(...flags: readonly string[]): Promise<readonly string[]> {
  await emulator.resetRequests();
  await exportLive(...flags);
  const { requests } = await emulator.requests();
  const paths = requests.filter(({ method }) => method === 'GET').map(({ path }) => path.replace(/\?.*/, ''));
  return [...new Set(paths)];
}

/** Saves the answer to each of these requests, as somebody would with curl: refusals too. */
async function saveAnswers(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const query = path === '/api/resources' ? 'includeScopes=true' : 'page=1&page_size=100';
    const { body } = await emulator.request('GET', `${path}?${query}`);
    save({ [`${path.replace('/api/', '')}.json`]: body });
  }
}

async function fillTenant(): Promise<void> {
  const applied = await runCli(['apply', '--yes', '-f', '.'], {
    folder: join(__dirname, '..', '..', 'examples', 'full-tenant'),
    tenant: emulator,
    environment: secretsOfFullTenant,
  });
  expect(applied).toMatchObject({ exitCode: 0 });
}

test('saved answers give the same manifest as the tenant that they come from', async () => {
  await fillTenant();
  const everySection = [
    '--only',
    kinds
      .filter(({ link }) => !link)
      .map(({ name }) => name)
      .join(','),
  ];
  const requests = await requestsOfExport(...everySection);
  await saveAnswers(requests);
  const live = await exportLive(...everySection);
  const saved = await exportSaved('--app-id', emulator.appId, ...everySection);
  expect(saved).toEqual({ ...live, exitCode: 0 });

  const expected = await expectedAnswers(new Set(kinds.map(({ name }) => name)));
  const unexpected = requests.filter((path) =>
    expected.every((answer) => !matchesPath(`/api/${answer.path}`, path)),
  );
  expect(unexpected).toEqual([]);
});

const orders = { id: 'r1', name: 'Orders API', indicator: 'https://orders.example.com' };
const bills = { id: 'r2', name: 'Bills API', indicator: 'https://bills.example.com' };
const scope = (id: string, name: string, resource: object) => ({ id, name, description: null, resource });
const role = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  description: name,
  type: 'MachineToMachine',
  applicationsCount: 0,
  featuredApplications: [],
  ...more,
});
const worker = { id: 'a1', name: 'Worker', type: 'MachineToMachine', customData: {} };

test('what is not saved is left out, and told once for each part', async () => {
  save({
    'applications.json': [worker, { ...worker, id: 'a2', name: 'Other' }],
    'applications/a1/secrets.json': [],
    'roles.json': [
      role('o1', 'Reader'),
      role('o2', 'Writer', { applicationsCount: 4, featuredApplications: [{ id: 'a1' }] }),
    ],
    'roles/o1/scopes.json': [],
    'sign-in-exp.json': { signInMode: 'SignIn' },
  });
  expect(await exportSaved('--only', 'applications,roles,organizations,signInExperience')).toEqual({
    exitCode: 0,
    stdout: `# yaml-language-server: $schema=./logto.schema.json

stack: default

# A named set of permissions, given to users or to machine-to-machine applications.
roles:
  reader:
    name: Reader
    description: Reader
    type: MachineToMachine
  writer:
    name: Writer
    description: Writer
    type: MachineToMachine

# A client that signs users in, or a machine that calls APIs.
applications:
  other:
    name: Other
    type: MachineToMachine
  worker:
    name: Worker
    type: MachineToMachine

# How users sign in and sign up, what they see, and what protects them. There is one in each tenant.
signInExperience:
  signInMode: SignIn
`,
    stderr: `left out: organizations: organizations.json is missing, and nothing is stated of what refers to it
left out: scopes of 1 role: roles/{id}/scopes.json is missing for o2
left out: roles of 2 applications: applications/{id}/roles.json is missing for a1, a2
left out: accessControl of 2 applications: applications/{id}/access-control.json is missing for a1, a2
left out: signInExperience of 2 applications: applications/{id}/sign-in-experience.json is missing for a1, a2
left out: secrets of 1 application: applications/{id}/secrets.json is missing for a2
5 resources, 0 secrets as variables.
`,
  });
});

test('nothing is stated of a set of which a member is in no file: what is stated is the whole set', async () => {
  save({
    'resources.json': [{ ...orders, scopes: [{ id: 's1', name: 'read' }] }],
    'roles.json': [role('o1', 'Reader'), role('o2', 'Clerk')],
    'roles/o1/scopes.json': [scope('s1', 'read', orders)],
    'roles/o2/scopes.json': [scope('s1', 'read', orders), scope('s2', 'read', bills)],
  });
  const { stdout, stderr } = await exportSaved('--only', 'roles,apiResources');
  expect(stdout).toContain(`  reader:
    name: Reader
    description: Reader
    type: MachineToMachine
    scopes:
      orders-api:
        - read
`);
  expect(stdout).toMatch(
    / {2}clerk:\n {4}name: Clerk\n {4}description: Clerk\n {4}type: MachineToMachine\n {2}reader:/,
  );
  expect(stderr)
    .toBe(`left out: the API resource "Bills API" (r2): it is in no file, so nothing is stated of what refers to it
4 resources, 0 secrets as variables.
`);
});

test('pages are put together, queries in names count for nothing, and lists below their objects are found', async () => {
  save({
    'api/roles?page=1&page_size=100.json': [role('o1', 'One'), role('o2', 'Two')],
    'api/roles.page-2.json': [role('o2', 'Two'), role('o3', 'Three')],
    'api/roles.10.json': [role('o4', 'Four')],
    'roles/o1/scopes.json': [],
    'roles/o2/scopes.json': [],
    'roles/o3/scopes.json': [],
    'roles/o4/scopes.json': [],
    'resources.json': [orders],
    'resources/r1/scopes.json': [{ id: 's1', name: 'read' }],
  });
  const { stdout, stderr } = await exportSaved('--only', 'roles,apiResources');
  expect(stdout).toContain('    scopes:\n      read: {}\n');
  expect(stdout.match(/ {4}name: \w+/g)).toEqual([
    '    name: Orders',
    '    name: Four',
    '    name: One',
    '    name: Three',
    '    name: Two',
  ]);
  expect(stderr).toBe('6 resources, 0 secrets as variables.\n');
});

test('permissions that are nowhere are told, and their API resource is exported without', async () => {
  save({ 'resources.json': [orders, bills] });
  const { stdout, stderr } = await exportSaved('--only', 'apiResources');
  expect(stdout).not.toContain('scopes:');
  expect(stderr).toBe(`left out: scopes of 2 API resources: resources/{id}/scopes.json is missing for r1, r2
2 resources, 0 secrets as variables.
`);
});

test('a list that ends where a page does may be cut off, which is told', async () => {
  save({
    'organization-scopes.json': Array.from({ length: 20 }, (_, index) => ({
      id: `o${index}`,
      name: `n${index}`,
    })),
  });
  expect((await exportSaved('--only', 'organizationScopes')).stderr).toBe(
    `left out: what may come after the end of organization-scopes.json: it holds as many items as Logto gives at once; ask for /api/organization-scopes?page=1&page_size=100, and for page=2 and so on as organization-scopes.2.json, until one is not full
20 resources, 0 secrets as variables.
`,
  );
});

test('everything that is no answer of Logto is told at once, with its place', async () => {
  save({
    'roles.json': '[\n  { "id": "a", }\n]\n',
    'hooks.json': '[{"id":"h","signingKey":"canary-in-a-broken-file"},}]',
    'applications.json': { code: 'auth.authorization_header_missing', message: 'No header.' },
    'connectors.json': {},
    'sign-in-exp.json': [],
    'domains.json': '',
    'captcha-provider.json': { code: 'entity.not_found', message: 'None.' },
  });
  const { exitCode, stdout, stderr } = await exportSaved();
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr)
    .toBe(`dump/applications.json:1:1  error: this is no answer but a refusal of Logto: auth.authorization_header_missing
  ask again, with a token that is valid
dump/connectors.json:1:1  error: a list should be here, as Logto answers it
  is it the answer to another request?
dump/domains.json:1:1  error: the file ends too early: a value should be here
  save the answer of Logto as it is
dump/hooks.json:1:52  error: broken JSON: a value should be here
  save the answer of Logto as it is
dump/roles.json:2:16  error: broken JSON: a key in double quotes should be here
  save the answer of Logto as it is
dump/sign-in-exp.json:1:1  error: an object should be here, as Logto answers it
  is it the answer to another request?

6 errors
`);
});

test('a refusal that was saved with the answers counts only where its answer is needed', async () => {
  const refusal = { code: 'application.invalid_type', message: 'Only machine to machine applications …' };
  save({
    'applications.json': [worker, { id: 'a2', name: 'Shop', type: 'SPA', customData: {} }],
    'applications/a2/roles.json': refusal,
    'roles.json': [],
  });
  const only = ['--only', 'applications'];
  expect(await exportSaved(...only)).toMatchObject({ exitCode: 0 });
  save({ 'applications/a1/access-control.json': refusal });
  expect(await exportSaved(...only)).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: `dump/applications/a1/access-control.json:1:1  error: this is no answer but a refusal of Logto: application.invalid_type
  ask again; or remove the file, and what it would tell is left out

1 error
`,
  });
});

test('a program of constructs is told which tenant it is for', async () => {
  save({ 'roles.json': [] });
  const flags = ['--format', 'constructs'];
  expect(await exportSaved(...flags)).toEqual({
    exitCode: 3,
    stdout: '',
    stderr:
      'error: a program of constructs states the address of its tenant, and saved answers do not tell it\n  add --endpoint, such as https://my-tenant.logto.app\n',
  });
  const { stdout } = await exportSaved(...flags, '--endpoint', 'https://acme.logto.app/api/');
  expect(stdout).toContain("endpoint: 'https://acme.logto.app'");
});

test('the application that saved the answers is left out where it is known, and the ledger that it keeps is used', async () => {
  folder.write({ 'logto.yaml': 'applications: { shop-front: { name: Shop, type: SPA } }\n' });
  await runCli(['apply', '--yes'], { folder: folder.path, tenant: emulator });
  await saveAnswers(await requestsOfExport('--only', 'applications,roles'));
  const live = await exportLive('--only', 'applications,roles');
  expect(live.stdout).toContain('  shop-front:\n');
  const environment = { LOGTO_APP_ID: emulator.appId };
  const known = await runCli(['export', '--from', 'dump', '--only', 'applications,roles'], {
    folder: folder.path,
    environment,
  });
  expect(known.stdout).toBe(live.stdout);
  const unknown = await exportSaved('--only', 'applications,roles');
  expect(unknown.stdout).toContain('  shop:\n');
  expect(unknown.stdout).not.toContain('logto-iac/');
  expect(await exportSaved('--app-id', 'nobody')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: 'error: --app-id nobody: dump holds no applications.json with an application of this id\n',
  });
});

test('a folder without answers tells which files are looked for', async () => {
  save({ 'role.json': [], 'notes.txt': 'x' });
  expect(await exportSaved('--only', 'apiResources,roles')).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: `error: --from dump: no file there is called as the answer to a request of the Management API
  resources.json          GET /api/resources?includeScopes=true
  roles.json              GET /api/roles?page=1&page_size=100
  roles/{id}/scopes.json  GET /api/roles/{id}/scopes
  Save the answer to GET /api/PATH as PATH.json, with the id of each object for {id}; further pages as PATH.2.json and so on. What is missing is left out, and told.
`,
  });
});

test('files that nobody asks for are named', async () => {
  save({ 'hooks.json': [], 'role.json': [], 'users/u1/logs.json': [] });
  expect((await exportSaved()).stderr).toMatch(/\nnot looked at: role\.json, users\/u1\/logs\.json\n$/);
});

test.each([
  [['--adopt'], 'adopt afterwards, with `logto-iac adopt`'],
  [['--endpoint', 'http://localhost'], 'leave one of the two out'],
  [['--ledger-application', 'x'], 'leave one of the two out'],
  [['--concurrency', '16'], 'leave one of the two out'],
  [['--max-requests-per-second', '5'], 'leave one of the two out'],
  [['--lock-timeout', '0'], 'leave one of the two out'],
  [['--no-lock'], 'leave one of the two out'],
])('%j has nothing to do with saved answers', async (flags, hint) => {
  save({ 'hooks.json': [] });
  expect(await exportSaved(...flags)).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: `error: ${flags[0]} needs a tenant, and --from reads files\n  ${hint}\n`,
  });
});

test.each([
  ['nowhere', 'there is no such folder'],
  ['logto.yaml', 'it is no folder'],
])('a folder that cannot be read is told: %s', async (name, reason) => {
  folder.write({ 'logto.yaml': '' });
  const { exitCode, stderr } = await runCli(['export', '--from', name], { folder: folder.path });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 3,
    stderr: `error: --from ${name} cannot be read: ${reason}\n`,
  });
});
