import { RefusedError } from '../../src';
import type { JsonObject } from '../../src/json';
import { count } from './counts';
import { prepareTenant, stack } from './every-action';
import { startProxy, type Strike } from './proxy';
import { applyWhole, planHere, startApply, type WaitingApply } from './runs';
import { describeTenant, type Described } from './snapshot';
import { isLong, seed, useTenant } from './tenant';
import { unbreakableLock, whatIsLost } from './what-is-lost';

const tenant = useTenant();

/** Ways to kill a process around one of its requests. */
const moments: Readonly<Record<string, (kill: () => void) => Strike>> = {
  'before the server has it': (kill) => (passage) => {
    kill();
    passage.cut();
  },
  'after the server did it, before the answer': (kill) => async (passage) => {
    await passage.forward();
    kill();
    passage.cut();
  },
  'right after the answer': (kill) => async (passage) => {
    await passage.answer(await passage.forward());
    kill();
  },
};

/** Every request in every way; or, where that takes too long, every third, each in one way: others the next time. */
function eachKill(requests: number): readonly (readonly [number, string])[] {
  const names = Object.keys(moments);
  const all = Array.from({ length: requests }, (_, index) => index + 1);
  if (isLong) return all.flatMap((at) => names.map((name) => [at, name] as const));
  return all
    .filter((at) => at % 3 === seed % 3)
    .map((at) => [at, names[Math.floor(at / 3) % names.length] ?? ''] as const);
}

/** Applies a manifest in a process of its own, which is killed at one of its requests. */
async function applyKilled(manifest: JsonObject, at: number, moment: string): Promise<void> {
  const killed: { process?: WaitingApply } = {};
  const strike = moments[moment]?.(() => {
    proxy.shut();
    killed.process?.kill();
  });
  const proxy = await startProxy(tenant.url, at, strike);
  killed.process = startApply({ ...tenant, url: proxy.url });
  const { wasKilled, exitCode, stderr } = await killed.process.run(manifest);
  await proxy.quiet();
  await proxy.close();
  count({ injected: wasKilled ? 1 : 0, runs: 1, requests: proxy.count() });
  // The order of what runs at once differs, and with it now and then the number of requests.
  if (!wasKilled && exitCode !== 0) throw new Error(`exit code ${String(exitCode)}: ${stderr}`);
}

/** Applies a manifest in a process that nobody kills. @returns the number of its requests */
async function applyUndisturbed(manifest: JsonObject): Promise<number> {
  const proxy = await startProxy(tenant.url);
  const { exitCode, stderr } = await startApply({ ...tenant, url: proxy.url }).run(manifest);
  await proxy.close();
  if (exitCode !== 0) throw new Error(`exit code ${String(exitCode)}: ${stderr}`);
  return proxy.count();
}

/** Runs `check` for each kill, and tells all that it finds. */
async function afterEachKill(
  requests: number,
  check: (at: number, moment: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const [at, moment] of eachKill(requests)) {
    const found = await check(at, moment).catch(tell);
    failures.push(...found.map((failure) => `killed at request ${at}, ${moment}: ${failure}`));
  }
  return failures;
}

const tell = (error: unknown): readonly string[] => [
  String(error),
  ...(error instanceof RefusedError ? error.problems.map(({ message }) => message) : []),
];

test('a killed apply, run again, leaves tenant and ledger as one that nobody disturbed', async () => {
  const first = await prepareTenant(tenant);
  const { actions } = await planHere(tenant, first);
  expect(actions.length).toBeGreaterThanOrEqual(25);
  expect(new Set(actions.map(({ type }) => type))).toEqual(
    new Set(['create', 'update', 'replace', 'delete', 'adopt', 'move']),
  );
  const requests = await applyUndisturbed(first);
  const undisturbed = await describeTenant(tenant, [stack]);

  const failures = await afterEachKill(requests, async (at, moment) => {
    const manifest = await prepareTenant(tenant);
    await applyKilled(manifest, at, moment);
    await applyWhole(tenant, manifest);
    const lost = await whatIsLost(tenant, stack, manifest, undisturbed);
    return [...lost, ...(await unbreakableLock(tenant, stack))];
  });
  expect(failures).toEqual([]);
}, 600_000);

const kept = {
  stack: 'undone',
  external: { applications: { legacy: { name: 'Legacy' } }, roles: { auditor: { name: 'Auditor' } } },
  apiResources: {
    kept: { name: 'Kept', indicator: 'https://kept.example.com', scopes: { 'kept:read': {} } },
  },
  roles: { kept: { name: 'Kept', description: 'Stays', type: 'MachineToMachine' } },
  applications: { kept: { name: 'Kept', type: 'MachineToMachine' } },
};

const withMore = {
  ...kept,
  apiResources: {
    kept: { ...kept.apiResources.kept, scopes: { 'kept:read': {}, 'kept:write': {} } },
    more: { name: 'More', indicator: 'https://more.example.com', scopes: { 'more:read': {} } },
  },
  roles: {
    ...kept.roles,
    more: { name: 'More', description: 'Goes', type: 'MachineToMachine', scopes: { more: ['more:read'] } },
  },
  applications: {
    ...kept.applications,
    // Both are told apart by nothing but who made them when.
    'more-a': { name: 'More', type: 'MachineToMachine', roles: ['more'] },
    'more-b': { name: 'More', type: 'MachineToMachine' },
  },
  roleAssignments: [
    { application: 'legacy', role: 'auditor' },
    { application: 'legacy', role: 'more' },
    { application: 'kept', role: 'kept' },
    { application: 'more-b', role: 'auditor' },
  ],
};

/** A tenant of others, in which the stack has made what stays. */
async function prepareKept(): Promise<void> {
  await tenant.reset();
  await Promise.all([
    tenant.request('POST', '/api/applications', { name: 'Legacy', type: 'MachineToMachine' }),
    tenant.request('POST', '/api/roles', { name: 'Auditor', description: '-', type: 'MachineToMachine' }),
  ]);
  await applyWhole(tenant, kept, { apply: { lock: false } });
}

test('what a killed apply has made goes when the manifest no longer wants it', async () => {
  await prepareKept();
  const undisturbed: Described = await describeTenant(tenant, [kept.stack]);
  const requests = await applyUndisturbed(withMore);
  await applyWhole(tenant, kept);
  expect(await whatIsLost(tenant, kept.stack, kept, undisturbed)).toEqual([]);

  const failures = await afterEachKill(requests, async (at, moment) => {
    await prepareKept();
    await applyKilled(withMore, at, moment);
    await applyWhole(tenant, kept);
    return whatIsLost(tenant, kept.stack, kept, undisturbed);
  });
  expect(failures).toEqual([]);
}, 600_000);
