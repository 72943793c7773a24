import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Fn, TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  ApiResource,
  Application,
  LogtoTenant,
  LogtoTesting,
  managementApiScope,
  Organization,
  OrganizationRole,
  Role,
  RoleAssignment,
  User,
  type ApplicationProps,
} from '../../src/constructs';
import { canonicalDocument, manifestText } from '../../src/manifest/canonical';
import { loadManifest } from '../../src/manifest/load-manifest';
import { documentOf, newTenant } from './new-tenant';

test('constructs, however deep they sit, come to the manifest that YAML would give', () => {
  const tenant = newTenant();
  class Service extends Construct {
    constructor(scope: Construct, id: string) {
      super(scope, id);
      const api = new ApiResource(this, 'orders', {
        name: 'Orders',
        indicator: 'https://orders.example.com',
        scopes: { 'orders:write': {}, 'orders:read': { description: 'Read' } },
      });
      const role = new Role(new Construct(this, 'deep'), 'worker-role', {
        name: 'Worker',
        description: 'Works',
        type: 'MachineToMachine',
        scopes: [api.scope('orders:write')],
      });
      role.grant(api.scope('orders:read'), managementApiScope());
      new Application(this, 'worker', { name: 'Worker', type: 'MachineToMachine' }).assignRole(role);
    }
  }
  new Service(tenant, 'service');
  expect(LogtoTesting.manifest(tenant)).toBe(`stack: acme
apiResources:
  orders:
    name: Orders
    indicator: https://orders.example.com
    scopes:
      orders:read:
        description: Read
      orders:write: {}
roles:
  worker-role:
    name: Worker
    description: Works
    type: MachineToMachine
    scopes:
      management-api:
        - all
      orders:
        - orders:read
        - orders:write
applications:
  worker:
    name: Worker
    type: MachineToMachine
    roles:
      - worker-role
`);
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('what exists already is referred to by a look-up, and single links are made to it', () => {
  const tenant = newTenant();
  const auditor = Role.fromExisting(tenant, 'auditor', { name: 'Auditor' });
  const legacy = Application.fromExisting(tenant, 'legacy', { pinnedId: 'abc', key: 'legacy-sync' });
  const billing = ApiResource.fromExisting(tenant, 'billing', { indicator: 'https://billing.example.com' });
  new Role(tenant, 'reader', { name: 'Reader', description: 'Reads', type: 'MachineToMachine' }).grant(
    billing.scope('invoices:read'),
  );
  new RoleAssignment(tenant, 'link', { application: legacy, role: auditor });
  expect(documentOf(tenant)).toEqual({
    stack: 'acme',
    external: {
      apiResources: { billing: { indicator: 'https://billing.example.com' } },
      applications: { 'legacy-sync': { id: 'abc' } },
      roles: { auditor: { name: 'Auditor' } },
    },
    roles: {
      reader: {
        name: 'Reader',
        description: 'Reads',
        type: 'MachineToMachine',
        scopes: { billing: ['invoices:read'] },
      },
    },
    roleAssignments: [{ application: 'legacy-sync', role: 'auditor' }],
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('every problem is told at once, with the path of its construct, when the application is synthesised', () => {
  const app = new App({ outdir: join(tmpdir(), 'logto-iac-problems') });
  const stack = new TerraformStack(app, 'shop');
  const tenant = new LogtoTenant(stack, 'acme', {
    endpoint: 'https://acme.logto.app',
    runner: 'terraform_data',
  });
  new Application(tenant, 'web', { name: '', type: 'SPA', roles: ['nobody'] });
  new Application(tenant, 'wrong', { name: 'x', type: 'Spa' } as unknown as ApplicationProps);
  new Application(new Construct(tenant, 'again'), 'web', { name: 'Web', type: 'SPA' });
  new Role(stack, 'outside', { name: 'x', description: 'y' });
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain('[shop/acme/web]');
  expect(message).toContain('unknown role "nobody"');
  expect(message).toContain('[shop/acme/wrong]');
  expect(message).toContain('SPA');
  expect(message).toContain('[shop/acme/again/web] two constructs have the key "web" in applications');
  expect(message).toContain('[shop/outside] it is not inside of a LogtoTenant');
});

test('a tenant is found from below, and its absence is told', () => {
  const tenant = newTenant();
  const inner = new Construct(new Construct(tenant, 'a'), 'b');
  expect(LogtoTenant.of(inner)).toBe(tenant);
  expect(() => LogtoTenant.of(new TerraformStack(Testing.app(), 'other'))).toThrow(
    'other is not inside of a LogtoTenant',
  );
});

test('what only Terraform knows becomes a variable, of its type, wherever it stands', () => {
  const tenant = newTenant();
  const stack = TerraformStack.of(tenant);
  const url = new TerraformVariable(stack, 'url', { type: 'string' });
  const days = new TerraformVariable(stack, 'days', { type: 'number' });
  const uris = new TerraformVariable(stack, 'uris', { type: 'list(string)' });
  new Application(tenant, 'web', {
    name: 'costs ${price}',
    type: 'SPA',
    oidcClientMetadata: {
      redirectUris: [`${url.stringValue}/callback`],
      postLogoutRedirectUris: uris.listValue,
    },
    customClientMetadata: { refreshTokenTtlInDays: days.numberValue },
  });
  expect(documentOf(tenant)).toEqual({
    stack: 'acme',
    variables: {
      applications_web_customClientMetadata_refreshTokenTtlInDays: { type: 'number', sensitive: true },
      applications_web_oidcClientMetadata_postLogoutRedirectUris: { type: 'json', sensitive: true },
      applications_web_oidcClientMetadata_redirectUris_0: { type: 'string', sensitive: true },
    },
    applications: {
      web: {
        name: 'costs $${price}',
        type: 'SPA',
        oidcClientMetadata: {
          redirectUris: ['${var.applications_web_oidcClientMetadata_redirectUris_0}'],
          postLogoutRedirectUris: '${var.applications_web_oidcClientMetadata_postLogoutRedirectUris}',
        },
        customClientMetadata: {
          refreshTokenTtlInDays: '${var.applications_web_customClientMetadata_refreshTokenTtlInDays}',
        },
      },
    },
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
  const json = JSON.parse(Testing.synth(stack)) as {
    resource: {
      terraform_data: Record<string, { provisioner?: { 'local-exec': { environment: object } }[] }>;
    };
  };
  const environments = Object.values(json.resource.terraform_data).flatMap(({ provisioner }) =>
    (provisioner ?? []).map((one) => one['local-exec'].environment),
  );
  expect(environments).toEqual([
    {
      LOGTO_ENDPOINT: 'https://acme.logto.app',
      LOGTO_IAC_VAR_applications_web_customClientMetadata_refreshTokenTtlInDays: '${var.days}',
      LOGTO_IAC_VAR_applications_web_oidcClientMetadata_postLogoutRedirectUris: '${jsonencode(var.uris)}',
      LOGTO_IAC_VAR_applications_web_oidcClientMetadata_redirectUris_0: '${var.url}/callback',
    },
  ]);
});

test('what looks like an expression is meant as it is, also in keys', () => {
  const tenant = newTenant();
  const prices = new ApiResource(tenant, 'prices-${eu}', {
    name: 'Prices',
    indicator: 'https://prices.example.com',
    scopes: { 'price:${all}': {} },
  });
  new Role(tenant, 'buyer', { name: 'Buyer', description: 'Buys' }).grant(prices.scope('price:${all}'));
  new Application(tenant, 'web', { name: 'Web', type: 'SPA', customData: { '${a}': { '$${b}': '${c}' } } });
  expect(documentOf(tenant)).toMatchObject({
    apiResources: { 'prices-$${eu}': { scopes: { 'price:$${all}': {} } } },
    roles: { buyer: { scopes: { 'prices-$${eu}': ['price:$${all}'] } } },
    applications: { web: { customData: { '$${a}': { '$$${b}': '$${c}' } } } },
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('keys may be called like what every object has', () => {
  const tenant = newTenant();
  const names = ['constructor', '__proto__'];
  const roles = names.map((key) => new Role(tenant, `${key}-role`, { key, name: key, description: key }));
  const organizations = names.map(
    (key) => new Organization(tenant, `${key}-organization`, { key, name: key }),
  );
  const buyer = new OrganizationRole(tenant, 'buyer', { name: 'Buyer' });
  const probe = new User(tenant, 'probe', { username: 'probe', roles });
  for (const organization of organizations) probe.addToOrganization(organization, buyer);
  const { users, ...sections } = documentOf(tenant) as Record<string, Record<string, object>>;
  expect(Object.keys(sections.roles ?? {}).sort()).toEqual(['__proto__', 'constructor']);
  expect(users?.probe).toEqual({
    username: 'probe',
    roles: ['__proto__', 'constructor'],
    organizations: Object.fromEntries(names.map((key) => [key, ['buyer']])),
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('keys that differ in punctuation or case only get variables of their own', () => {
  const tenant = newTenant();
  const stack = TerraformStack.of(tenant);
  const keys = ['web-1', 'web_1', 'WEB.1'];
  for (const key of keys) {
    const { stringValue } = new TerraformVariable(stack, `variable ${key}`, { type: 'string' });
    new Application(tenant, key, { name: key, type: 'SPA', description: stringValue });
  }
  const { variables, applications } = documentOf(tenant) as {
    variables: object;
    applications: Record<string, { description: string }>;
  };
  const used = keys.map((key) => applications[key]?.description.slice('${var.'.length, -1) ?? '');
  expect(new Set(used.map((name) => name.toLowerCase())).size).toBe(3);
  expect(Object.keys(variables).sort()).toEqual([...used].sort());
  expect(used).toContain('applications_web_1_description');
});

test('single links with the same id in different scopes get variables of their own', () => {
  const tenant = newTenant();
  const stack = TerraformStack.of(tenant);
  for (const id of ['a', 'b']) {
    const { stringValue } = new TerraformVariable(stack, `role-${id}`, { type: 'string' });
    new RoleAssignment(new Construct(tenant, id), 'link', { application: 'legacy', role: stringValue });
  }
  Application.fromExisting(tenant, 'legacy', { name: 'Legacy' });
  expect(documentOf(tenant)).toMatchObject({
    roleAssignments: [
      { application: 'legacy', role: '${var.roleAssignments_shop_acme_a_link_role}' },
      { application: 'legacy', role: '${var.roleAssignments_shop_acme_b_link_role}' },
    ],
  });
});

test('a secret that is no Terraform value is refused, and the manifest holds no credentials', () => {
  const stack = new TerraformStack(Testing.app(), 'shop');
  const secret = new TerraformVariable(stack, 'secret', { type: 'string', sensitive: true });
  const literal = new LogtoTenant(stack, 'literal', {
    endpoint: 'https://acme.logto.app',
    runner: 'terraform_data',
    credentials: { appId: 'app', appSecret: 'canary-7f3a' },
  });
  const sound = new LogtoTenant(stack, 'sound', {
    endpoint: 'https://acme.logto.app',
    runner: 'terraform_data',
    credentials: { appId: 'app', appSecret: secret.stringValue },
  });
  new Role(literal, 'a', { name: 'a', description: 'a' });
  new Role(sound, 'a', { name: 'a', description: 'a' });
  const errors = [...literal.node.validate(), ...sound.node.validate()];
  expect(errors).toEqual([expect.stringContaining('the secret itself would be written')]);
  expect(LogtoTesting.manifest(sound)).not.toContain('app');
});

test('a computed value of a reference is possible too: the hash of what Terraform knows triggers an apply', () => {
  const tenant = newTenant();
  const stack = TerraformStack.of(tenant);
  const url = new TerraformVariable(stack, 'url', { type: 'string' });
  new Application(tenant, 'web', { name: 'Web', type: 'SPA', description: Fn.lower(url.stringValue) });
  expect(Testing.synth(stack)).toContain(
    '"variable_applications_web_description": "${sha256(lower(var.url))}"',
  );
});

const examples = join(__dirname, '..', '..', 'examples');
const environment = { ERP_API_KEY: 'not a secret here' };

test.each([
  ['quick-start', 'logto.yaml', []],
  ['existing-tenant', 'logto.yaml', []],
  ['gitops', 'base', ['overlays/dev.yaml']],
  ['gitops', 'base', ['overlays/prod.yaml']],
] as const)(
  'the example %s of %s %s is the same text, from YAML and from constructs',
  async (name, file, overlays) => {
    const folder = join(examples, name);
    const { document, stack } = await loadManifest({
      files: [join(folder, file)],
      overlays: overlays.map((overlay) => join(folder, overlay)),
      variables: name === 'existing-tenant' ? { reportsId: 'an-id' } : {},
      environment,
    });
    const tenant = newTenant(stack);
    declare(tenant, document);
    expect(LogtoTesting.problems(tenant)).toEqual([]);
    expect(LogtoTesting.manifest(tenant)).toBe(manifestText(canonicalDocument(document)));
  },
);

type Specs = Readonly<Record<string, Record<string, never>>>;
interface Document {
  readonly apiResources?: Specs;
  readonly roles?: Specs;
  readonly applications?: Specs;
  readonly roleAssignments?: readonly Record<string, never>[];
  readonly external?: {
    readonly apiResources?: Specs;
    readonly roles?: Specs;
    readonly applications?: Specs;
  };
}

/** Makes a construct of each entry of a manifest. */
function declare(tenant: LogtoTenant, document: Document): void {
  const existing = new Construct(tenant, 'existing');
  const { external = {} } = document;
  for (const [key, look] of Object.entries(external.apiResources ?? {}))
    ApiResource.fromExisting(existing, key, props(look));
  for (const [key, look] of Object.entries(external.roles ?? {}))
    Role.fromExisting(existing, `role-${key}`, props({ key: key as never, ...look }));
  for (const [key, look] of Object.entries(external.applications ?? {})) {
    Application.fromExisting(existing, `application-${key}`, props({ key: key as never, ...look }));
  }
  for (const [key, spec] of Object.entries(document.apiResources ?? {}))
    new ApiResource(tenant, `${key}-api`, props({ key: key as never, ...spec }));
  for (const [key, spec] of Object.entries(document.roles ?? {}))
    new Role(tenant, `${key}-role`, props({ key: key as never, ...spec }));
  for (const [key, spec] of Object.entries(document.applications ?? {}))
    new Application(tenant, key, props(spec));
  for (const [index, spec] of (document.roleAssignments ?? []).entries())
    new RoleAssignment(tenant, `link-${index}`, props(spec));
}

/** `id:` of a manifest is called `pinnedId` there: every construct has an id of its own. */
const props = (stated: Record<string, never>): never => {
  const { id, ...spec } = stated as Readonly<Record<string, unknown>>;
  return { ...spec, ...(id !== undefined && { pinnedId: id }) } as never;
};

test('ids are read by the address, whatever is in it', () => {
  const tenant = newTenant();
  const stack = TerraformStack.of(tenant);
  const orders = new ApiResource(tenant, 'orders', {
    name: 'Orders',
    indicator: 'https://orders.example.com',
  });
  const strange = new Application(tenant, 'strange', { key: 'a "${b}" %{c}', name: 'Strange', type: 'SPA' });
  new TerraformOutput(stack, 'scope', { value: tenant.idOf(orders.addScope('orders:read')) });
  new TerraformOutput(stack, 'strange', { value: strange.clientId });
  const { output } = JSON.parse(Testing.synth(stack)) as { output: Record<string, { value: string }> };
  const ids = 'terraform_data.acme_ids_ID.output';
  const withoutHash = (text = ''): string => text.replace(/ids_[0-9A-F]{8}/, 'ids_ID');
  expect(withoutHash(output.scope?.value)).toBe(`\${${ids}["apiResources.orders.scopes.orders:read"]}`);
  expect(withoutHash(output.strange?.value)).toBe(
    `\${${ids}["applications[\\"a \\\\\\"$\${b}\\\\\\" %%{c}\\"]"]}`,
  );
});

test('only what a tenant construct manages has an id', () => {
  const tenant = newTenant();
  const billing = ApiResource.fromExisting(tenant, 'billing', { indicator: 'https://billing.example.com' });
  const legacy = Application.fromExisting(tenant, 'legacy', { name: 'Legacy' });
  const link = new RoleAssignment(tenant, 'link', { application: legacy, role: 'auditor' });
  for (const one of [legacy, billing, billing.scope('read'), managementApiScope(), link]) {
    expect(() => tenant.idOf(one)).toThrow('has no id here: only resources that shop/acme manages have one');
  }
});

test('the name of a file holds nothing that a shell or Terraform would read, and no two paths share one', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'logto-iac-names-'));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'shop');
  for (const [scope, id] of [
    ['a-b', 'c'],
    ['a', 'b-c'],
    ['$(x)', '${y} "z"'],
  ] as const) {
    const tenant = new LogtoTenant(new Construct(stack, scope), id, {
      endpoint: 'https://acme.logto.app',
      runner: 'terraform_data',
      stack: 'acme',
    });
    new Role(tenant, 'clerk', { name: 'Clerk', description: 'Clerk' });
  }
  app.synth();
  const files = readdirSync(join(outdir, 'stacks', 'shop', 'logto'));
  expect(files).toHaveLength(3);
  expect(files.filter((file) => !/^shop-[A-Za-z0-9_.-]+-[0-9a-f]{8}\.yaml$/.test(file))).toEqual([]);
  rmSync(outdir, { recursive: true });
});

test('what is destroyed with the tenant is never destroyed by an edit', () => {
  const resourcesOf = (runner: 'null_resource' | 'terraform_data'): readonly object[] => {
    const stack = new TerraformStack(Testing.app(), 'shop');
    const tenant = new LogtoTenant(stack, 'acme', {
      endpoint: 'https://acme.logto.app',
      runner,
      stack: 'acme',
      destroy: 'delete',
      command: 'logto-iac',
    });
    new Role(tenant, 'clerk', { name: 'Clerk', description: 'Clerk' });
    const { resource } = JSON.parse(Testing.synth(stack)) as {
      resource: Record<string, Record<string, object>>;
    };
    return Object.values(resource[runner] ?? {});
  };
  const values = { endpoint: 'https://acme.logto.app', stack: 'acme' };
  const destroying = (self: string) => [
    {
      'local-exec': {
        when: 'destroy',
        command: `logto-iac destroy --stack "\${${self}.stack}" --yes --lock-timeout 300`,
        environment: { LOGTO_ENDPOINT: `\${${self}.endpoint}` },
      },
    },
  ];
  // Terraform updates an input in place.
  expect(resourcesOf('terraform_data')).toContainEqual({
    input: values,
    depends_on: [],
    provisioner: destroying('self.input'),
  });
  expect(resourcesOf('null_resource')).toContainEqual({
    triggers: values,
    depends_on: [],
    lifecycle: { ignore_changes: ['triggers'] },
    provisioner: destroying('self.triggers'),
  });
});

test('several tenants in several stacks each write a manifest of their own', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'logto-iac-stacks-'));
  const app = new App({ outdir });
  for (const name of ['dev', 'prod']) {
    const stack = new TerraformStack(app, name);
    for (const id of ['shop', 'crm']) {
      const tenant = new LogtoTenant(stack, id, {
        endpoint: `https://${id}-${name}.logto.app`,
        runner: 'terraform_data',
      });
      new Role(tenant, 'clerk', { name: 'Clerk', description: `Of ${id}`, type: 'User' });
    }
  }
  app.synth();
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  expect(files.sort()).toEqual([
    'stacks/dev/logto/dev-crm.yaml',
    'stacks/dev/logto/dev-shop.yaml',
    'stacks/prod/logto/prod-crm.yaml',
    'stacks/prod/logto/prod-shop.yaml',
  ]);
  expect(readFileSync(join(outdir, 'stacks', 'prod', 'logto', 'prod-crm.yaml'), 'utf8')).toContain('Of crm');
  rmSync(outdir, { recursive: true });
});

test('tenant constructs of the same id in two stacks of Terraform own different things', () => {
  const app = Testing.app();
  const stacks = ['shop', 'billing'].map((name) => {
    const props = { endpoint: 'https://acme.logto.app', runner: 'terraform_data' } as const;
    return new LogtoTenant(new TerraformStack(app, name), 'tenant', props).stack;
  });
  expect(stacks).toEqual(['shop-tenant', 'billing-tenant']);
});

test('a second synthesis gives the same bytes', () => {
  const synthesise = (): string => {
    const tenant = newTenant();
    for (const key of ['b', 'a', 'c']) new Role(tenant, key, { name: key, description: key, type: 'User' });
    return Testing.synth(TerraformStack.of(tenant)) + LogtoTesting.manifest(tenant);
  };
  expect(synthesise()).toBe(synthesise());
});
