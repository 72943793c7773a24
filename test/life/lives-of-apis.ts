import fc from 'fast-check';
import type { Life } from './life';

const apiResources = {
  orders: {
    name: 'Orders',
    indicator: 'https://orders.example.com',
    scopes: { 'orders:read': {}, 'orders:write': {} },
  },
  bills: { name: 'Bills', indicator: 'https://bills.example.com', scopes: { 'bills:read': {} } },
};
const scopes = { orders: ['orders:read', 'orders:write'], bills: ['bills:read'] };
const organizationScopes = { see: { name: 'see' }, pay: { name: 'pay' } };

export const livesOfApis: readonly Life[] = [
  {
    kind: 'apiResources',
    keys: ['catalogue'],
    surroundings: {},
    referable: {},
    full: {
      name: 'Catalogue',
      indicator: 'https://catalogue.example.com',
      accessTokenTtl: 600,
      isDefault: true,
      scopes: { read: { description: 'Read' } },
    },
    values: { indicator: fc.webUrl() },
  },
  {
    kind: 'apiResources.scopes',
    keys: ['orders', 'orders:delete'],
    surroundings: { apiResources },
    referable: {},
    full: { description: 'Delete' },
  },
  {
    kind: 'roles',
    shape: 'for machines',
    keys: ['clerk'],
    surroundings: { apiResources },
    referable: {
      apiResources: ['orders', 'bills', 'management-api'],
      'apiResources.scopes': { ...scopes, 'management-api': ['all'] },
    },
    full: {
      name: 'Clerk',
      description: 'Works',
      type: 'MachineToMachine',
      isDefault: false,
      scopes: { orders: ['orders:read'], 'management-api': ['all'] },
    },
    without: ['type'],
  },
  {
    kind: 'roles',
    shape: 'for users',
    keys: ['buyer'],
    surroundings: { apiResources },
    referable: { apiResources: ['orders', 'bills'], 'apiResources.scopes': scopes },
    full: { name: 'Buyer', description: 'Buys', type: 'User', scopes: { orders: ['orders:write'] } },
  },
  {
    kind: 'organizationScopes',
    keys: ['invite'],
    surroundings: {},
    referable: {},
    full: { name: 'invite', description: 'Invite' },
  },
  {
    kind: 'organizationRoles',
    keys: ['accountant'],
    surroundings: { apiResources, organizationScopes },
    referable: {
      organizationScopes: ['see', 'pay'],
      apiResources: ['orders', 'bills'],
      'apiResources.scopes': scopes,
    },
    full: {
      name: 'Accountant',
      description: 'Counts',
      type: 'User',
      scopes: ['see'],
      resourceScopes: { orders: ['orders:read'] },
    },
  },
];
