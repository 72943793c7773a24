'use strict';
// A team's own construct classes, in plain JavaScript: `node examples/constructs/main.js` writes cdktf.out/, and
// `terraform -chdir=cdktf.out/stacks/shop apply` configures the tenant. In TypeScript it looks the same, with types.
const { Construct } = require('constructs');
const { App, TerraformStack, TerraformVariable } = require('cdktf');
const {
  ApiResource,
  Application,
  LogtoTenant,
  Organization,
  OrganizationRole,
  OrganizationScope,
  Role,
  SignInExperience,
  managementApiScope,
} = require('logto-iac/cdktf');

/** What every service of the shop gets: an API, a role that may use it, and a machine that has the role. */
class Service extends Construct {
  constructor(scope, id, { title, permissions }) {
    super(scope, id);
    this.api = new ApiResource(this, `${id}-api`, {
      name: `${title} API`,
      indicator: `https://${id}.example.com`,
      scopes: Object.fromEntries(
        permissions.map((name) => [`${id}:${name}`, { description: `${name} ${id}` }]),
      ),
    });
    this.role = new Role(this, `${id}-worker`, {
      name: `${title} worker`,
      description: `Works with ${id}`,
      type: 'MachineToMachine',
    });
    this.role.grant(...permissions.map((name) => this.api.scope(`${id}:${name}`)));
    this.worker = new Application(this, `${id}-machine`, {
      name: `${title} worker`,
      type: 'MachineToMachine',
      roles: [this.role],
    });
  }
}

class Shop extends TerraformStack {
  constructor(scope, id) {
    super(scope, id);
    const shopUrl = new TerraformVariable(this, 'shop_url', {
      type: 'string',
      default: 'http://localhost:3000',
    });
    const tenant = new LogtoTenant(this, 'shop-tenant', {
      endpoint: new TerraformVariable(this, 'logto_endpoint', { type: 'string' }).stringValue,
      stack: 'shop',
      runner: 'terraform_data', // built into Terraform; 'null_resource' needs the provider of that name
      destroy: 'delete',
      showTerraformValues: true,
    });
    const orders = new Service(tenant, 'orders', { title: 'Orders', permissions: ['read', 'write'] });
    const stock = new Service(tenant, 'stock', { title: 'Stock', permissions: ['read'] });
    orders.worker.assignRole(stock.role);

    const provisioner = new Role(tenant, 'provisioner', {
      name: 'Provisioner',
      description: 'Creates users',
      type: 'MachineToMachine',
    });
    provisioner.grant(managementApiScope());

    // Wholesale customers: whoever signs up with an address of theirs becomes a member, and may order.
    const order = new OrganizationScope(tenant, 'place-orders', { name: 'orders:place' });
    const buyer = new OrganizationRole(tenant, 'buyer', { name: 'Buyer', scopes: [order] });
    new Organization(tenant, 'acme', {
      name: 'Acme',
      jit: { emailDomains: ['acme.example.com'], roles: [buyer] },
    });

    // There is one in each tenant, so it has no key.
    new SignInExperience(tenant, 'sign-in', {
      color: { primaryColor: '#1f6f54' },
      signInMode: 'SignInAndRegister',
    });

    new Application(tenant, 'web', {
      name: 'Web shop',
      type: 'SPA',
      oidcClientMetadata: {
        redirectUris: [`${shopUrl.stringValue}/callback`],
        postLogoutRedirectUris: [shopUrl.stringValue],
      },
    });
  }
}

const app = new App();
new Shop(app, 'shop');
app.synth();
