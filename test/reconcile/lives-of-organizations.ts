import type { Life } from './life';

const apiResources = {
  orders: {
    name: 'Orders',
    indicator: 'https://orders.example.com',
    scopes: { 'orders:read': {}, 'orders:write': {} },
  },
};
const organizationScopes = {
  'invoices-read': { name: 'invoices:read' },
  'invoices-write': { name: 'invoices:write' },
};

export const organizationLives: readonly Life[] = [
  {
    section: 'organizationScopes',
    key: 'invite',
    surroundings: {},
    full: { name: 'invite', description: 'Invite members' },
    changes: { name: 'invite:member', description: '' },
  },
  {
    section: 'organizationRoles',
    key: 'accountant',
    surroundings: { organizationScopes, apiResources },
    full: {
      name: 'Accountant',
      description: 'Counts',
      type: 'User',
      scopes: ['invoices-read'],
      resourceScopes: { orders: ['orders:read', 'orders:write'] },
    },
    changes: {
      name: 'Bookkeeper',
      description: null,
      type: 'MachineToMachine',
      scopes: ['invoices-write'],
      resourceScopes: {},
    },
  },
];

export const webhookLives: readonly Life[] = [
  {
    section: 'webhooks',
    key: 'audit',
    surroundings: {},
    full: {
      name: 'Audit',
      events: ['PostSignIn', 'User.Created'],
      config: { url: 'https://audit.example.com', headers: { authorization: 'canary' }, retries: 2 },
      enabled: true,
    },
    changes: {
      name: 'Audit 2',
      events: ['User.Created'],
      'config.url': 'https://audit-2.example.com',
      'config.headers.authorization': null,
      'config.retries': 0,
      enabled: false,
    },
  },
];
