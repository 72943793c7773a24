import type { RefusedError } from '../../src/index';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { plan, apply } = testSession(emulator);

/** What a plan is refused for. */
async function refusalOf(yaml: string): Promise<readonly { code: string; message: string }[]> {
  const error: unknown = await plan(yaml).catch((thrown: unknown) => thrown);
  return (error as RefusedError).problems.map(({ code, message }) => ({ code, message }));
}

async function applicationId(name: string): Promise<string> {
  const { body } = await emulator.request('GET', '/api/applications');
  const found = (body as readonly { id: string; name: string }[]).find((one) => one.name === name);
  if (!found) throw new Error(`no application ${name}`);
  return found.id;
}

test('a pinned id does not take what another stack owns', async () => {
  await apply('stack: theirs\napplications: { web: { name: Web, type: SPA } }');
  const id = await applicationId('Web');
  const pinned = `stack: ours\napplications: { web: { id: ${id}, name: Web, type: SPA } }`;
  expect(await refusalOf(pinned)).toEqual([
    {
      code: 'foreign-owner',
      message: `applications.web: the application name "Web" (${id}) belongs to the stack "theirs"`,
    },
  ]);
});

test('a key that is renamed by pinning its id takes the ledger entry along', async () => {
  await apply('applications: { web: { name: Web, type: SPA } }');
  const id = await applicationId('Web');
  const renamed = `applications: { site: { id: ${id}, name: Web, type: SPA, lifecycle: { onRemove: release } } }`;
  const { actions } = await plan(renamed);
  expect(actions.map(({ type, address, reason }) => ({ type, address, reason }))).toEqual([
    { type: 'update', address: 'applications.site', reason: 'was applications.web' },
  ]);
  await apply(renamed);
  expect((await plan(renamed)).actions).toEqual([]);
  await apply('{}');
  expect((await plan('{}')).actions).toEqual([]);
  expect(await applicationId('Web')).toBe(id);
});

test('what is handed over to `external` is released, with all that it holds', async () => {
  await apply(
    "apiResources: { orders: { name: Orders, indicator: 'https://o.example.com', scopes: { read: {} } } }",
  );
  const handedOver = "external: { apiResources: { orders: { indicator: 'https://o.example.com' } } }";
  const { actions } = await plan(handedOver);
  expect(actions.map(({ type, address }) => `${type} ${address}`).sort()).toEqual([
    'move apiResources.orders',
    'move apiResources.orders.scopes.read',
  ]);
  expect(actions.every(({ reason }) => reason?.endsWith('released: it is external now'))).toBe(true);
  await apply(handedOver);
  expect((await plan(handedOver)).actions).toEqual([]);
  expect((await plan('{}')).actions).toEqual([]);
});

test('what is managed is not external too, under another key', async () => {
  const managed = 'applications: { web: { name: Web, type: SPA } }';
  await apply(managed);
  const id = await applicationId('Web');
  expect(await refusalOf(`${managed}\nexternal: { applications: { site: { name: Web } } }`)).toEqual([
    {
      code: 'conflict',
      message: `applications.web and external.applications.site are the same application of the tenant, "Web" (${id})`,
    },
  ]);
});

test('a link to one object under two external keys is made once', async () => {
  await apply('stack: theirs\nroles: { a: { name: Reader, description: Reads, type: MachineToMachine } }');
  const manifest = `
external: { roles: { one: { name: Reader }, two: { name: Reader } } }
applications: { worker: { name: Worker, type: MachineToMachine, roles: [one, two] } }`;
  await apply(manifest);
  expect((await plan(manifest)).actions).toEqual([]);
});
