import { RefusedError, type ProblemCode } from '../../src';
import type { JsonObject } from '../../src/json';
import { count } from './counts';
import { startProxy } from './proxy';
import { applyWhole, planHere, startApply } from './runs';
import { describeReading, differences, isLock, readTenant, type Reading } from './snapshot';
import { useTenant } from './tenant';

const tenant = useTenant();

/** A stack over all kinds, with two applications of one name, which it shares with the other stacks. */
const stackNamed = (stack: string): JsonObject => ({
  stack,
  external: { roles: { shared: { name: 'Shared' } } },
  apiResources: {
    api: { name: 'Api', indicator: `https://${stack}.example.com`, scopes: { read: {}, write: {} } },
  },
  roles: {
    worker: {
      name: `Worker of ${stack}`,
      description: 'Works',
      type: 'MachineToMachine',
      scopes: { api: ['read', 'write'] },
    },
  },
  applications: {
    worker: { name: `Worker of ${stack}`, type: 'MachineToMachine', roles: ['worker', 'shared'] },
    'twin-a': { name: `Twin of ${stack}`, type: 'SPA', description: 'a' },
    'twin-b': { name: `Twin of ${stack}`, type: 'SPA', description: 'b' },
    helper: { name: `Helper of ${stack}`, type: 'MachineToMachine' },
  },
  roleAssignments: [{ application: 'helper', role: 'shared' }],
});

const prepare = async (): Promise<void> => {
  await tenant.reset();
  await tenant.request('POST', '/api/roles', { name: 'Shared', description: '-', type: 'MachineToMachine' });
};

/** What these stacks make when they are applied one after the other. */
async function applyInTurn(stacks: readonly string[]): Promise<Reading> {
  await prepare();
  for (const stack of stacks) await applyWhole(tenant, stackNamed(stack));
  return readTenant(tenant, stacks);
}

/** Applies these stacks in processes that begin together. @returns their exit codes and what they said */
async function applyTogether(stacks: readonly string[], flags: readonly string[]) {
  const proxy = await startProxy(tenant.url);
  const processes = stacks.map(() => startApply({ ...tenant, url: proxy.url }, flags));
  const ended = await Promise.all(
    processes.map((process, index) => process.run(stackNamed(stacks[index] ?? ''))),
  );
  await proxy.close();
  count({ runs: stacks.length, requests: proxy.count() });
  return ended;
}

async function expectSame(expected: Reading, stacks: readonly string[]): Promise<void> {
  const found = await readTenant(tenant, stacks);
  const lost = differences(describeReading(expected), describeReading(found));
  count({ lost: lost.length });
  expect(lost).toEqual([]);
  expect([...found.snapshot.resources.values()].filter(isLock)).toEqual([]);
  for (const stack of stacks) expect((await planHere(tenant, stackNamed(stack))).actions).toEqual([]);
}

test('ten processes with the same stack and others do their work one at a time for each stack, and all end right', async () => {
  const stacks = ['one', 'two', 'three'];
  const undisturbed = await applyInTurn(stacks);
  await prepare();
  const ten = Array.from({ length: 10 }, (_, index) => stacks[index % stacks.length] ?? '');
  const ended = await applyTogether(ten, ['--lock-timeout', '100']);
  expect(ended.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual(ten.map(() => 0));
  // One of each stack has done it all; the others have waited, and found nothing left to do.
  const done = ended.filter(({ stderr }) => stderr.includes('roles.worker'));
  expect(done).toHaveLength(stacks.length);
  await expectSame(undisturbed, stacks);
}, 120_000);

test('without a lock, different stacks at once make no duplicate, and none loses its ledger', async () => {
  const stacks = ['one', 'two', 'three', 'four', 'five'];
  const undisturbed = await applyInTurn(stacks);
  await prepare();
  const ended = await applyTogether(stacks, ['--no-lock']);
  expect(ended.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual(stacks.map(() => 0));
  await expectSame(undisturbed, stacks);
}, 120_000);

/**
 * What is guaranteed: what Logto keeps unique is there once; another stack and its ledger are untouched; the next apply
 * ends with everything as stated, or is refused and names the applications of which it cannot say which one is meant.
 * What is not: applications, whose names Logto does not keep unique, may be there more than once, and those that the
 * ledger does not own stay until somebody deletes them. That is what the lock is for.
 */
test('without a lock, the same stack at once makes nothing twice that Logto keeps unique, and spares another stack', async () => {
  await prepare();
  await applyWhole(tenant, stackNamed('other'));
  const before = await readTenant(tenant, ['other']);
  await applyTogether(['same', 'same', 'same', 'same'], ['--no-lock']);
  const refusal = await applyWhole(tenant, stackNamed('same')).then(() => undefined, refusalIn);
  expect(refusal?.filter((code) => code !== 'ambiguous-match') ?? []).toEqual([]);

  const after = await readTenant(tenant, ['other', 'same']);
  const { applications, resources, roles } = describeReading(after);
  expect(after.ledgers[0]).toEqual({ ...before.ledgers[0], foreign: after.ledgers[0]?.foreign });
  for (const [id, object] of before.snapshot.applications) {
    if (id !== tenant.appId) expect(after.snapshot.applications.get(id)).toEqual(object);
  }
  expect(resources).toHaveLength(before.snapshot.resources.size + 1);
  expect(roles).toHaveLength(before.snapshot.roles.size + 1);
  expect(applications.length).toBeGreaterThanOrEqual(before.snapshot.applications.size + 4);
  if (!refusal) expect((await planHere(tenant, stackNamed('same'))).actions).toEqual([]);
}, 120_000);

/** The codes of the problems for which an apply was refused. */
function refusalIn(error: unknown): readonly ProblemCode[] {
  if (!(error instanceof RefusedError)) throw error;
  return error.problems.map(({ code }) => code);
}
