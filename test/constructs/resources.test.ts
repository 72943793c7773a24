import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  Action,
  Application,
  CustomProfileField,
  JwtCustomizer,
  LogtoTesting,
  Organization,
  OrganizationRole,
  OrganizationScope,
  Role,
  SamlApplication,
  Session,
  SignInExperience,
  SsoConnector,
  User,
  type ActionProps,
  type SessionProps,
} from '../../src/constructs';
import { documentOf, newTenant, secretOf } from './new-tenant';

test('of a singleton there is one in a tenant: a second construct is told, with the paths of both', () => {
  const tenant = newTenant();
  new SignInExperience(tenant, 'sign-in', { signInMode: 'SignIn' });
  new SignInExperience(new Construct(tenant, 'shop'), 'sign-in', { singleSignOnEnabled: true });
  expect(LogtoTesting.problems(tenant)).toEqual([
    '[shop/acme/shop/sign-in] two constructs declare the sign-in experience of the tenant: shop/acme/sign-in and shop/acme/shop/sign-in (put what they say into one of them)',
  ]);
});

test('a singleton has neither a key nor an id, whatever its construct is called', () => {
  const tenant = newTenant();
  const session = new Session(tenant, 'a day', { ttl: 86_400 });
  expect(documentOf(tenant)).toEqual({ stack: 'acme', session: { ttl: 86_400 } });
  expect(() => tenant.idOf(session)).toThrow('session has no id: there is one in each tenant');

  const other = newTenant();
  // @ts-expect-error: the props of a singleton have no key
  const props: SessionProps = { ttl: 1, key: 'mine' };
  new Session(other, 'session', props);
  expect(LogtoTesting.problems(other)).toEqual([
    '[shop/acme/session] session has no field "key" (the fields are ttl, lifecycle)',
  ]);
});

test('secrets are declared in props and one by one, each by its key', () => {
  const tenant = newTenant();
  new Application(tenant, 'worker', {
    name: 'Worker',
    type: 'MachineToMachine',
    secrets: { blue: { expiresAt: '2030-01-31T00:00:00Z' } },
  })
    .addSecret('green', { expiresAt: 1_924_992_000_000, lifecycle: { protect: true } })
    .addSecret('forever')
    .addSecret('rotated', { rotate: { every: '90d', overlap: '7d' } });
  new SamlApplication(tenant, 'wiki', { name: 'Wiki' }).addSecret('first', {
    lifeSpanInYears: 3,
    active: true,
    pinnedId: 'certificate-of-logto',
  });
  expect(documentOf(tenant)).toEqual({
    stack: 'acme',
    applications: {
      worker: {
        name: 'Worker',
        type: 'MachineToMachine',
        secrets: {
          blue: { expiresAt: '2030-01-31T00:00:00Z' },
          forever: {},
          green: { expiresAt: 1_924_992_000_000, lifecycle: { protect: true } },
          rotated: { rotate: { every: '90d', overlap: '7d' } },
        },
      },
    },
    samlApplications: {
      wiki: {
        name: 'Wiki',
        secrets: { first: { id: 'certificate-of-logto', lifeSpanInYears: 3, active: true } },
      },
    },
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('applications and users come into organizations beside those that the props name', () => {
  const tenant = newTenant();
  const guest = new OrganizationRole(tenant, 'guest', { name: 'guest', type: 'MachineToMachine' });
  const member = new OrganizationRole(tenant, 'member', { name: 'member' });
  const sync = new Application(tenant, 'sync', { name: 'sync', type: 'MachineToMachine' });
  const mail = new Application(tenant, 'mail', { name: 'mail', type: 'MachineToMachine' });
  const acme = new Organization(tenant, 'acme-org', {
    name: 'Acme',
    applications: { [sync.key]: [guest] },
  });
  acme.addApplication(sync, guest, 'reader').addApplication(mail);
  OrganizationRole.fromExisting(tenant, 'reader', { name: 'Reader' });
  const globex = Organization.fromExisting(tenant, 'globex', { name: 'Globex' });
  const clerk = new Role(tenant, 'clerk', { name: 'Clerk', description: 'Works' });
  new User(tenant, 'probe', { username: 'probe' })
    .addToOrganization(acme, member)
    .addToOrganization(globex)
    .assignRole(clerk);
  expect(documentOf(tenant)).toMatchObject({
    organizations: { 'acme-org': { applications: { mail: [], sync: ['guest', 'reader'] } } },
    users: { probe: { roles: ['clerk'], organizations: { 'acme-org': ['member'], globex: [] } } },
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('a password that is written out is refused, and one from Terraform is secret whatever is shown', () => {
  const tenant = newTenant('acme', { showTerraformValues: true });
  const stack = TerraformStack.of(tenant);
  const { stringValue } = new TerraformVariable(stack, 'name', { type: 'string' });
  new User(tenant, 'literal', { username: 'literal', password: 'canary-7f3a' });
  new User(tenant, 'sound', {
    username: 'sound',
    name: stringValue,
    passwordDigest: secretOf(tenant, 'digest'),
    passwordAlgorithm: 'Argon2id',
  });
  expect(LogtoTesting.problems(tenant)).toEqual([
    '[shop/acme/literal] password of users.literal must come from a sensitive variable: a manifest lies where others can read it (give it the value of a sensitive TerraformVariable)',
  ]);
  expect(documentOf(tenant)).toMatchObject({
    variables: {
      users_sound_name: { type: 'string' },
      users_sound_passwordDigest: { type: 'string', sensitive: true },
    },
    users: { sound: { passwordDigest: '${var.users_sound_passwordDigest}' } },
  });
});

test('a rule that asks for a field is content with a value that only Terraform knows', () => {
  const tenant = newTenant();
  new User(tenant, 'probe', { username: secretOf(tenant, 'username') });
  new Application(tenant, 'shield', {
    name: 'Shield',
    type: 'Protected',
    protectedAppMetadata: { subDomain: 'shop', origin: secretOf(tenant, 'origin') },
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('where the key says what a resource is for, it is the id of the construct, or `key`', () => {
  const tenant = newTenant();
  new JwtCustomizer(tenant, 'client-credentials', { script: 'a' });
  new JwtCustomizer(tenant, 'users', { key: 'access-token', script: 'b' });
  new CustomProfileField(tenant, 'nickname', { type: 'Text', required: false });
  expect(documentOf(tenant)).toEqual({
    stack: 'acme',
    customProfileFields: { nickname: { type: 'Text', required: false } },
    jwtCustomizers: { 'access-token': { script: 'b' }, 'client-credentials': { script: 'a' } },
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('a key that means nothing is told, and so is the field that the key stands for', () => {
  const tenant = newTenant();
  new Action(tenant, 'audit', { script: 'a' });
  // @ts-expect-error: the key is one of the types
  const unknown: ActionProps = { key: 'action.postLunch', script: 'b' };
  new Action(tenant, 'lunch', unknown);
  // @ts-expect-error: the key says what it is for
  const stated: ActionProps = { actionType: 'action.postSignIn', script: 'c' };
  new Action(tenant, 'action.postSignIn', stated);
  expect(LogtoTesting.problems(tenant)).toEqual([
    '[shop/acme/audit] the key "audit" in actions is none of action.postSignIn, action.postFirstFactorVerification',
    '[shop/acme/lunch] the key "action.postLunch" in actions is none of action.postSignIn, action.postFirstFactorVerification',
    '[shop/acme/action.postSignIn] actions["action.postSignIn"] has no field "actionType" (its key is its actionType)',
  ]);
});

test('a construct of another kind is not taken for what has the same key', () => {
  const tenant = newTenant();
  const role = new Role(tenant, 'admin', { name: 'Admin', description: 'Of the tenant' });
  new OrganizationRole(new Construct(tenant, 'template'), 'admin', { name: 'Admin' });
  const acme = new Organization(tenant, 'acme-org', { name: 'Acme', jit: { roles: [role] } });
  new User(tenant, 'probe', { username: 'probe' }).addToOrganization(acme, role);
  new User(tenant, 'other', { username: 'other' }).addToOrganization(role);
  expect(LogtoTesting.problems(tenant)).toEqual([
    expect.stringContaining('[shop/acme/acme-org] unknown organization role "roles.admin"'),
    expect.stringContaining('[shop/acme/probe] unknown organization role "roles.admin"'),
    expect.stringContaining('[shop/acme/other] unknown organization "roles.admin"'),
  ]);
});

test('organizations and what they are made of can exist already, and be referred to', () => {
  const tenant = newTenant();
  const invite = OrganizationScope.fromExisting(tenant, 'invite', { name: 'invite:members' });
  const admin = OrganizationRole.fromExisting(tenant, 'admin', { name: 'Admin' });
  const okta = SsoConnector.fromExisting(tenant, 'okta', { connectorName: 'Okta' });
  const globex = Organization.fromExisting(tenant, 'globex', { pinnedId: 'abc', key: 'globex-org' });
  new OrganizationRole(tenant, 'member', { name: 'Member' }).grant(invite);
  new Organization(tenant, 'acme-org', { name: 'Acme', jit: { roles: [admin], ssoConnectors: [okta] } });
  new User(tenant, 'probe', { username: 'probe' }).addToOrganization(globex, admin);
  expect(documentOf(tenant)).toEqual({
    stack: 'acme',
    external: {
      organizationRoles: { admin: { name: 'Admin' } },
      organizationScopes: { invite: { name: 'invite:members' } },
      organizations: { 'globex-org': { id: 'abc' } },
      ssoConnectors: { okta: { connectorName: 'Okta' } },
    },
    organizationRoles: { member: { name: 'Member', scopes: ['invite'] } },
    organizations: { 'acme-org': { name: 'Acme', jit: { roles: ['admin'], ssoConnectors: ['okta'] } } },
    users: { probe: { username: 'probe', organizations: { 'globex-org': ['admin'] } } },
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});

test('a value of any shape stays as it is, but for what is undefined', () => {
  const tenant = newTenant();
  const settings = new TerraformVariable(TerraformStack.of(tenant), 'settings', { type: 'any' });
  new Organization(tenant, 'acme-org', {
    name: 'Acme',
    description: undefined as never,
    customData: {
      reference: { key: 'no construct' },
      none: null,
      absent: undefined,
      list: [{ absent: undefined, a: 1 }],
      later: settings.value as unknown,
    },
    color: settings.value as never,
  });
  expect(documentOf(tenant)).toMatchObject({
    organizations: {
      'acme-org': {
        name: 'Acme',
        customData: {
          reference: { key: 'no construct' },
          none: null,
          list: [{ a: 1 }],
          later: '${var.organizations_acme_org_customData_later}',
        },
        color: '${var.organizations_acme_org_color}',
      },
    },
    variables: { organizations_acme_org_color: { type: 'json', sensitive: true } },
  });
  expect(LogtoTesting.problems(tenant)).toEqual([]);
});
