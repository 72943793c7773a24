import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadManifest } from '../../src/manifest/load-manifest.js';
import type { Manifest } from '../../src/manifest/manifest.js';
import { inFolder, load, places, problemsOf, sentences } from './manifest-texts.js';

const acme = `stack: acme

external:
  roles:
    auditor: { name: Auditor }
  applications:
    legacy-sync: { id: abc123 }

applications:
  worker:
    name: Order worker
    type: MachineToMachine
    roles: [order-worker, auditor]
    lifecycle: { protect: true }
  web:
    id: web-id
    name: Web shop
    type: SPA
    customData: { team: shop, note: null }

apiResources:
  orders:
    name: Orders API
    indicator: https://orders.example.com
    scopes:
      orders:read: { description: Read orders }
      orders:write:

roles:
  order-worker:
    name: Order worker
    description: Reads and writes orders
    type: MachineToMachine
    scopes:
      orders: [orders:read, orders:write]
      management-api: [all]

roleAssignments:
  - { application: legacy-sync, role: order-worker }
`;

const summary = ({ desired }: Manifest) =>
  [...desired.values()].map(({ kind, source, ...resource }) => ({
    ...resource,
    kind: kind.name,
    at: `${source?.line ?? 0}:${source?.column ?? 0}`,
  }));

test('a manifest becomes resources in the order of the kinds, with keys as references', async () => {
  const manifest = await load(acme);
  expect(manifest.stack).toBe('acme');
  expect(summary(manifest)).toEqual([
    {
      kind: 'apiResources',
      address: 'apiResources.orders',
      key: 'orders',
      fields: { name: 'Orders API', indicator: 'https://orders.example.com' },
      lifecycle: {},
      at: '22:3',
    },
    {
      kind: 'apiResources.scopes',
      address: 'apiResources.orders.scopes.orders:read',
      key: 'orders:read',
      parent: 'apiResources.orders',
      fields: { name: 'orders:read', description: 'Read orders' },
      lifecycle: {},
      at: '26:7',
    },
    {
      kind: 'apiResources.scopes',
      address: 'apiResources.orders.scopes.orders:write',
      key: 'orders:write',
      parent: 'apiResources.orders',
      fields: { name: 'orders:write' },
      lifecycle: {},
      at: '27:7',
    },
    {
      kind: 'roles',
      address: 'roles.order-worker',
      key: 'order-worker',
      fields: {
        name: 'Order worker',
        description: 'Reads and writes orders',
        type: 'MachineToMachine',
        scopes: { orders: ['orders:read', 'orders:write'], 'management-api': ['all'] },
      },
      lifecycle: {},
      at: '30:3',
    },
    {
      kind: 'applications',
      address: 'applications.worker',
      key: 'worker',
      fields: { name: 'Order worker', type: 'MachineToMachine', roles: ['order-worker', 'auditor'] },
      lifecycle: { protect: true },
      at: '10:3',
    },
    {
      kind: 'applications',
      address: 'applications.web',
      key: 'web',
      pinnedId: 'web-id',
      fields: { name: 'Web shop', type: 'SPA', customData: { team: 'shop', note: null } },
      lifecycle: {},
      at: '15:3',
    },
    {
      kind: 'roleAssignments',
      address: 'roleAssignments.legacy-sync.order-worker',
      key: 'order-worker',
      fields: { application: 'legacy-sync', role: 'order-worker' },
      lifecycle: {},
      at: '39:5',
    },
    {
      kind: 'roles',
      address: 'external.roles.auditor',
      key: 'auditor',
      external: true,
      fields: { name: 'Auditor' },
      lifecycle: {},
      at: '5:5',
    },
    {
      kind: 'applications',
      address: 'external.applications.legacy-sync',
      key: 'legacy-sync',
      external: true,
      pinnedId: 'abc123',
      fields: {},
      lifecycle: {},
      at: '7:5',
    },
  ]);
});

test('locate finds a resource, a field, and the nearest place around a field that is not written', async () => {
  const { locate } = await load(acme);
  const at = (address: string, path?: readonly string[]) => {
    const range = locate(address, path);
    return range && `${range.file}:${range.line}:${range.column}`;
  };
  expect([
    at('applications.worker'),
    at('applications.worker', ['roles', '1']),
    at('applications.worker', ['roles']),
    at('applications.worker', ['customData', 'team']),
    at('apiResources.orders.scopes.orders:read', ['description']),
    at('applications.nobody'),
  ]).toEqual(['a.yaml:10:3', 'a.yaml:13:27', 'a.yaml:13:5', 'a.yaml:10:3', 'a.yaml:26:35', undefined]);
});

test('a folder means its YAML files, sorted, without subfolders, hidden files and overlays', async () => {
  const role = (key: string) => `roles:\n  ${key}: { name: ${key}, description: x }\n`;
  const files = {
    'b.yml': role('b'),
    'a.yaml': role('a'),
    'notes.txt': 'no manifest',
    '.hidden.yaml': role('hidden'),
    'prod.yaml': role('prod'),
    'sub/c.yaml': role('c'),
  };
  await inFolder(files, async (folder) => {
    const overlays = [join(folder, 'prod.yaml')];
    const flat = await loadManifest({ files: [folder], overlays });
    expect([...flat.desired.keys()]).toEqual(['roles.a', 'roles.b', 'roles.prod']);
    const deep = await loadManifest({ files: [folder], overlays, recursive: true });
    expect([...deep.desired.keys()]).toEqual(['roles.a', 'roles.b', 'roles.c', 'roles.prod']);
    const twice = await loadManifest({ files: [join(folder, 'a.yaml'), join(folder, 'a.yaml')] });
    expect([...twice.desired.keys()]).toEqual(['roles.a']);
  });
});

test('files that cannot be read are told together with the mistakes of the others', async () => {
  const files = { 'a.yaml': 'rolls: {}\n', 'latin.yaml': Buffer.from([0x61, 0x3a, 0xe9]), 'empty/x': '' };
  await inFolder(files, async (folder) => {
    const name = (file: string) => join(folder, file);
    const loading = loadManifest({ files: ['a.yaml', 'latin.yaml', 'none.yaml', 'empty'].map(name) });
    expect(sentences(await problemsOf(loading)).map((text) => text.replaceAll(folder, ''))).toEqual([
      '/none.yaml cannot be read: there is no such file',
      'the folder /empty holds no *.yaml or *.yml (look into its subfolders with --recursive)',
      '/latin.yaml is not UTF-8 text (save it as UTF-8)',
      '/a.yaml:1:1 there is no section "rolls" (did you mean "roles"?)',
    ]);
  });
});

test('a manifest can come from standard input', () => {
  const load = `require('./dist/manifest/load-manifest.js').loadManifest({ files: ['-'] })
    .then(({ desired }) => console.log([...desired.values()].map(({ address, source }) => address + ' ' + source.file).join()))`;
  const { stdout } = spawnSync(process.execPath, ['-e', load], {
    input: 'roles:\n  a: { name: a, description: b }\n',
    encoding: 'utf8',
  });
  expect(stdout).toBe('roles.a <stdin>\n');
});

test('two files make one manifest, and what both declare is told at the second', async () => {
  const first = 'stack: one\nroles:\n  a: { name: a, description: a }\nroleAssignments: []\n';
  const second = 'stack: two\nroles:\n  b: { name: b, description: b }\n  a: { name: c, description: c }\n';
  expect(sentences(await problemsOf(load([first, second])))).toEqual([
    'b.yaml:1:1 stack is stated differently at a.yaml:1:1',
    'b.yaml:4:3 roles.a is declared twice; first at a.yaml:3:3 (remove or rename one of them)',
  ]);
});

test('lists of several files are put together', async () => {
  const application = (key: string) =>
    `applications:\n  ${key}: { name: x, type: MachineToMachine }\nroleAssignments:\n  - { application: ${key}, role: r }\n`;
  const roles = 'roles:\n  r: { name: r, description: r, type: MachineToMachine }\n';
  const { desired } = await load([application('a'), application('b'), roles]);
  expect([...desired.keys()]).toEqual([
    'roles.r',
    'applications.a',
    'applications.b',
    'roleAssignments.a.r',
    'roleAssignments.b.r',
  ]);
});

test.each([
  ['is empty', ''],
  ['holds only a comment', '# nothing\n'],
  ['has only empty sections', 'roles:\napplications: {}\nroleAssignments: []\n'],
  ['has only externals', 'external: { roles: { a: { name: a } } }\n'],
])('a manifest that %s is a mistake unless that is allowed', async (_, text) => {
  expect(places(await problemsOf(load(text)))).toEqual(['a.yaml:1:1 empty-manifest']);
  const { desired } = await load(text, { allowEmpty: true });
  expect([...desired.values()].filter(({ external }) => !external)).toEqual([]);
});

test('the stack has a name that can be a key, from the option before the manifest', async () => {
  const options = { allowEmpty: true };
  expect((await load('', options)).stack).toBe('default');
  expect((await load('stack: a.b-c_1', options)).stack).toBe('a.b-c_1');
  expect((await load('stack: a', { ...options, stack: 'b' })).stack).toBe('b');
  expect(places(await problemsOf(load('stack: a/b', options)))).toEqual(['a.yaml:1:8 wrong-value']);
  expect(places(await problemsOf(load(`stack: ${'x'.repeat(65)}`, options)))).toEqual([
    'a.yaml:1:8 wrong-value',
  ]);
  expect(places(await problemsOf(load('', { ...options, stack: '' })))).toEqual(['wrong-value']);
});
