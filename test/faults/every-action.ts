import type { JsonObject } from '../../src/json';
import { applyWhole } from './runs';
import type { TestTenant } from './tenant';

export const stack = 'every-action';

const worker = { name: 'Worker', type: 'MachineToMachine' };
const oldPortal = {
  name: 'Portal',
  type: 'SPA',
  oidcClientMetadata: { redirectUris: ['https://portal.example.com/cb'], postLogoutRedirectUris: [] },
};

/** What is applied first. */
const before: JsonObject = {
  stack,
  apiResources: {
    orders: {
      name: 'Orders',
      indicator: 'https://orders.example.com',
      scopes: { 'orders:read': { description: 'Read' }, 'orders:write': {}, 'orders:old': {} },
    },
    billing: {
      name: 'Billing',
      indicator: 'https://billing.example.com',
      scopes: { 'billing:read': {} },
    },
    'old-api': { name: 'Old', indicator: 'https://old.example.com', scopes: { 'old:read': {} } },
  },
  roles: {
    worker: {
      name: 'Worker',
      description: 'Works',
      type: 'MachineToMachine',
      scopes: { orders: ['orders:read', 'orders:old'] },
    },
    turned: { name: 'Turned', description: 'For users, later for machines', type: 'User' },
    earlier: { name: 'Moved', description: 'Keeps its object', type: 'User' },
    goes: { name: 'Goes', description: 'Goes', type: 'MachineToMachine' },
  },
  applications: {
    worker: { ...worker, roles: ['worker'] },
    helper: { ...worker, name: 'Helper' },
    portal: oldPortal,
    shop: { name: 'Shop', type: 'SPA', customData: { team: 'shop' } },
    goes: { name: 'Goes', type: 'Native' },
  },
  roleAssignments: [
    { application: 'helper', role: 'worker' },
    { application: 'helper', role: 'goes' },
  ],
};

/** What is applied then: every type of action, on every kind of resource. */
const after = (adoptedId: string): JsonObject => ({
  stack,
  external: {
    roles: { auditor: { name: 'Auditor' } },
    applications: { legacy: { name: 'Legacy' } },
  },
  moved: [{ from: 'roles.earlier', to: 'roles.later' }],
  apiResources: {
    orders: {
      name: 'Orders API',
      indicator: 'https://orders.example.com',
      accessTokenTtl: 600,
      scopes: { 'orders:read': { description: 'Read orders' }, 'orders:write': {}, 'orders:admin': {} },
    },
    billing: {
      name: 'Billing',
      indicator: 'https://billing.example.com/v2',
      scopes: { 'billing:read': {}, 'billing:write': {} },
    },
    invoices: {
      name: 'Invoices',
      indicator: 'https://invoices.example.com',
      isDefault: true,
      scopes: { 'invoices:read': { description: 'Read' }, 'invoices:write': {} },
    },
    adopted: {
      name: 'Adopted API',
      indicator: 'https://adopted.example.com',
      scopes: { 'adopted:read': { description: 'Read' }, 'adopted:new': {} },
    },
  },
  roles: {
    worker: {
      name: 'Worker',
      description: 'Works',
      type: 'MachineToMachine',
      scopes: {
        orders: ['orders:read', 'orders:admin'],
        billing: ['billing:read'],
        'management-api': ['all'],
      },
    },
    turned: {
      name: 'Turned',
      description: 'For users, later for machines',
      type: 'MachineToMachine',
      scopes: { invoices: ['invoices:read', 'invoices:write'] },
    },
    later: { name: 'Moved', description: 'Keeps its object', type: 'User' },
    adopted: { name: 'Adopted', description: 'Taken over', type: 'MachineToMachine' },
    first: {
      name: 'First',
      description: 'First of two',
      type: 'MachineToMachine',
      scopes: { adopted: ['adopted:read', 'adopted:new'] },
    },
    second: { name: 'Second', description: 'Second of two', type: 'MachineToMachine', isDefault: true },
  },
  applications: {
    worker: { ...worker, description: 'Changed', roles: ['first', 'turned'] },
    helper: { ...worker, name: 'Helper' },
    portal: { ...oldPortal, type: 'Traditional' },
    shop: {
      name: 'Web shop',
      type: 'SPA',
      customData: { team: 'web', more: { deep: true } },
      customClientMetadata: { rotateRefreshToken: true },
      lifecycle: { protect: true },
    },
    adopted: { id: adoptedId, name: 'Adopted', type: 'MachineToMachine', description: 'Taken over' },
    'twin-a': { name: 'Twin', type: 'MachineToMachine', description: 'a', roles: ['first'] },
    'twin-b': { name: 'Twin', type: 'MachineToMachine', description: 'b', roles: ['second'] },
    device: {
      name: 'Device',
      type: 'Native',
      customClientMetadata: { isDeviceFlow: true, corsAllowedOrigins: ['https://device.example.com'] },
    },
  },
  roleAssignments: [
    { application: 'helper', role: 'worker' },
    { application: 'helper', role: 'turned' },
    { application: 'legacy', role: 'second' },
    { application: 'legacy', role: 'auditor' },
  ],
});

/**
 * Fills a fresh tenant with what others have made, and with what the stack made at an earlier time.
 *
 * @returns the manifest that is to be applied next
 */
export async function prepareTenant(tenant: TestTenant): Promise<JsonObject> {
  await tenant.reset();
  const post = async (path: string, body: JsonObject): Promise<string> => {
    const { status, body: made } = await tenant.request('POST', path, body);
    if (status >= 300) throw new Error(`POST ${path} answered ${status}`);
    return (made as { readonly id?: string }).id ?? '';
  };
  const [resource, , auditor, legacy, adopted] = await Promise.all([
    post('/api/resources', { name: 'Adopted', indicator: 'https://adopted.example.com' }),
    post('/api/roles', { name: 'Adopted', description: 'By hand', type: 'MachineToMachine' }),
    post('/api/roles', { name: 'Auditor', description: 'Of others', type: 'MachineToMachine' }),
    post('/api/applications', { name: 'Legacy', type: 'MachineToMachine' }),
    post('/api/applications', { name: 'Adopted', type: 'MachineToMachine', customData: { kept: [1] } }),
  ]);
  await Promise.all([
    post(`/api/resources/${resource}/scopes`, { name: 'adopted:read' }),
    post(`/api/resources/${resource}/scopes`, { name: 'adopted:other' }),
    post(`/api/applications/${legacy}/roles`, { roleIds: [auditor] }),
    applyWhole(tenant, before, { apply: { lock: false } }),
  ]);
  await setByHand(tenant);
  return after(adopted);
}

/** Fields that no manifest states: they have to survive, also where their object is replaced. */
async function setByHand(tenant: TestTenant): Promise<void> {
  const find = async (path: string, name: string): Promise<string> => {
    const { body } = await tenant.request('GET', path);
    const objects = body as readonly { readonly id: string; readonly name: string }[];
    const found = objects.find((object) => object.name === name);
    return `${path.replace(/\?.*/, '')}/${found?.id ?? ''}`;
  };
  const patch = async (path: string, name: string, body: JsonObject): Promise<void> => {
    const { status } = await tenant.request('PATCH', await find(path, name), body);
    if (status !== 200) throw new Error(`PATCH of ${name} answered ${status}`);
  };
  await Promise.all([
    patch('/api/applications', 'Portal', { description: 'By hand', customData: { by: { hand: true } } }),
    patch('/api/applications', 'Shop', { description: 'By hand', customData: { team: 'shop', by: 'hand' } }),
    patch('/api/resources', 'Billing', { accessTokenTtl: 1234 }),
    patch('/api/roles?page=1&page_size=100', 'Turned', { isDefault: true }),
  ]);
}
