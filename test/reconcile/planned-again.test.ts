import { inspect } from 'node:util';

import { plan } from '../../src/index';
import { parseManifest } from '../../src/manifest/load-manifest';
import type { Planned } from '../../src/reconcile';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { session, apply } = testSession(emulator);

const text = `
applications: { web: { name: Web, type: SPA, customData: { team: shop } } }
roles: { clerk: { name: Clerk, description: Works } }
`;
const changed = text.replace('Works', 'Sells');

const manifestOf = (yaml: string) => parseManifest([{ name: 'logto.yaml', text: yaml }]);

/** Plans twice, with something done in between, and once more without knowing of what was before. */
async function planAround(yaml: string, inBetween: () => Promise<unknown>): Promise<readonly Planned[]> {
  const manifest = await manifestOf(yaml);
  const first = await plan(manifest, session);
  await inBetween();
  return [first, await plan(manifest, session, {}, first), await plan(manifest, session)];
}

const patch = async (path: string, named: string, body: object): Promise<void> => {
  const { body: found } = await emulator.request('GET', path);
  const objects = found as readonly { readonly id: string; readonly name: string }[];
  const { id = '' } = objects.find(({ name }) => name === named) ?? {};
  await emulator.request('PATCH', `${path}/${id}`, body);
};

test('where everything that was read is the same, the plan is the one of before', async () => {
  await apply(text);
  const [first, second] = await planAround(changed, () => Promise.resolve());
  expect(first?.plan.actions).toHaveLength(1);
  expect(second?.plan).toBe(first?.plan);
});

test.each([
  ['what the plan changes', () => patch('/api/roles', 'Clerk', { description: 'Rests' })],
  ['what is as stated until then', () => patch('/api/applications', 'Web', { name: 'Shop' })],
  ['what is stated in a part', () => patch('/api/applications', 'Web', { customData: { team: 'till' } })],
  ['the ledger', () => apply(text.replace('web: {', 'shop: {').replace('name: Web', 'name: Shop'))],
])('a change of %s makes another plan', async (_what, change) => {
  await apply(text);
  const [first, second, anew] = await planAround(changed, change);
  expect(second?.plan.digest).not.toBe(first?.plan.digest);
  expect(second?.plan).toEqual(anew?.plan);
});

test('what was planned does not hold the secret that the run signs in with', async () => {
  const planned = await plan(await manifestOf(text), session);
  expect(session.hashKey).toBe(emulator.appSecret);
  expect(inspect(planned, { depth: Infinity, maxArrayLength: Infinity })).not.toContain(emulator.appSecret);
});

test('where a secret is rotated, each moment has a plan of its own', async () => {
  const rotated = text
    .replace('SPA', 'MachineToMachine')
    .replace('customData', 'secrets: { main: { rotate: { every: 30d, overlap: 1d } } }, customData');
  const [first, second] = await planAround(rotated, () => Promise.resolve());
  expect(second?.plan).not.toBe(first?.plan);
  expect(second?.plan.digest).toBe(first?.plan.digest);
});
