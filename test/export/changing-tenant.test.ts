import { exportTenant } from '../../src/export/export-tenant';
import { openSession } from '../../src/index';
import { startProxy } from '../faults/proxy';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { apply } = testSession(emulator);

/** Everything that the export asks of an object by its id. */
const ofOneObject = /^\/api\/(applications|roles|organizations)\/([^/?]+)\/(?!applications)/;

test('what is deleted while the tenant is read is left out, and told', async () => {
  const { outcomes } = await apply(`
apiResources: { orders: { name: Orders, indicator: 'https://orders.example.com', scopes: { read: {} } } }
roles:
  reader: { name: Reader, description: Reads, type: MachineToMachine, scopes: { orders: [read] } }
  writer: { name: Writer, description: Writes, type: MachineToMachine, scopes: { orders: [read] } }
applications:
  worker: { name: Worker, type: MachineToMachine, roles: [reader, writer] }
  robot: { name: Robot, type: MachineToMachine, roles: [reader, writer] }
organizationRoles: { admin: { name: Admin }, guest: { name: Guest } }
organizations:
  acme: { name: Acme, jit: { emailDomains: [acme.example.com], roles: [admin, guest] } }
  globex: { name: Globex, jit: { emailDomains: [globex.example.com], roles: [admin, guest] } }
`);
  const applied = new Set(outcomes.map((outcome) => (outcome.status === 'done' ? outcome.id : undefined)));
  const { url, ...credentials } = emulator;
  const deleted = new Map<string, Promise<{ readonly status: number }>>();
  const proxy = await startProxy(
    url,
    (method, path) => method === 'GET' && ofOneObject.test(path),
    async (passage) => {
      const [, collection = '', id = ''] = ofOneObject.exec(passage.path) ?? [];
      if (applied.has(id) && !deleted.has(collection))
        deleted.set(collection, emulator.request('DELETE', `/api/${collection}/${id}`));
      await deleted.get(collection);
      await passage.answer(await passage.forward());
    },
  );
  const session = openSession({ endpoint: proxy.url, ...credentials });
  try {
    const { tenant } = await exportTenant(session, {
      only: ['applications', 'roles', 'organizations', 'organizationRoles', 'apiResources'],
    });
    expect([...deleted.keys()].sort()).toEqual(['applications', 'organizations', 'roles']);
    const kept = new Map<string, number>();
    for (const { kind } of tenant.resources) kept.set(kind.name, (kept.get(kind.name) ?? 0) + 1);
    expect(Object.fromEntries(kept)).toEqual({
      applications: 1,
      roles: 1,
      organizations: 1,
      organizationRoles: 2,
      apiResources: 1,
      'apiResources.scopes': 1,
    });
    expect(tenant.omissions.map(({ why }) => why)).toEqual(
      Array(3).fill('it was deleted while the tenant was read'),
    );
  } finally {
    session.tenant.close();
    await proxy.close();
  }
});
