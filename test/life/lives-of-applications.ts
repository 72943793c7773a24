import fc from 'fast-check';
import type { Life } from './life';

const apiResources = {
  orders: {
    name: 'Orders',
    indicator: 'https://orders.example.com',
    scopes: { 'orders:read': {}, 'orders:write': {} },
  },
};
const surroundings = {
  apiResources,
  organizationScopes: { see: { name: 'see' }, pay: { name: 'pay' } },
  roles: {
    reader: { name: 'Reader', description: 'Reads', type: 'MachineToMachine' },
    writer: { name: 'Writer', description: 'Writes', type: 'MachineToMachine' },
    buyer: { name: 'Buyer', description: 'Buys' },
    seller: { name: 'Seller', description: 'Sells' },
  },
  organizationRoles: { admin: { name: 'Admin' }, guest: { name: 'Guest' } },
  organizations: { acme: { name: 'Acme' }, globex: { name: 'Globex' } },
};
const rules = {
  roles: ['buyer', 'seller'],
  organizations: ['acme', 'globex'],
  organizationRoles: ['admin', 'guest'],
};

const redirectUris = fc.uniqueArray(
  fc.oneof(
    fc.webUrl({ validSchemes: ['https', 'http'] }),
    fc.constantFrom('com.shop://callback', 'http://localhost:3000/cb', 'https://*.shop.example.com/cb'),
  ),
  { maxLength: 3 },
);
const values = {
  'oidcClientMetadata.redirectUris': redirectUris,
  'oidcClientMetadata.postLogoutRedirectUris': redirectUris,
};

/** Which is of another shape. */
const ofWeb = ['oidcClientMetadata', 'customClientMetadata'];
const ofUsers = ['accessControl', 'appLevelAccessControlEnabled', 'signInExperience'];

export const livesOfApplications: readonly Life[] = [
  {
    kind: 'applications',
    shape: 'for a machine',
    keys: ['worker'],
    surroundings,
    referable: { roles: ['reader', 'writer'] },
    full: {
      name: 'Worker',
      type: 'MachineToMachine',
      description: 'Works',
      customData: { team: 'shop', nested: { a: 1, b: [1, 2] } },
      roles: ['reader'],
    },
    without: ['type', 'isThirdParty', 'protectedAppMetadata', 'userConsentScopes', ...ofWeb, ...ofUsers],
  },
  {
    kind: 'applications',
    shape: 'in a browser',
    keys: ['web'],
    surroundings,
    referable: rules,
    full: {
      name: 'Web',
      type: 'Native',
      isThirdParty: false,
      oidcClientMetadata: { redirectUris: ['com.shop://cb'], postLogoutRedirectUris: [] },
      customClientMetadata: { isDeviceFlow: false },
      appLevelAccessControlEnabled: true,
      accessControl: { userRoles: ['buyer'], organizations: [], organizationRoles: { acme: ['admin'] } },
      signInExperience: { displayName: 'The shop', customCss: 'a {}' },
    },
    values: { ...values, type: fc.constantFrom('SPA', 'Native', 'Traditional') },
    without: [
      'isThirdParty',
      'protectedAppMetadata',
      'userConsentScopes',
      'roles',
      'customClientMetadata.isDeviceFlow',
    ],
  },
  {
    kind: 'applications',
    shape: 'of somebody else',
    keys: ['partner'],
    surroundings,
    referable: {
      organizationScopes: ['see', 'pay'],
      apiResources: ['orders'],
      'apiResources.scopes': { orders: ['orders:read', 'orders:write'] },
    },
    full: {
      name: 'Partner',
      type: 'Traditional',
      isThirdParty: true,
      userConsentScopes: {
        userScopes: ['email'],
        organizationScopes: ['see'],
        resourceScopes: { orders: ['orders:read'] },
        organizationResourceScopes: {},
      },
    },
    without: ['type', 'isThirdParty', 'protectedAppMetadata', 'roles', 'customData', ...ofWeb, ...ofUsers],
  },
  {
    kind: 'applications',
    shape: 'whose owner changes',
    keys: ['shared'],
    surroundings: {},
    referable: {},
    full: { name: 'Shared', type: 'SPA', isThirdParty: false, description: null },
    without: ['type', 'protectedAppMetadata', 'userConsentScopes', 'roles', ...ofWeb, ...ofUsers],
  },
  {
    kind: 'applications',
    shape: 'on a device',
    keys: ['television'],
    surroundings: {},
    referable: {},
    full: { name: 'Television', type: 'Native', customClientMetadata: { isDeviceFlow: true } },
    without: [
      'type',
      'isThirdParty',
      'protectedAppMetadata',
      'userConsentScopes',
      'roles',
      'oidcClientMetadata',
      ...ofUsers,
    ],
  },
  {
    kind: 'applications.secrets',
    keys: ['worker', 'spare / 2'],
    surroundings: { applications: { worker: { name: 'Worker', type: 'MachineToMachine' } } },
    referable: {},
    full: { expiresAt: '2100-01-01T00:00:00Z' },
    without: ['rotate'],
  },
  {
    kind: 'samlApplications',
    keys: ['helpdesk'],
    surroundings,
    referable: rules,
    full: {
      name: 'Helpdesk',
      customData: { a: 1 },
      acsUrl: {
        binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        url: 'https://helpdesk.example.com/acs',
      },
      accessControl: { userRoles: ['buyer'], organizations: [], organizationRoles: {} },
      appLevelAccessControlEnabled: true,
    },
  },
  {
    kind: 'samlApplications.secrets',
    keys: ['helpdesk', 'spare'],
    surroundings: { samlApplications: { helpdesk: { name: 'Helpdesk' } } },
    referable: {},
    full: { lifeSpanInYears: 1 },
    without: ['active'],
    // Each is a certificate that has to be made.
    values: { lifeSpanInYears: fc.constantFrom(2, 7) },
  },
];
