import { causesOf, plan as makePlan } from '../../src/index';
import { parseManifest } from '../../src/manifest/load-manifest';
import { useEmulator } from '../support/emulator';
import { actionsOf, rotate, rotated, rotatedWorker, textOf, workerWith } from '../support/rotated-worker';
import { testSession } from '../support/session';

const emulator = useEmulator();
const tests = testSession(emulator);
const { plan, apply, session } = tests;
const { workerId, secrets, names, expectNothingToDo } = rotatedWorker(emulator, tests);

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
  const [plain, none] = [workerWith('main: {}'), workerWith('main: { rotate: null }')];
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

test('where rotate is taken out, a numbered secret that somebody has made displaces nothing', async () => {
  await apply(rotated);
  const path = `/api/applications/${await workerId()}/secrets`;
  await emulator.request('POST', path, { name: 'main:2' });
  await apply(rotated);
  await expectNothingToDo(workerWith('main: {}'));
  await emulator.age('90d');
  await apply(rotated);
  expect(actionsOf(await plan(workerWith('main: {}')))).toEqual(['delete main']);
  await apply(workerWith('main: {}'));
  await expectNothingToDo(workerWith('main: {}'));
  expect(await names()).toEqual(['main:2', 'main:3']);
});

test('where rotate is taken out and the newest was deleted by hand, the one that is left stays', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  await emulator.request(
    'DELETE',
    `/api/applications/${await workerId()}/secrets/${encodeURIComponent('main:2')}`,
  );
  await apply(workerWith('main: {}'));
  await expectNothingToDo(workerWith('main: {}'));
  expect(await names()).toEqual(['main']);
});

test('where rotate is taken out and both are declared, both stay, each under its own name', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  const both = workerWith('main: {}, "main:2": {}');
  expect(actionsOf(await plan(both))).toEqual([]);
  await apply(both);
  await expectNothingToDo(both);
  expect(actionsOf(await plan(workerWith('main: {}')))).toEqual(['delete main:2']);
});

test('a key that is renamed takes along all that follow it', async () => {
  await apply(rotated);
  await emulator.age('90d');
  await apply(rotated);
  const before = new Map((await secrets()).map(({ name, value }) => [name, value]));
  const renamed = `${workerWith(`spare: { ${rotate} }`)}
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
  const yaml = workerWith(`main: { ${rotate}, lifecycle: { protect: true, onRemove: release } }`);
  await apply(yaml);
  await emulator.age('90d');
  expect(actionsOf(await plan(yaml))).toEqual(['update main', 'create main:2']);
  await apply(yaml);
  await expectNothingToDo(yaml);
  await emulator.age('7d');
  expect(actionsOf(await plan(yaml))).toEqual(['delete main']);
  await apply(yaml);
  expect((await plan(workerWith(''))).blocked).toEqual([]);
  expect(actionsOf(await plan(workerWith('')))).toEqual(['move main:2']);
});

test('what a rotation deletes does not count for the limits', async () => {
  const many = workerWith(Array.from({ length: 12 }, (_, index) => `s${index}: { ${rotate} }`).join(', '));
  await apply(many);
  await emulator.age('90d');
  await apply(many);
  await emulator.age('7d');
  const made = await plan(many, { maxDeletes: 0 });
  expect([made.summary.delete, made.blocked]).toEqual([12, []]);
});

test('an application that is replaced has its newest secret again, without an end of long ago', async () => {
  const typed = (type: string) =>
    `applications: { worker: { name: Worker, type: ${type}, secrets: { main: { rotate: { every: 90d, overlap: 7d, lifetime: 100d } } } } }`;
  await apply(typed('MachineToMachine'));
  await emulator.age('90d');
  await apply(typed('MachineToMachine'));
  expect(textOf(await plan(typed('Traditional'), { allowReplace: true }))).toContain(
    `
- applications.worker.secrets.main   applications.worker is replaced, and another has taken its place
± applications.worker.secrets.main:2   applications.worker is replaced
    ! it gets a new value: everything that signs in with the old one stops

2 to replace, 1 to delete, 0 unchanged   digest DIGEST
`,
  );
  await apply(typed('Traditional'), { allowReplace: true });
  await expectNothingToDo(typed('Traditional'));
  expect(await names()).toEqual(['main:2']);
  const ends = (await secrets()).filter(({ name }) => name.startsWith('main'));
  expect(ends.every(({ expiresAt }) => (expiresAt ?? 0) > Date.now())).toBe(true);
});

test('where a rotation is due when the application is replaced, only the next secret is made', async () => {
  await apply(rotated);
  await emulator.age('90d');
  const replaced = rotated.replace('MachineToMachine', 'Traditional');
  const made = await plan(replaced, { allowReplace: true });
  expect(actionsOf(made)).toEqual(['replace applications.worker', 'delete main', 'create main:2']);
  expect(made.scheduled).toBeUndefined();
  await apply(replaced, { allowReplace: true });
  await expectNothingToDo(replaced);
  expect(await names()).toEqual(['main:2']);
});

test('the secret that Logto makes with an application that is replaced ends when its time comes', async () => {
  const yaml = workerWith(`Default secret: { ${rotate} }`);
  const replaced = yaml.replace('MachineToMachine', 'Traditional');
  const all = async () => (await secrets()).map(({ name }) => name).sort();
  await apply(yaml);
  await emulator.age('90d');
  await apply(yaml);
  await apply(replaced, { allowReplace: true });
  await expectNothingToDo(replaced);
  expect(await all()).toEqual(['Default secret', 'Default secret:2']);
  await emulator.age('7d');
  await apply(replaced);
  expect(await all()).toEqual(['Default secret:2']);
  await apply(yaml, { allowReplace: true });
  await expectNothingToDo(yaml);
  expect(await all()).toEqual(['Default secret', 'Default secret:2']);
});

test('exact secrets are those that the rotation says', async () => {
  const yaml = workerWith(`main: { ${rotate} }`, 'lifecycle: { exact: [secrets] }');
  await apply(yaml);
  expect((await secrets()).map(({ name }) => name)).toEqual(['main']);
  await emulator.age('90d');
  await apply(yaml);
  await expectNothingToDo(yaml);
  expect(await names()).toEqual(['main', 'main:2']);
});
