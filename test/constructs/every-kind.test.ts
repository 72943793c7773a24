import {
  AccountCenter,
  Action,
  ApiResource,
  Application,
  CaptchaProvider,
  Connector,
  CustomProfileField,
  Domain,
  IdToken,
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
} from '../../src/constructs';
import { load } from '../manifest/manifest-texts';
import { documentOf, newTenant, secretOf } from './new-tenant';

test('every kind has a construct that comes to its section', async () => {
  const tenant = newTenant();
  const orders = new ApiResource(tenant, 'orders', {
    name: 'Orders',
    indicator: 'https://orders.example.com',
    scopes: { read: {} },
  });
  const clerk = new Role(tenant, 'clerk', { name: 'Clerk', description: 'Works' });
  const invite = new OrganizationScope(tenant, 'invite', { name: 'invite' });
  const admin = new OrganizationRole(tenant, 'admin', { name: 'Admin', scopes: [invite] });
  const entra = new SsoConnector(tenant, 'entra', {
    connectorName: 'Entra',
    providerName: 'AzureAdOidc',
    config: {
      clientId: 'app',
      clientSecret: secretOf(tenant, 'entra_secret'),
      issuer: 'https://login.example.com',
    },
    domains: ['acme.example.com'],
  });
  const acme = new Organization(tenant, 'acme-org', {
    name: 'Acme',
    customData: { plan: { seats: 5, features: ['a', 'b'] } },
    jit: { emailDomains: ['acme.example.com'], roles: [admin], ssoConnectors: [entra] },
  });
  new Application(tenant, 'web', {
    name: 'Web',
    type: 'SPA',
    isThirdParty: true,
    appLevelAccessControlEnabled: true,
    accessControl: {
      userRoles: [clerk],
      organizations: [acme],
      organizationRoles: { [acme.key]: [admin] },
    },
    userConsentScopes: {
      organizationScopes: [invite],
      resourceScopes: { [orders.key]: [orders.scope('read')] },
      organizationResourceScopes: [orders.scope('read')],
      userScopes: ['email'],
    },
    signInExperience: { displayName: 'Our shop' },
  });
  new SamlApplication(tenant, 'wiki', {
    name: 'Wiki',
    entityId: 'https://wiki.example.com',
    acsUrl: {
      binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
      url: 'https://wiki.example.com/acs',
    },
    accessControl: { userRoles: [clerk] },
  });
  new User(tenant, 'probe', {
    username: 'probe',
    password: secretOf(tenant, 'probe_password'),
    profile: { locale: 'de' },
    roles: [clerk],
    organizations: { [acme.key]: [admin] },
  });
  new Connector(tenant, 'github', {
    connectorId: 'github-universal',
    config: { clientId: 'app', clientSecret: secretOf(tenant, 'github_secret') },
  });
  new CustomProfileField(tenant, 'shoeSize', { type: 'Number', required: false, config: { minValue: 20 } });
  new CaptchaProvider(tenant, 'captcha', {
    config: { type: 'Turnstile', siteKey: 'site', secretKey: secretOf(tenant, 'captcha_secret') },
  });
  new Domain(tenant, 'auth', {
    domain: 'auth.example.com',
    verificationFiles: [{ path: '/proof.txt', content: 'ours', contentType: 'text/plain' }],
  });
  new SignInExperience(tenant, 'sign-in', {
    color: { primaryColor: '#6139F6' },
    signIn: {
      methods: [{ identifier: 'email', password: true, verificationCode: false, isPasswordPrimary: true }],
    },
    socialSignInConnectorTargets: ['github'],
    customContent: { '/sign-in': '<p>Hello</p>', '/register': null },
    signUpProfileFields: [{ name: 'shoeSize' }],
  });
  new AccountCenter(tenant, 'account', { enabled: true, fields: { name: 'Edit', email: 'ReadOnly' } });
  new JwtCustomizer(tenant, 'access-token', {
    script: 'const getCustomJwtClaims = async ({ token }) => ({ holder: `user ${token.sub}` });',
    environmentVariables: { KEY: secretOf(tenant, 'key'), OLD: null },
    contextSample: { user: { id: 'a' } },
    tokenSample: { aud: ['b', 'a'] },
  });
  new Action(tenant, 'action.postSignIn', {
    script: 'return {};',
    contextSample: { reference: { key: 'no construct' }, list: [{ b: 1, a: [null] }] },
    enabled: true,
  });
  new IdToken(tenant, 'id-token', { enabledExtendedClaims: ['roles'] });
  new Session(tenant, 'session', { ttl: 86_400, lifecycle: { protect: true } });

  expect(LogtoTesting.problems(tenant)).toEqual([]);
  expect(LogtoTesting.manifest(tenant)).toBe(`stack: acme
variables:
  captchaProvider_config_secretKey:
    sensitive: true
    type: string
  connectors_github_config_clientSecret:
    sensitive: true
    type: string
  jwtCustomizers_access_token_environmentVariables_KEY:
    sensitive: true
    type: string
  ssoConnectors_entra_config_clientSecret:
    sensitive: true
    type: string
  users_probe_password:
    sensitive: true
    type: string
apiResources:
  orders:
    name: Orders
    indicator: https://orders.example.com
    scopes:
      read: {}
organizationScopes:
  invite:
    name: invite
roles:
  clerk:
    name: Clerk
    description: Works
organizationRoles:
  admin:
    name: Admin
    scopes:
      - invite
ssoConnectors:
  entra:
    connectorName: Entra
    providerName: AzureAdOidc
    config:
      clientId: app
      clientSecret: \${var.ssoConnectors_entra_config_clientSecret}
      issuer: https://login.example.com
    domains:
      - acme.example.com
applications:
  web:
    name: Web
    type: SPA
    isThirdParty: true
    appLevelAccessControlEnabled: true
    accessControl:
      userRoles:
        - clerk
      organizations:
        - acme-org
      organizationRoles:
        acme-org:
          - admin
    signInExperience:
      displayName: Our shop
    userConsentScopes:
      organizationScopes:
        - invite
      resourceScopes:
        orders:
          - read
      organizationResourceScopes:
        orders:
          - read
      userScopes:
        - email
organizations:
  acme-org:
    name: Acme
    customData:
      plan:
        features:
          - a
          - b
        seats: 5
    jit:
      emailDomains:
        - acme.example.com
      roles:
        - admin
      ssoConnectors:
        - entra
samlApplications:
  wiki:
    name: Wiki
    entityId: https://wiki.example.com
    acsUrl:
      binding: urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST
      url: https://wiki.example.com/acs
    accessControl:
      userRoles:
        - clerk
users:
  probe:
    username: probe
    profile:
      locale: de
    password: \${var.users_probe_password}
    roles:
      - clerk
    organizations:
      acme-org:
        - admin
connectors:
  github:
    connectorId: github-universal
    config:
      clientId: app
      clientSecret: \${var.connectors_github_config_clientSecret}
customProfileFields:
  shoeSize:
    type: Number
    required: false
    config:
      minValue: 20
captchaProvider:
  config:
    type: Turnstile
    siteKey: site
    secretKey: \${var.captchaProvider_config_secretKey}
domains:
  auth:
    domain: auth.example.com
    verificationFiles:
      - path: /proof.txt
        content: ours
        contentType: text/plain
signInExperience:
  color:
    primaryColor: "#6139F6"
  signIn:
    methods:
      - identifier: email
        password: true
        verificationCode: false
        isPasswordPrimary: true
  socialSignInConnectorTargets:
    - github
  customContent:
    /register: null
    /sign-in: <p>Hello</p>
  signUpProfileFields:
    - name: shoeSize
accountCenter:
  enabled: true
  fields:
    name: Edit
    email: ReadOnly
jwtCustomizers:
  access-token:
    script: "const getCustomJwtClaims = async ({ token }) => ({ holder: \`user $\${token.sub}\` });"
    environmentVariables:
      KEY: \${var.jwtCustomizers_access_token_environmentVariables_KEY}
      OLD: null
    contextSample:
      user:
        id: a
    tokenSample:
      aud:
        - b
        - a
actions:
  action.postSignIn:
    script: return {};
    contextSample:
      list:
        - a:
            - null
          b: 1
      reference:
        key: no construct
    enabled: true
idToken:
  enabledExtendedClaims:
    - roles
session:
  ttl: 86400
  lifecycle:
    protect: true
`);
  const { variables } = documentOf(tenant) as { variables: object };
  const values = Object.fromEntries(Object.keys(variables).map((name) => [name, `value of ${name}`]));
  expect((await load(LogtoTesting.manifest(tenant), { variables: values })).warnings).toEqual([]);
});
