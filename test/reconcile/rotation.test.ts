import { apply as carryOut, causesOf, plan as makePlan, type Plan } from '../../src/index';
import { parseManifest } from '../../src/manifest/load-manifest';
import { planText } from '../../src/render/plan-text';
import { noLedger } from '../../src/state/file-ledger';
import { send, useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { plan, apply, session } = testSession(emulator);

const rotate = 'rotate: { every: 90d, overlap: 7d }';
const manifest = (secrets: string, more = '') =>
  `applications: { worker: { name: Worker, type: MachineToMachine, secrets: { ${secrets} }, ${more} } }`;
const rotated = manifest(`main: { ${rotate} }`);

interface Secret {
  readonly name: string;
  readonly value: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

async function workerId(): Promise<string> {
  const { body } = await emulator.request('GET', '/api/applications');
  const applications = body as readonly { readonly id: string; readonly name: string }[];
  return applications.find(({ name }) => name === 'Worker')?.id ?? '';
}

async function secrets(): Promise<readonly Secret[]> {
  const { body } = await emulator.request('GET', `/api/applications/${await workerId()}/secrets`);
  return body as readonly Secret[];
}

/** Without the one that Logto makes. */
const names = async (): Promise<readonly string[]> =>
  (await secrets())
    .map(({ name }) => name)
    .filter((name) => name !== 'Default secret')
    .sort();

const actionsOf = ({ actions }: Plan): readonly string[] =>
  actions.map(({ type, address }) => `${type} ${address.replace('applications.worker.secrets.', '')}`);

/** Without moments, which are others in every run. */
const textOf = (made: Plan): string =>
  planText(made)
    .replace(/digest \w+/, 'digest DIGEST')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');

const expectNothingToDo = async (yaml = rotated): Promise<void> => {
  expect(actionsOf(await plan(yaml))).toEqual([]);
  await emulator.resetRequests();
  await apply(yaml);
  expect((await emulator.requests()).writes).toBe(0);
};

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
  const withEnd = manifest('main: { rotate: { every: 90d, overlap: 7d, lifetime: 100d } }');
  const given = await parseManifest([{ name: 'logto.yaml', text: withEnd }]);
  const digestLater = async () => (await makePlan(given, { ...session, tenant: later })).plan.digest;
  expect(await digestLater()).toBe((await plan(withEnd)).digest);
  await apply(withEnd);
  await emulator.age('90d');
  const second = await plan(withEnd);
  expect(actionsOf(second)).toEqual(['create main:2']);
  expect(await digestLater()).toBe(second.digest);
});

test('with a lifetime Logto itself ends each of them, and an end that comes earlier makes the next due earlier', async () => {
  const withEnd = manifest('main: { rotate: { every: 90d, overlap: 7d, lifetime: 120d } }');
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

  const shorter = manifest('main: { rotate: { every: 500d, overlap: 10d } }');
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
  const yaml = manifest(`Default secret: { ${rotate} }`);
  await apply(yaml);
  await expectNothingToDo(yaml);
  await emulator.age('90d');
  await apply(yaml);
  await emulator.age('7d');
  await apply(yaml);
  await expectNothingToDo(yaml);
  expect(await names()).toEqual(['Default secret:2']);
});

test('a ledger that was lost, or none at all, changes nothing', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  await emulator.request('PATCH', `/api/applications/${emulator.appId}`, { customData: {} });
  const pinned = rotated.replace('name: Worker', `id: ${await workerId()}, name: Worker`);
  expect(actionsOf(await plan(pinned))).toEqual(['adopt applications.worker', 'adopt main', 'adopt main:2']);
  const given = await parseManifest([{ name: 'logto.yaml', text: pinned }]);
  expect((await makePlan(given, { ...session, home: noLedger })).plan.actions).toEqual([]);
  await apply(pinned);
  // Nobody knows any more that the second was made to take the place of the first: the third will be.
  await emulator.age('89d');
  expect(actionsOf(await plan(pinned))).toEqual([]);
  await emulator.age('1d');
  await apply(pinned);
  expect(await names()).toEqual(['main', 'main:2', 'main:3']);
  await emulator.age('7d');
  await apply(pinned);
  expect(await names()).toEqual(['main:3']);
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

test('a due rotation is no drift, and a secret that somebody deleted is', async () => {
  const causes = async () => {
    const given = await parseManifest([{ name: 'logto.yaml', text: rotated }]);
    const planned = await makePlan(given, session);
    const told = causesOf(planned.plan, planned.manifest.desired, planned.ledger, session.hashKey);
    return Object.fromEntries(told);
  };
  await apply(rotated);
  await emulator.age('90d');
  expect(await causes()).toEqual({ 'applications.worker.secrets.main:2': 'manifest' });
  await apply(rotated);
  const path = `/api/applications/${await workerId()}/secrets`;
  await emulator.request('DELETE', `${path}/${encodeURIComponent('main:2')}`);
  expect(await causes()).toEqual({ 'applications.worker.secrets.main:2': 'tenant' });
  await apply(rotated);
  expect(await names()).toEqual(['main', 'main:2']);
  await emulator.age('7d');
  expect(await causes()).toEqual({ 'applications.worker.secrets.main': 'manifest' });
  await apply(rotated);

  // The only one that there is.
  await emulator.request('DELETE', `${path}/${encodeURIComponent('main:2')}`);
  expect(await causes()).toEqual({ 'applications.worker.secrets.main:2': 'tenant' });
  await apply(rotated);
  expect(await names()).toEqual(['main:2']);
});

test('an old secret that somebody deleted earlier is not made again', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  await emulator.request('DELETE', `/api/applications/${await workerId()}/secrets/main`);
  expect(actionsOf(await plan(rotated))).toEqual(['move main']);
  await apply(rotated);
  await expectNothingToDo();
  expect(await names()).toEqual(['main:2']);
});

test('where rotate is taken out, the newest secret stays and the others go', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  const [plain, none] = [manifest('main: {}'), manifest('main: { rotate: null }')];
  for (const yaml of [plain, none]) expect(actionsOf(await plan(yaml))).toEqual(['delete main']);
  expect(textOf(await plan(plain)))
    .toBe(`- applications.worker.secrets.main   it is rotated no more, and "main:2" is the newest
    ! "main:2" is there since TIME
    ! who still signs in with the old one is locked out

1 to delete, 2 unchanged   digest DIGEST
`);
  expect((await plan(plain, { maxDeletes: 0 })).blocked).toHaveLength(1);
  await apply(plain);
  await expectNothingToDo(plain);
  expect(await names()).toEqual(['main:2']);
  const value = (await secrets()).find(({ name }) => name === 'main:2')?.value;
  const renamed = `${plain}
moved: [{ from: "applications.worker.secrets.main:2", to: applications.worker.secrets.main }]`;
  await apply(renamed);
  expect((await secrets()).find(({ name }) => name === 'main')?.value).toBe(value);
  await expectNothingToDo(plain);
});

test('where rotate is taken out and the newest was deleted by hand, the one that is left stays', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  await emulator.request(
    'DELETE',
    `/api/applications/${await workerId()}/secrets/${encodeURIComponent('main:2')}`,
  );
  await apply(manifest('main: {}'));
  await expectNothingToDo(manifest('main: {}'));
  expect(await names()).toEqual(['main']);
});

test('where rotate is taken out and both are declared, both stay, each under its own name', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  const both = manifest('main: {}, "main:2": {}');
  expect(actionsOf(await plan(both))).toEqual([]);
  await apply(both);
  await expectNothingToDo(both);
  expect(actionsOf(await plan(manifest('main: {}')))).toEqual(['delete main:2']);
});

test('a clock that differs from that of Logto is told of where something is rotated, and stops no run', async () => {
  const warnings = async (text: string) => {
    const given = await parseManifest([{ name: 'logto.yaml', text }]);
    const { plan: made } = await makePlan(given, { ...session, tenant: later });
    return made.warnings.map(({ code }) => code);
  };
  expect(await warnings(rotated)).toEqual(['wrong-clock']);
  expect(await warnings(manifest('main: {}'))).toEqual([]);
});

test('a key that is renamed takes along all that follow it', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  const before = new Map((await secrets()).map(({ name, value }) => [name, value]));
  const renamed = `${manifest(`spare: { ${rotate} }`)}
moved: [{ from: applications.worker.secrets.main, to: applications.worker.secrets.spare }]`;
  expect(actionsOf(await plan(renamed))).toEqual(['update spare', 'update spare:2']);
  await apply(renamed);
  const after = new Map((await secrets()).map(({ name, value }) => [name, value]));
  expect([after.get('spare'), after.get('spare:2')]).toEqual([before.get('main'), before.get('main:2')]);
  await emulator.age('7d');
  await apply(renamed);
  expect(await names()).toEqual(['spare:2']);
  await emulator.age('90d');
  expect(actionsOf(await plan(renamed))).toEqual(['create spare:3']);
});

test('protect and onRemove are for the secret in use, and do not stop the rotation', async () => {
  const yaml = manifest(`main: { ${rotate}, lifecycle: { protect: true, onRemove: release } }`);
  await apply(yaml);
  await emulator.age('90d');
  expect(actionsOf(await plan(yaml))).toEqual(['update main', 'create main:2']);
  await apply(yaml);
  await expectNothingToDo(yaml);
  await emulator.age('7d');
  expect(actionsOf(await plan(yaml))).toEqual(['delete main']);
  await apply(yaml);
  expect((await plan(manifest(''))).blocked).toEqual([]);
  expect(actionsOf(await plan(manifest('')))).toEqual(['move main:2']);
});

test('what a rotation deletes does not count for the limits', async () => {
  const many = manifest(Array.from({ length: 12 }, (_, index) => `s${index}: { ${rotate} }`).join(', '));
  await apply(many);
  await emulator.age('90d');
  await apply(many);
  await emulator.age('7d');
  const made = await plan(many, { maxDeletes: 0 });
  expect([made.summary.delete, made.blocked]).toEqual([12, []]);
});

test('an application that is replaced has the same secrets again, without an end of long ago', async () => {
  const typed = (type: string) =>
    `applications: { worker: { name: Worker, type: ${type}, secrets: { main: { rotate: { every: 90d, overlap: 7d, lifetime: 100d } } } } }`;
  await apply(typed('MachineToMachine'));
  await emulator.age('90d');
  await apply(typed('MachineToMachine'));
  await apply(typed('Traditional'), { allowReplace: true });
  await expectNothingToDo(typed('Traditional'));
  expect(await names()).toEqual(['main', 'main:2']);
  const ends = (await secrets()).filter(({ name }) => name.startsWith('main'));
  expect(ends.map(({ expiresAt }) => (expiresAt ?? 0) > Date.now())).toEqual([true, true]);
});

test('exact secrets are those that the rotation says', async () => {
  const yaml = manifest(`main: { ${rotate} }`, 'lifecycle: { exact: [secrets] }');
  await apply(yaml);
  expect((await secrets()).map(({ name }) => name)).toEqual(['main']);
  await emulator.age('90d');
  await apply(yaml);
  await expectNothingToDo(yaml);
  expect(await names()).toEqual(['main', 'main:2']);
});
