import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { plan, apply } = testSession(emulator);

const manifest = (lifecycle: string): string => `
apiResources:
  orders:
    name: Orders
    indicator: https://orders.example.com
    scopes: { 'orders:read': {} }
    ${lifecycle}
`;

async function orders(): Promise<{
  readonly id: string;
  readonly scopes: readonly { readonly name: string }[];
}> {
  const { body } = await emulator.request('GET', '/api/resources?includeScopes=true');
  const resources = body as readonly { id: string; indicator: string; scopes: readonly { name: string }[] }[];
  const found = resources.find(({ indicator }) => indicator === 'https://orders.example.com');
  if (!found) throw new Error('no such API resource');
  return found;
}

test('a permission that nobody declares stays, unless the part is wholly ours', async () => {
  await apply(manifest(''));
  await emulator.request('POST', `/api/resources/${(await orders()).id}/scopes`, { name: 'by-hand' });
  expect((await plan(manifest(''))).actions).toEqual([]);

  const exact = manifest('lifecycle: { exact: [scopes] }');
  const { actions } = await plan(exact);
  expect(actions.map(({ type, address, reason }) => ({ type, address, reason }))).toEqual([
    {
      type: 'delete',
      address: 'apiResources.orders.scopes.by-hand',
      reason: 'not declared, and lifecycle.exact makes this part wholly ours',
    },
  ]);
  await apply(exact);
  expect((await orders()).scopes.map(({ name }) => name)).toEqual(['orders:read']);
  expect((await plan(exact)).actions).toEqual([]);
});

test('webhooks are written after everything else, and deleted before it', async () => {
  const role = 'roles: { clerk: { name: Clerk, description: Works } }';
  const hook =
    "webhooks: { audit: { name: Audit, events: [Role.Created], config: { url: 'https://a.example.com' } } }";
  const order = (
    actions: readonly { readonly type: string; readonly address: string }[],
  ): readonly string[] => actions.map(({ type, address }) => `${type} ${address}`);
  expect(order((await plan(`${hook}\n${role}`)).actions)).toEqual([
    'create roles.clerk',
    'create webhooks.audit',
  ]);
  await apply(`${hook}\n${role}`);
  expect(order((await plan('{}')).actions)).toEqual(['delete webhooks.audit', 'delete roles.clerk']);
});
