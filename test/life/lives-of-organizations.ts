import fc from 'fast-check';
import type { Json } from '../../src/json';
import { certificate, metadata } from './certificate';
import { secretExpression } from './live';
import type { Life } from './life';

const surroundings = {
  variables: { secret: { default: 'canary-5f1d9c', sensitive: true } },
  roles: {
    buyer: { name: 'Buyer', description: 'Buys', isDefault: true },
    seller: { name: 'Seller', description: 'Sells' },
  },
  organizationRoles: {
    admin: { name: 'Admin' },
    guest: { name: 'Guest' },
    bot: { name: 'Bot', type: 'MachineToMachine' },
    spy: { name: 'Spy', type: 'MachineToMachine' },
  },
  ssoConnectors: {
    one: { connectorName: 'One', providerName: 'OIDC' },
    two: { connectorName: 'Two', providerName: 'SAML' },
  },
  applications: {
    worker: { name: 'Worker', type: 'MachineToMachine' },
    robot: { name: 'Robot', type: 'MachineToMachine' },
  },
};

export const livesOfOrganizations: readonly Life[] = [
  {
    kind: 'organizations',
    keys: ['acme'],
    surroundings,
    referable: {
      organizationRoles: ['admin', 'guest'],
      ssoConnectors: ['one', 'two'],
      applications: ['worker', 'robot'],
    },
    full: {
      name: 'Acme',
      customData: { a: { b: 1 } },
      jit: { emailDomains: ['acme.example.com'], roles: ['admin'], ssoConnectors: ['one'] },
      applications: { worker: ['bot'] },
    },
    values: {
      applications: [{ worker: ['spy', 'bot'], robot: [] }, { worker: ['spy'] }, { robot: ['bot'] }, {}],
    },
  },
  {
    kind: 'ssoConnectors',
    shape: 'by OpenID Connect',
    keys: ['okta'],
    surroundings: {},
    referable: {},
    full: {
      connectorName: 'Okta',
      providerName: 'OIDC',
      config: { clientId: 'a', clientSecret: 'canary', issuer: '<<issuer>>' },
      domains: ['Acme.example.com', 'b.example.com'],
    },
    values: {
      'config.issuer': fc.constantFrom('<<issuer>>/a', '<<issuer>>/b'),
      providerName: fc.constantFrom('Okta'),
    },
    without: [
      'enableTokenStorage',
      'config.offlineAccess',
      ...['metadataUrl', 'metadata', 'entityId', 'signInEndpoint', 'x509Certificate', 'attributeMapping'].map(
        (name) => `config.${name}`,
      ),
    ],
  },
  {
    kind: 'ssoConnectors',
    shape: 'of Google',
    keys: ['google'],
    surroundings: {},
    referable: {},
    full: {
      connectorName: 'Google',
      providerName: 'GoogleWorkspace',
      config: { clientId: 'a', clientSecret: 'canary' },
    },
    without: [
      'enableTokenStorage',
      'providerName',
      'connectorName',
      'domains',
      'branding',
      'syncProfile',
      ...[
        'issuer',
        'metadataUrl',
        'metadata',
        'entityId',
        'signInEndpoint',
        'x509Certificate',
        'attributeMapping',
      ].map((name) => `config.${name}`),
    ],
  },
  {
    kind: 'ssoConnectors',
    shape: 'by SAML',
    keys: ['entra'],
    surroundings: {},
    referable: {},
    full: {
      connectorName: 'Entra',
      providerName: 'SAML',
      config: {
        entityId: 'https://idp.example.com/saml',
        signInEndpoint: 'https://idp.example.com/sso',
        x509Certificate: certificate,
        attributeMapping: { id: 'nameID' },
      },
    },
    values: {
      'config.entityId': fc.constantFrom('https://idp.example.com/other'),
      'config.signInEndpoint': fc.constantFrom('https://idp.example.com/other'),
      'config.x509Certificate': fc.constantFrom(
        `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`,
      ),
    },
    without: [
      ...['enableTokenStorage', 'providerName', 'connectorName', 'domains', 'branding', 'syncProfile'],
      ...['metadata', 'metadataUrl'].map((name) => `config.${name}`),
      ...['clientId', 'clientSecret', 'issuer', 'scope', 'trustUnverifiedEmail', 'offlineAccess'].map(
        (name) => `config.${name}`,
      ),
    ],
  },
  {
    kind: 'ssoConnectors',
    shape: 'by SAML metadata',
    keys: ['entra'],
    surroundings: {},
    referable: {},
    full: { connectorName: 'Entra', providerName: 'AzureAD', config: { metadata } },
    values: {
      config: fc.constantFrom<Json>(
        { metadataUrl: '<<issuer>>/metadata' },
        { metadata, attributeMapping: { id: 'x' } },
      ),
    },
    without: ['enableTokenStorage', 'providerName', 'connectorName', 'domains', 'branding', 'syncProfile'],
  },
  {
    kind: 'users',
    keys: ['tester'],
    surroundings: { ...surroundings, organizations: { acme: { name: 'Acme' }, globex: { name: 'Globex' } } },
    referable: {
      roles: ['buyer', 'seller'],
      organizations: ['acme', 'globex'],
      organizationRoles: ['admin', 'guest'],
    },
    full: {
      username: 'tester',
      primaryEmail: 'tester@example.com',
      password: secretExpression,
      roles: ['seller'],
      organizations: {},
      lifecycle: { deletable: true },
    },
    values: { organizations: [{ acme: ['admin', 'guest'], globex: [] }, { acme: ['guest'] }, {}] },
  },
];
