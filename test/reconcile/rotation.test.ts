import { apply as carryOut, plan as makePlan } from '../../src/index';
import { parseManifest } from '../../src/manifest/load-manifest';
import { noLedger } from '../../src/state/file-ledger';
import { send, useEmulator } from '../support/emulator';
import {
  actionsOf,
  rotate,
  rotated,
  rotatedWorker,
  textOf,
  workerWith,
  type Secret,
} from '../support/rotated-worker';
import { testSession } from '../support/session';

const emulator = useEmulator();
const tests = testSession(emulator);
const { plan, apply, session } = tests;
const { workerId, secrets, names, expectNothingToDo } = rotatedWorker(emulator, tests);

test('a secret is made, followed by another when it is due, and deleted when the overlap is over', async () => {
  expect(textOf(await plan(rotated))).toBe(
    `+ applications.worker
    name  "Worker"
    type  "MachineToMachine"
+ applications.worker.secrets.main
    name  "main"
    ! it is followed by a new one 90d after it is made

2 to create, 0 unchanged   digest DIGEST
`,
  );
  await apply(rotated);
  await expectNothingToDo();
  await emulator.age('89d');
  await expectNothingToDo();
  expect(textOf(await plan(rotated))).toBe(
    `Nothing to do: 2 resources as stated.

Rotation, with the first apply after:
    TIME  + applications.worker.secrets.main:2
`,
  );

  await emulator.age('1d');
  expect(textOf(await plan(rotated))).toBe(
    `+ applications.worker.secrets.main:2   rotation is due since TIME
    name  "main:2"
    ! "main" stays good for 7d after "main:2" is made, and is deleted then
    ! it is followed by a new one 90d after it is made

1 to create, 2 unchanged   digest DIGEST
`,
  );
  await apply(rotated);
  expect(await names()).toEqual(['main', 'main:2']);
  await expectNothingToDo();
  await emulator.age('6d');
  await expectNothingToDo();
  expect(textOf(await plan(rotated))).toBe(
    `Nothing to do: 3 resources as stated.

Rotation, with the first apply after:
    TIME  - applications.worker.secrets.main
    TIME  + applications.worker.secrets.main:3
`,
  );

  await emulator.age('1d');
  expect(textOf(await plan(rotated))).toBe(
    `- applications.worker.secrets.main   "main:2" has taken its place, and the overlap of 7d is over since TIME

1 to delete, 2 unchanged   digest DIGEST

Rotation, with the first apply after:
    TIME  + applications.worker.secrets.main:3
`,
  );
  await apply(rotated);
  expect(await names()).toEqual(['main:2']);
  await expectNothingToDo();

  await emulator.age('90d');
  await apply(rotated);
  await emulator.age('7d');
  await apply(rotated);
  expect(await names()).toEqual(['main:3']);
  await apply('stack: default');
  expect(await workerId()).toBe('');
});

test('a job that did not run for long makes one new secret, and the old one stays for the whole overlap', async () => {
  await apply(rotated);
  await emulator.age('400d');
  await apply(rotated);
  expect(await names()).toEqual(['main', 'main:2']);
  await emulator.age('6d');
  await expectNothingToDo();
  await emulator.age('400d');
  expect(actionsOf(await plan(rotated))).toEqual(['create main:3', 'delete main']);
  await apply(rotated);
  expect(await names()).toEqual(['main:2', 'main:3']);
});

/** The same tenant, on whose server it is an hour later. */
const later = { ...session.tenant, serverTime: () => new Date(Date.now() + 3_600_000) };

test('a plan stays the same while nothing but the time goes on', async () => {
  const withEnd = workerWith('main: { rotate: { every: 90d, overlap: 7d, lifetime: 100d } }');
  const given = await parseManifest([{ name: 'logto.yaml', text: withEnd }]);
  const digestLater = async () => (await makePlan(given, { ...session, tenant: later })).plan.digest;
  expect(await digestLater()).toBe((await plan(withEnd)).digest);
  await apply(withEnd);
  await emulator.age('90d');
  const second = await plan(withEnd);
  expect(actionsOf(second)).toEqual(['create main:2']);
  expect(await digestLater()).toBe(second.digest);
});

test('a plan that was reviewed is another one when its rotation comes to something else', async () => {
  const digestWith = async (rotation: string) =>
    (await plan(workerWith(`main: { rotate: { ${rotation} } }`))).digest;
  const rotations = [
    'every: 90d, overlap: 7d',
    'every: 30d, overlap: 7d',
    'every: 90d, overlap: 7d, lifetime: 120d',
    'every: 90d, overlap: 7d, lifetime: 400d',
  ];
  expect(new Set(await Promise.all(rotations.map(digestWith))).size).toBe(4);
  await apply(rotated);
  await emulator.age('90d');
  expect(await digestWith('every: 90d, overlap: 5m')).not.toBe((await plan(rotated)).digest);
});

test('with a lifetime Logto itself ends each of them, and an end that comes earlier makes the next due earlier', async () => {
  const withEnd = workerWith('main: { rotate: { every: 90d, overlap: 7d, lifetime: 120d } }');
  const days = ({ createdAt, expiresAt }: Secret): number =>
    Math.round(((expiresAt ?? Number.NaN) - createdAt) / 86_400_000);
  expect(textOf(await plan(withEnd))).toContain('    ! it ends by itself 120d after it is made\n');
  await apply(withEnd);
  expect((await secrets()).filter(({ name }) => name === 'main').map(days)).toEqual([120]);
  await expectNothingToDo(withEnd);
  await emulator.age('90d');
  await apply(withEnd);
  expect((await secrets()).filter(({ name }) => name === 'main:2').map(days)).toEqual([120]);
  await expectNothingToDo(withEnd);

  const shorter = workerWith('main: { rotate: { every: 500d, overlap: 10d } }');
  await emulator.age('109d');
  expect(actionsOf(await plan(shorter))).toEqual(['delete main']);
  await emulator.age('1d');
  expect(actionsOf(await plan(shorter))).toEqual(['create main:3', 'delete main']);
});

test('secrets that others have made stay, whatever they are called', async () => {
  await apply(rotated);
  const id = await workerId();
  const foreign = ['main-2', 'main:', 'main:02', 'main:2x', 'Main:2', 'other:2', 'main:2:2', ':2'];
  for (const name of foreign) await emulator.request('POST', `/api/applications/${id}/secrets`, { name });
  for (const age of ['90d', '7d', '90d', '7d'] as const) {
    await emulator.age(age);
    await apply(rotated);
  }
  expect(await names()).toEqual([...foreign, 'main:3'].sort());
});

test('a secret that exists already is taken over at its age', async () => {
  await apply('applications: { worker: { name: Worker, type: MachineToMachine } }');
  const id = await workerId();
  await emulator.request('POST', `/api/applications/${id}/secrets`, { name: 'main' });
  await emulator.age('30d');
  expect(actionsOf(await plan(rotated))).toEqual(['adopt main']);
  await emulator.age('170d');
  expect(actionsOf(await plan(rotated))).toEqual(['adopt main', 'create main:2']);
  await apply(rotated);
  await expectNothingToDo();
  await emulator.age('7d');
  const [removal] = (await plan(rotated)).actions;
  expect(removal).toMatchObject({
    type: 'delete',
    consequences: ['it existed before logto-iac took it over'],
  });
});

test('the secret that Logto makes with an application is rotated like any other', async () => {
  const yaml = workerWith(`Default secret: { ${rotate} }`);
  await apply(yaml);
  await expectNothingToDo(yaml);
  await emulator.age('90d');
  await apply(yaml);
  await emulator.age('7d');
  await apply(yaml);
  await expectNothingToDo(yaml);
  expect(await names()).toEqual(['Default secret:2']);
});

test('where the ledger was lost, no secret is made before its time, and numbered ones stay', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  await emulator.request('PATCH', `/api/applications/${emulator.appId}`, { customData: {} });
  const pinned = rotated.replace('name: Worker', `id: ${await workerId()}, name: Worker`);
  expect(actionsOf(await plan(pinned))).toEqual(['adopt applications.worker', 'adopt main']);
  const given = await parseManifest([{ name: 'logto.yaml', text: pinned }]);
  expect((await makePlan(given, { ...session, home: noLedger })).plan.actions).toEqual([]);
  await apply(pinned);
  await expectNothingToDo(pinned);
  // Nobody knows any more that the second was made to take the place of the first: the third will be.
  await emulator.age('89d');
  expect(actionsOf(await plan(pinned))).toEqual([]);
  await emulator.age('1d');
  await apply(pinned);
  expect(await names()).toEqual(['main', 'main:2', 'main:3']);
  await emulator.age('7d');
  await apply(pinned);
  expect(await names()).toEqual(['main:2', 'main:3']);
  await expectNothingToDo(pinned);
  await emulator.age('90d');
  await apply(pinned);
  await emulator.age('7d');
  await apply(pinned);
  expect(await names()).toEqual(['main:2', 'main:4']);
});

test('where the ledger was lost and the first secret is long gone, it is made once more, beside the one in use', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  await emulator.age('7d');
  await apply(rotated);
  await emulator.request('PATCH', `/api/applications/${emulator.appId}`, { customData: {} });
  const pinned = rotated.replace('name: Worker', `id: ${await workerId()}, name: Worker`);
  expect(actionsOf(await plan(pinned))).toEqual(['adopt applications.worker', 'create main']);
  await apply(pinned);
  await expectNothingToDo(pinned);
  expect(await names()).toEqual(['main', 'main:2']);
  await emulator.age('90d');
  await apply(pinned);
  await emulator.age('7d');
  await apply(pinned);
  expect(await names()).toEqual(['main:2', 'main:3']);
});

test('where the ledger was lost and secrets are exact, the one in use stays until one of ours has followed it', async () => {
  const yaml = workerWith(`main: { ${rotate} }`, 'lifecycle: { exact: [secrets] }');
  await apply(yaml);
  await emulator.age('90d');
  await apply(yaml);
  await emulator.request('PATCH', `/api/applications/${emulator.appId}`, { customData: {} });
  const pinned = yaml.replace('name: Worker', `id: ${await workerId()}, name: Worker`);
  await apply(pinned);
  await expectNothingToDo(pinned);
  expect((await plan(pinned)).warnings.map(({ message }) => message)).toEqual([
    'applications.worker.secrets.main:2: nothing says that the rotation of "main" has made it, so it stays until one of ours has followed it for 7d',
  ]);
  await emulator.age('90d');
  await apply(pinned);
  await emulator.age('6d');
  await expectNothingToDo(pinned);
  expect(await names()).toEqual(['main', 'main:2', 'main:3']);
  await emulator.age('1d');
  await apply(pinned);
  expect(await names()).toEqual(['main:3']);
});

test('a numbered secret that somebody has made stays, whatever the rotation does', async () => {
  await apply(rotated);
  const path = `/api/applications/${await workerId()}/secrets`;
  await emulator.request('POST', path, { name: 'main:2' });
  await expectNothingToDo();
  await emulator.age('90d');
  const made = await plan(rotated);
  expect(actionsOf(made)).toEqual(['create main:3']);
  expect(made.warnings.map(({ message, at }) => [message, at?.file])).toEqual([
    [
      'applications.worker.secrets.main:2: nothing says that the rotation of "main" has made it, so it stays',
      'logto.yaml',
    ],
  ]);
  await apply(rotated);
  await emulator.age('7d');
  expect(actionsOf(await plan(rotated))).toEqual(['delete main']);
  await apply(rotated);
  await expectNothingToDo();
  expect(await names()).toEqual(['main:2', 'main:3']);

  await emulator.request('POST', path, { name: 'main' });
  await expectNothingToDo();
  await emulator.age('90d');
  await apply(rotated);
  await emulator.request('DELETE', `${path}/${encodeURIComponent('main:2')}`);
  await emulator.age('7d');
  await apply(rotated);
  await expectNothingToDo();
  expect(await names()).toEqual(['main', 'main:4']);
});

test('without a ledger the next secret is made once, and nothing is ever deleted', async () => {
  await apply('applications: { worker: { name: Worker, type: MachineToMachine } }');
  const text = rotated.replace('name: Worker', `id: ${await workerId()}, name: Worker`);
  const given = await parseManifest([{ name: 'logto.yaml', text }]);
  const withoutLedger = { ...session, home: noLedger };
  const run = async () => {
    const planned = await makePlan(given, withoutLedger);
    await carryOut(planned, withoutLedger, { lock: false });
    return actionsOf(planned.plan);
  };
  expect([await run(), await run()]).toEqual([['create main'], []]);
  await emulator.age('90d');
  expect([await run(), await run()]).toEqual([['create main:2'], []]);
  await emulator.age('7d');
  expect(await run()).toEqual([]);
  expect(await names()).toEqual(['main', 'main:2']);
});

const cuts = ['reset', 'lost-response', 'truncated'] as const;
const refusals = [
  { type: 'status', status: 500, when: 'before' },
  { type: 'status', status: 500, when: 'after' },
] as const;
const faults = [...cuts.map((type) => ({ type })), ...refusals];

test.each(faults)(
  'a rotation that %j cuts off at any write is taken up again, with one new secret',
  async (fault) => {
    const given = await parseManifest([{ name: 'logto.yaml', text: rotated }]);
    const run = async () => {
      const planned = await makePlan(given, session);
      await carryOut(planned, session, { lock: false });
      return planned.plan;
    };
    for (const [age, writes] of [
      ['90d', ['PATCH', 'POST', 'PATCH']],
      ['7d', ['DELETE', 'PATCH']],
    ] as const) {
      for (const [index, method] of writes.entries()) {
        await send(emulator.url, 'POST', '/__reset');
        await run();
        await emulator.age('90d');
        if (age === '7d') {
          await run();
          await emulator.age('7d');
        }
        const skip = writes.slice(0, index).filter((earlier) => earlier === method).length;
        await emulator.faults([{ ...fault, method, skip }]);
        await run().catch(() => undefined);
        await emulator.faults([]);
        while ((await run()).actions.length > 0);
        expect({ method, index, names: await names() }).toEqual({
          method,
          index,
          names: age === '7d' ? ['main:2'] : ['main', 'main:2'],
        });
        const { entries, intents } = await session.home.read('default');
        const owned = [...entries.keys()].filter((address) => address.includes('secrets'));
        expect([owned.length, intents.size]).toEqual([age === '7d' ? 1 : 2, 0]);
      }
    }
  },
);

test('a clock that differs from that of Logto is told of where something is rotated, and stops no run', async () => {
  const warnings = async (text: string) => {
    const given = await parseManifest([{ name: 'logto.yaml', text }]);
    const { plan: made } = await makePlan(given, { ...session, tenant: later });
    return made.warnings.map(({ code }) => code);
  };
  expect(await warnings(rotated)).toEqual(['wrong-clock']);
  expect(await warnings(workerWith('main: {}'))).toEqual([]);
});
