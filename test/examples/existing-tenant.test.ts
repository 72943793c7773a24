import { join } from 'node:path';

import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { prepareExistingTenant } from './existing-tenant';

const folder = join(__dirname, '..', '..', 'examples', 'existing-tenant');
const emulator = useEmulator();

interface Named {
  readonly id: string;
  readonly name: string;
}

const list = async <T = Named>(path: string): Promise<readonly T[]> =>
  (await emulator.request('GET', path)).body as readonly T[];
const named = (objects: readonly Named[], name: string) => objects.find((object) => object.name === name);
const rolesOf = async (applicationId = ''): Promise<readonly string[]> =>
  (await list(`/api/applications/${applicationId}/roles?page=1&page_size=100`))
    .map(({ name }) => name)
    .sort();

test('what an existing tenant holds and the manifest does not state stays as it was', async () => {
  const { reportsId } = await prepareExistingTenant(emulator);
  const before = await list('/api/applications');
  const applied = await runCli(['apply', '--yes', '--var', `reportsId=${reportsId}`], {
    folder,
    tenant: emulator,
  });
  expect(applied.exitCode).toBe(0);

  const after = await list('/api/applications');
  const legacySync = named(before, 'Legacy sync');
  expect(named(after, 'Legacy sync')).toEqual(legacySync);
  expect(await rolesOf(legacySync?.id)).toEqual(['Importer', 'Invoice reader']);
  expect(named(after, 'Reports')).toEqual({
    ...named(before, 'Reports'),
    customData: { lastRun: 'yesterday', costCentre: 17, owner: 'finance' },
  });
  expect(await rolesOf(reportsId)).toEqual(['Auditor', 'Invoice reader']);
});

test('a plan for it tells what is taken over, and writes nothing', async () => {
  const { reportsId } = await prepareExistingTenant(emulator);
  await emulator.resetRequests();
  const planned = await runCli(['plan', '--var', `reportsId=${reportsId}`], { folder, tenant: emulator });
  const heads = planned.stdout.split('\n').filter((line) => /^\S/.test(line));
  expect(heads.slice(0, -1)).toEqual([
    '→ roles.invoice-reader   exists already with the same name',
    `→ applications.reports   exists already: id ${reportsId} is pinned`,
    '+ roleAssignments.legacy-sync.invoice-reader',
  ]);
  expect((await emulator.requests()).writes).toBe(0);
});
