import { constructFiles } from '../../../src/export/constructs/write-constructs';
import type { JsonObject } from '../../../src/json';
import { expectToComeTo, layouts, tenant } from './documents';
import { isFormatted } from './is-formatted';

const written = (document: JsonObject, layout: (typeof layouts)[number] = 'single') =>
  constructFiles(document, { tenant, layout });

/** The constructs of a program in one file: what stands between its beginning and its end. */
function constructsOf(document: JsonObject): string {
  const program = written(document).files.get('main.ts') ?? '';
  return program.slice(program.indexOf('});\n') + 4, program.indexOf('app.synth')).trim();
}

const shop: JsonObject = {
  external: {
    apiResources: { billing: { indicator: 'https://billing.example.com' } },
    roles: { auditor: { id: 'role-id' } },
  },
  apiResources: {
    orders: {
      name: 'Orders API',
      indicator: 'https://orders.example.com',
      scopes: { 'orders:read': { description: 'Read orders' }, 'orders:write': {} },
    },
  },
  roles: {
    orders: {
      name: 'Orders',
      description: 'Works with orders',
      type: 'MachineToMachine',
      scopes: { orders: ['orders:read'], billing: ['invoices:read'], 'management-api': ['all'] },
    },
  },
  applications: {
    worker: { name: 'Worker', type: 'MachineToMachine', roles: ['auditor', 'orders'] },
  },
  signInExperience: { customCss: 'a {\n  content: "$${b}";\n}\n' },
  webhooks: {
    crm: { name: 'CRM', config: { url: 'https://x.example', headers: { authorization: '${var.crm}' } } },
  },
};

test('a program reads as one that somebody has written', async () => {
  const { files } = written(shop);
  expect([...files.keys()]).toEqual(['main.ts', 'package.json', 'tsconfig.json', 'cdktf.json', '.gitignore']);
  const program = files.get('main.ts') ?? '';
  expect(program).toBe(`// The Logto tenant at https://acme.logto.app, as constructs for CDKTF.
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  ApiResource,
  Application,
  LogtoTenant,
  Role,
  SignInExperience,
  Webhook,
  managementApiScope,
} from 'logto-iac/cdktf';

const app = new App();
const stack = new TerraformStack(app, 'acme');
const tenant = new LogtoTenant(stack, 'tenant', {
  endpoint: 'https://acme.logto.app',
  stack: 'acme',
  runner: 'terraform_data',
});

/** A secret: Terraform takes its value from the environment, see .env.example. */
function secret(name: string): string {
  const props = { type: 'string', sensitive: true };
  return new TerraformVariable(stack, name, props).stringValue;
}

// Exists already, is referred to, and is never changed from here.
const billing = ApiResource.fromExisting(tenant, 'billing', {
  indicator: 'https://billing.example.com',
});

const auditor = Role.fromExisting(tenant, 'auditor', { pinnedId: 'role-id' });

// An API that access tokens are issued for, with its permissions (scopes).
const orders = new ApiResource(tenant, 'orders', {
  name: 'Orders API',
  indicator: 'https://orders.example.com',
  scopes: { 'orders:read': { description: 'Read orders' }, 'orders:write': {} },
});

// A named set of permissions, given to users or to machine-to-machine
// applications.
const ordersRole = new Role(tenant, 'orders-role', {
  key: 'orders',
  name: 'Orders',
  description: 'Works with orders',
  type: 'MachineToMachine',
  scopes: [
    billing.scope('invoices:read'),
    managementApiScope(),
    orders.scope('orders:read'),
  ],
});

// A client that signs users in, or a machine that calls APIs.
new Application(tenant, 'worker', {
  name: 'Worker',
  type: 'MachineToMachine',
  roles: [auditor, ordersRole],
});

// How users sign in and sign up, what they see, and what protects them. There
// is one in each tenant.
new SignInExperience(tenant, 'sign-in-experience', {
  customCss: \`a {
  content: "\\\${b}";
}
\`,
});

// A request that Logto sends when something happens.
new Webhook(tenant, 'crm', {
  name: 'CRM',
  config: {
    url: 'https://x.example',
    headers: {
      authorization: secret('webhooks_crm_config_headers_authorization'),
    },
  },
});

app.synth();
`);
  expect(await isFormatted(program)).toBe(true);
  expectToComeTo(written(shop), shop);
});

test('by kind, what a section offers to others is handed to them', async () => {
  const { files } = written(shop, 'by-kind');
  expect([...files.keys()].filter((name) => name.endsWith('.ts'))).toEqual([
    'main.ts',
    'existing.ts',
    'api-resources.ts',
    'roles.ts',
    'applications.ts',
    'sign-in-experience.ts',
    'webhooks.ts',
    'secret.ts',
  ]);
  const calls = files.get('main.ts')?.split('\n\n').at(-2);
  expect(calls).toBe(`const existing = declareExisting(tenant);
const apiResources = declareApiResources(tenant);
const roles = declareRoles(tenant, existing, apiResources);
declareApplications(tenant, existing, roles);
declareSignInExperience(tenant);
declareWebhooks(tenant);`);
  expect(files.get('roles.ts'))
    .toBe(`import { Role, managementApiScope, type LogtoTenant } from 'logto-iac/cdktf';
import type { Existing } from './existing';
import type { ApiResources } from './api-resources';

/**
 * A named set of permissions, given to users or to machine-to-machine
 * applications.
 */
export function declareRoles(
  tenant: LogtoTenant,
  existing: Existing,
  apiResources: ApiResources,
) {
  const orders = new Role(tenant, 'orders-role', {
    key: 'orders',
    name: 'Orders',
    description: 'Works with orders',
    type: 'MachineToMachine',
    scopes: [
      existing.billing.scope('invoices:read'),
      managementApiScope(),
      apiResources.orders.scope('orders:read'),
    ],
  });

  return { orders };
}

export type Roles = ReturnType<typeof declareRoles>;
`);
  for (const [name, text] of files)
    if (name.endsWith('.ts')) expect([name, await isFormatted(text)]).toEqual([name, true]);
  expectToComeTo(written(shop, 'by-kind'), shop);
});

const restricted = (organization: string): JsonObject => ({
  name: 'Web',
  type: 'SPA',
  accessControl: { organizations: [organization] },
});

test('what is referred to is declared before: a section waits with some of its constructs', () => {
  const document: JsonObject = {
    applications: { ledger: { name: 'Ledger', type: 'MachineToMachine' }, office: restricted('acme') },
    organizationRoles: { clerk: { name: 'Clerk' } },
    organizations: { acme: { name: 'Acme', applications: { ledger: ['clerk'] } } },
  };
  const lines = constructsOf(document).split('\n');
  expect(lines.filter((line) => /new |continued|key/.test(line))).toEqual([
    "const clerk = new OrganizationRole(tenant, 'clerk', { name: 'Clerk' });",
    "const ledger = new Application(tenant, 'ledger', {",
    "const acme = new Organization(tenant, 'acme', {",
    '  applications: { [ledger.key]: [clerk] },',
    '// applications, continued: these refer to what stands above.',
    "new Application(tenant, 'office', {",
  ]);
  for (const layout of layouts) expectToComeTo(written(document, layout), document);
});

test('of a circle, one refers to the other by its key', () => {
  const document: JsonObject = {
    applications: { office: { ...restricted('acme'), type: 'MachineToMachine' } },
    organizations: { acme: { name: 'Acme', applications: { office: [] } } },
  };
  const program = constructsOf(document);
  expect(program).toContain("accessControl: { organizations: ['acme'] }");
  expect(program).toContain('applications: { [office.key]: [] }');
  for (const layout of layouts) expectToComeTo(written(document, layout), document);
});

test('single links are named by their ends', () => {
  const document: JsonObject = {
    roles: { reader: { name: 'Reader', description: 'Reads', type: 'MachineToMachine' } },
    applications: { worker: { name: 'Worker', type: 'MachineToMachine' } },
    roleAssignments: [{ application: 'worker', role: 'reader' }],
  };
  expect(constructsOf(document)).toContain(`new RoleAssignment(tenant, 'worker-reader', {
  application: worker,
  role: reader,
});`);
  for (const layout of layouts) expectToComeTo(written(document, layout), document);
});

test('permissions of which there are none are stated all the same, and with the key of what they are of', () => {
  const document: JsonObject = {
    apiResources: { orders: { name: 'Orders', indicator: 'https://o.example.com', scopes: { read: {} } } },
    organizationRoles: { clerk: { name: 'Clerk', resourceScopes: { orders: [], other: ['read'] } } },
  };
  expect(constructsOf(document)).toContain("resourceScopes: { [orders.key]: [], other: ['read'] }");
  for (const layout of layouts) expectToComeTo(written(document, layout), document);
});

test('what is kept in files of its own is read from there', () => {
  const files = new Map([
    ['styles/a.css', 'a {\n}\n'],
    ['phrases/de.json', '{ "a": { "b": "ä" } }'],
  ]);
  const document: JsonObject = {
    customPhrases: { german: { languageTag: 'de', translation: { file: 'phrases/de.json' } } },
    signInExperience: { customCss: { file: 'styles/a.css' } },
  };
  for (const layout of layouts) {
    const program = constructFiles(document, { tenant, layout, contents: new Set(files.keys()) });
    const all = { ...program, files: new Map([...program.files, ...files]) };
    expectToComeTo(all, {
      customPhrases: { german: { languageTag: 'de', translation: { a: { b: 'ä' } } } },
      signInExperience: { customCss: 'a {\n}\n' },
    });
  }
});

test('a secret may be a part of a text, and stand in a place that has no plain name', () => {
  const document: JsonObject = {
    webhooks: {
      crm: {
        name: 'CRM',
        config: { url: 'https://u:${var.a}@x.example/`$${b}', headers: { 'x-api.key': '${var.b}' } },
      },
    },
  };
  const { files, secrets } = written(document);
  expect(secrets).toEqual([
    { exportedAs: 'a', name: 'webhooks_crm_config_url' },
    { exportedAs: 'b', name: 'webhooks_crm_config_headers_x_api_key' },
  ]);
  expect(files.get('main.ts')).toContain(
    "url: `https://u:${secret('webhooks_crm_config_url')}@x.example/\\`\\${b}`,",
  );
});

test('what CDKTF would take for a value of its own is refused, with every place', () => {
  const document: JsonObject = {
    applications: {
      web: { name: 'x $${TfToken[TOKEN.0]}', type: 'SPA', customData: { '&{TfToken[a]}': 1, a: [-1e289] } },
    },
    roles: { '#{TfToken[b]}': { name: 'a', description: 'b' } },
  };
  expect(() => written(document)).toThrow(
    'constructs cannot hold what CDKTF takes for a value of its own: ' +
      'applications.web.name, applications.web.customData["&{TfToken[a]}"], applications.web.customData.a.0, roles["#{TfToken[b]}"]',
  );
});

test('a program needs what this package needs, in its versions', () => {
  const { files } = written({ roles: { a: { name: 'a', description: 'b' } } });
  expect(JSON.parse(files.get('package.json') ?? '')).toEqual({
    name: 'logto-acme',
    version: '0.0.0',
    private: true,
    scripts: { build: 'tsc', synth: 'tsc && node dist/main.js' },
    dependencies: { cdktf: '^0.21.0', constructs: '>=10.4.2 <11', 'logto-iac': '^0.1.0' },
    devDependencies: { '@types/node': '^20.19.43', typescript: '~5.9.3' },
  });
});
