import { manifestGraph } from '../../src/access/manifest-graph';
import { reachOf } from '../../src/access/reach';
import { parseManifest } from '../../src/manifest/load-manifest';
import type { Action } from '../../src/plan/plan';
import { graphMermaid } from '../../src/render/graph-mermaid';
import { graphSvg } from '../../src/render/graph-svg';

const manifest = `
external:
  roles: { auditor: { name: Auditor } }
apiResources:
  orders: { name: Orders API, indicator: 'urn:orders', scopes: { read: {}, write: {} } }
organizationScopes: { pay: { name: 'invoices:pay' } }
organizationRoles:
  buyer: { name: Buyer, scopes: [pay] }
  keeper: { name: Keeper, type: MachineToMachine, resourceScopes: { orders: [read] } }
roles:
  customer: { name: Customer, description: Buys, type: User, isDefault: true, scopes: { orders: [read] } }
  worker:
    name: Worker
    description: Works
    type: MachineToMachine
    scopes: { orders: [read, write], management-api: [all] }
applications:
  bot: { name: Bot, type: MachineToMachine, roles: [worker] }
  other: { name: Other, type: MachineToMachine }
  partner:
    name: Partner
    type: Traditional
    isThirdParty: true
    oidcClientMetadata: { redirectUris: ['https://p.example.com/'], postLogoutRedirectUris: [] }
    userConsentScopes: { organizationScopes: [pay], resourceScopes: { orders: [read] } }
roleAssignments:
  - { application: other, role: auditor }
organizations:
  acme: { name: Acme, jit: { roles: [buyer] }, applications: { bot: [keeper] } }
users:
  ann: { username: ann, roles: [customer], organizations: { acme: [buyer] } }
`;

const graphOf = async (text: string, actions: readonly Partial<Action>[] = []) =>
  manifestGraph(await parseManifest([{ name: 'logto.yaml', text }]), {
    actions: actions.map((action) => ({
      type: 'update',
      address: '',
      changes: [],
      consequences: [],
      ...action,
    })),
  });

test('who can reach what follows from roles, organizations, defaults and consent', async () => {
  const graph = await graphOf(manifest);
  const ways = reachOf(graph).map(
    ({ subject, permission, role = 'consent', within }) =>
      `${subject} → ${permission} by ${role}${within === undefined ? '' : ` in ${within}`}`,
  );
  expect(ways.sort()).toEqual([
    'applications.bot → apiResources.management-api.scopes.all by roles.worker',
    'applications.bot → apiResources.orders.scopes.read by organizationRoles.keeper in organizations.acme',
    'applications.bot → apiResources.orders.scopes.read by roles.worker',
    'applications.bot → apiResources.orders.scopes.write by roles.worker',
    'applications.partner → apiResources.orders.scopes.read by consent',
    'applications.partner → organizationScopes.pay by consent',
    'everyNewUser → apiResources.orders.scopes.read by roles.customer',
    'organizations.acme → organizationScopes.pay by organizationRoles.buyer in organizations.acme',
    'users.ann → apiResources.orders.scopes.read by roles.customer',
    'users.ann → organizationScopes.pay by organizationRoles.buyer in organizations.acme',
  ]);
  const external = graph.nodes
    .filter(({ isExternal }) => isExternal)
    .map(({ id, label }) => `${id}: ${label}`);
  expect(external.sort()).toEqual([
    'apiResources.management-api.scopes.all: all',
    'apiResources.management-api: Logto Management API',
    'everyNewUser: Every new user',
    'roles.auditor: Auditor',
  ]);
});

test('a plan tells what is added and removed: by links, by what is new, and by what goes away', async () => {
  const graph = await graphOf(manifest, [
    { type: 'create', address: 'roles.customer' },
    {
      address: 'roles.worker',
      changes: [{ path: ['scopes', 'orders'], before: ['delete', 'read'], after: ['read', 'write'] }],
    },
    { type: 'delete', address: 'applications.old' },
    { type: 'delete', address: 'roleAssignments.bot.auditor' },
    {
      address: 'organizations.acme',
      changes: [{ path: ['applications'], before: {}, after: { bot: ['keeper'] } }],
    },
  ]);
  const changed = graph.edges.flatMap(({ from, to, status }) =>
    status === 'same' ? [] : [`${status} ${from} → ${to}`],
  );
  expect(changed.sort()).toEqual([
    'added applications.bot → organizationRoles.keeper',
    'added applications.bot → organizations.acme',
    'added everyNewUser → roles.customer',
    'added roles.customer → apiResources.orders.scopes.read',
    'added roles.worker → apiResources.orders.scopes.write',
    'removed applications.bot → roles.auditor',
    'removed roles.worker → apiResources.orders.scopes.delete',
  ]);
  expect(
    graph.nodes.filter(({ status }) => status !== 'same').map(({ id, status }) => `${status} ${id}`),
  ).toEqual([
    'added roles.customer',
    'changed roles.worker',
    'removed applications.old',
    'changed organizations.acme',
  ]);
  const bot = reachOf(graph).filter(({ subject }) => subject === 'applications.bot');
  expect(bot.map(({ permission, status }) => `${status} ${permission}`).sort()).toEqual([
    'added apiResources.orders.scopes.read',
    'added apiResources.orders.scopes.write',
    'removed apiResources.orders.scopes.delete',
    'same apiResources.management-api.scopes.all',
    'same apiResources.orders.scopes.read',
  ]);
});

test('a secret in a name, or in a reference, is in no picture', async () => {
  const graph = await graphOf(`
variables:
  name: { default: canary-name-1, sensitive: true }
  role: { default: canary-role, sensitive: true }
roles: { canary-role: { name: 'R \${var.name}', description: d, type: MachineToMachine } }
applications:
  bot: { name: 'Bot \${var.name}', type: MachineToMachine, roles: ['\${var.role}'] }
`);
  expect(JSON.stringify(graph)).not.toContain('canary-name-1');
  expect(graph.edges).toEqual([]);
});

test('names are no syntax of Mermaid, and no markup of SVG', async () => {
  const name = 'a"];\\nclick n0 <b>&#quot;` %% {{x}} end';
  const graph = await graphOf(`
roles: { r: { name: ${JSON.stringify(name)}, description: d, type: MachineToMachine } }
applications: { bot: { name: 'Bot', type: MachineToMachine, roles: [r] } }
`);
  expect(graphMermaid(graph).split('\n').slice(0, 3)).toEqual([
    'flowchart LR',
    '  n0{{"a#34;#93;#59;#92;nclick n0 #60;b#62;#38;#35;quot#59;#96; #37;#37; #123;#123;x#125;#125; end"}}',
    '  n1["Bot"]',
  ]);
  const svg = graphSvg(graph);
  expect(svg).not.toContain('<b>');
  expect(svg).toContain('a&quot;];\\nclick n0 &lt;b&gt;');
});
