import { setTimeout as wait } from 'node:timers/promises';
import { ApiError, RefusedError, causeOf, plan } from '../../src';
import type { JsonObject } from '../../src/json';
import { count } from './counts';
import { prepareTenant, stack } from './every-action';
import { startProxy, type Strike } from './proxy';
import { applyHere, applyWhole, manifestOf, planHere, withSession } from './runs';
import { describeTenant } from './snapshot';
import { isLong, seed, useTenant } from './tenant';
import { unbreakableLock, whatIsLost } from './what-is-lost';

const tenant = useTenant();

const timeoutSeconds = 0.4;

const refuse =
  (status: number, headers: Readonly<Record<string, string>> = {}): Strike =>
  (passage) =>
    passage.answer({ status, headers, body: Buffer.from('Refused') });

const doAndRefuse =
  (status: number): Strike =>
  async (passage) => {
    await passage.forward();
    await passage.answer({ status, body: Buffer.from('Refused') });
  };

/** What may become of one request and its answer. */
const mishaps: Readonly<Record<string, Strike>> = {
  'lost its answer': async (passage) => {
    await passage.forward();
    passage.cut();
  },
  'was answered 500, done': doAndRefuse(500),
  'was answered 503': refuse(503),
  'was cut off before it arrived': (passage) => {
    passage.cut();
  },
  'was answered 429': refuse(429),
  'got half an answer': async (passage) => {
    passage.answerHalf(await passage.forward());
  },
  'was answered 502, done': doAndRefuse(502),
  'was answered 429 with Retry-After': refuse(429, { 'retry-after': '1' }),
  'was answered 500': refuse(500),
  'was answered too late': async (passage) => {
    const answer = await passage.forward();
    await wait(timeoutSeconds * 1500);
    await passage.answer(answer);
  },
  'was answered 502': refuse(502),
  'was answered 503, done': doAndRefuse(503),
};

/** Every mishap of every request; or, where that takes too long, one of every other request: of the others the next time. */
function eachMishap(requests: number): readonly (readonly [number, string])[] {
  const names = Object.keys(mishaps);
  const all = Array.from({ length: requests }, (_, index) => index + 1);
  if (isLong) return all.flatMap((at) => names.map((name) => [at, name] as const));
  return all
    .filter((at) => at % 2 === seed % 2)
    .map((at) => [at, names[Math.floor(at / 2) % names.length] ?? ''] as const);
}

test('whatever becomes of one answer, apply ends as stated, or says that it did not and does so the next time', async () => {
  const first = await prepareTenant(tenant);
  const counting = await startProxy(tenant.url);
  await applyWhole({ ...tenant, url: counting.url }, first);
  await counting.close();
  const undisturbed = await describeTenant(tenant, [stack]);

  const failures: string[] = [];
  for (const [at, mishap] of eachMishap(counting.count())) {
    const found = await harm(at, mishap, undisturbed).catch((error: unknown) => [String(error)]);
    failures.push(...found.map((failure) => `request ${at} ${mishap}: ${failure}`));
  }
  expect(failures).toEqual([]);
}, 1_800_000);

async function harm(
  at: number,
  mishap: string,
  undisturbed: Awaited<ReturnType<typeof describeTenant>>,
): Promise<readonly string[]> {
  const manifest = await prepareTenant(tenant);
  const proxy = await startProxy(tenant.url, at, mishaps[mishap]);
  const isWhole = await endsWhole(proxy.url, manifest);
  await proxy.quiet();
  await proxy.close();
  count({ injected: proxy.hasStruck() ? 1 : 0 });
  if (!isWhole) await applyWhole(tenant, manifest);
  const lost = await whatIsLost(tenant, stack, manifest, undisturbed);
  return [...lost, ...(await unbreakableLock(tenant, stack))];
}

/** Whether the apply says that everything is done. */
async function endsWhole(url: string, manifest: Parameters<typeof applyHere>[1]): Promise<boolean> {
  try {
    const { failed, notReached } = await applyHere({ ...tenant, url }, manifest, {
      connection: { timeoutSeconds },
    });
    return failed + notReached === 0;
  } catch (error) {
    if (error instanceof ApiError || error instanceof RefusedError) return false;
    throw error;
  }
}

test('a creation that arrives after it was given up for lost makes nothing twice', async () => {
  await prepareTenant(tenant).then((manifest) => applyWhole(tenant, manifest));
  const undisturbed = await describeTenant(tenant, [stack]);
  const isCreation = (method: string, path: string): boolean =>
    method === 'POST' && /^\/api\/(applications|roles|resources(\/[^/]+\/scopes)?)$/.test(path);

  const failures: string[] = [];
  // The first creation of a resource is the lock.
  for (let number = 2, hasStruck = true; hasStruck; number += isLong ? 1 : 2) {
    const manifest = await prepareTenant(tenant);
    let seen = 0;
    const isNext = (method: string, path: string): boolean => isCreation(method, path) && ++seen === number;
    const proxy = await startProxy(tenant.url, isNext, async (passage) => {
      await wait(timeoutSeconds * 1300);
      await passage.answer(await passage.forward());
    });
    const isWhole = await endsWhole(proxy.url, manifest);
    await proxy.quiet();
    await proxy.close();
    hasStruck = proxy.hasStruck();
    count({ injected: hasStruck ? 1 : 0 });
    if (!isWhole) await applyWhole(tenant, manifest);
    const lost = await whatIsLost(tenant, stack, manifest, undisturbed);
    failures.push(...lost.map((failure) => `creation ${number}: ${failure}`));
  }
  expect(failures).toEqual([]);
}, 600_000);

test('where the tenant is as stated and the ledger is not, apply writes the ledger, so that drift knows its cause', async () => {
  const clerk = (description: string): JsonObject => ({
    stack: 'recorded',
    roles: { clerk: { name: 'Clerk', description } },
  });
  const { outcomes } = await applyWhole(tenant, clerk('First'));
  const [id] = outcomes.map((outcome) => (outcome.status === 'done' ? outcome.id : ''));
  const setByHand = (description: string) =>
    tenant.request('PATCH', `/api/roles/${id ?? ''}`, { description });

  await setByHand('Second');
  expect((await applyWhole(tenant, clerk('Second'))).outcomes).toEqual([]);
  await setByHand('Third');
  const cause = await withSession(tenant, async (session) => {
    const { plan: made, manifest, ledger } = await plan(await manifestOf(clerk('Second')), session);
    return made.actions.map((action) => causeOf(action, manifest.desired, ledger, session.hashKey));
  });
  expect(cause).toEqual(['tenant']);
});

test('adopting does not take for applied what it leaves alone', async () => {
  const clerk = (description: string): JsonObject => ({ clerk: { name: 'Clerk', description } });
  const theirs = { name: 'Theirs', description: '-' };
  await tenant.request('POST', '/api/roles', theirs);
  await applyWhole(tenant, { stack: 'adopting', roles: clerk('First') });

  const later = { stack: 'adopting', roles: { ...clerk('Second'), theirs } };
  await applyWhole(tenant, later, { plan: { adopt: true, onlyAdopt: true } });
  const cause = await withSession(tenant, async (session) => {
    const { plan: made, manifest, ledger } = await plan(await manifestOf(later), session);
    return made.actions.map((action) => [
      action.address,
      causeOf(action, manifest.desired, ledger, session.hashKey),
    ]);
  });
  expect(cause).toEqual([['roles.clerk', 'manifest']]);
});

test('a role of which a permission is gone when it is created is ours all the same, and gets the others', async () => {
  const document: JsonObject = {
    stack: 'gone',
    apiResources: {
      orders: { name: 'Orders', indicator: 'https://orders', scopes: { read: {}, write: {} } },
    },
    roles: { clerk: { name: 'Clerk', description: 'Works', scopes: { orders: ['read', 'write'] } } },
  };
  const isRole = (method: string, path: string): boolean => method === 'POST' && path === '/api/roles';
  const proxy = await startProxy(tenant.url, isRole, async (passage) => {
    const { body } = await tenant.request('GET', '/api/resources?includeScopes=true');
    const resource = (
      body as readonly { id: string; name: string; scopes: { id: string; name: string }[] }[]
    ).find(({ name }) => name === 'Orders');
    const scope = resource?.scopes.find(({ name }) => name === 'write');
    await tenant.request('DELETE', `/api/resources/${resource?.id ?? ''}/scopes/${scope?.id ?? ''}`);
    await passage.answer(await passage.forward());
  });
  const { done, failed } = await applyHere({ ...tenant, url: proxy.url }, document);
  await proxy.close();
  expect([done, failed]).toEqual([3, 1]);

  const again = await applyWhole(tenant, document);
  expect(again.outcomes.map(({ action }) => [action.type, action.address])).toEqual([
    ['create', 'apiResources.orders.scopes.write'],
    ['update', 'roles.clerk'],
  ]);
});

test('a role that Logto makes and then refuses a permission of is ours all the same, and can be mended', async () => {
  const document = (type: string): JsonObject => ({
    stack: 'refused',
    // Known by its name: that it is the Management API is known only when it is too late.
    external: { apiResources: { mapi: { name: 'Logto Management API' } } },
    roles: { clerk: { name: 'Clerk', description: 'Works', type, scopes: { mapi: ['all'] } } },
  });
  expect((await applyHere(tenant, document('User'))).failed).toBe(1);
  const { actions } = await planHere(tenant, document('MachineToMachine'));
  expect(actions.map(({ type, address }) => [type, address])).toEqual([['replace', 'roles.clerk']]);
  await applyWhole(tenant, document('MachineToMachine'));
  await applyWhole(tenant, { stack: 'refused' });
  const { body } = await tenant.request('GET', '/api/roles');
  expect((body as readonly { name: string }[]).map(({ name }) => name)).not.toContain('Clerk');
});
