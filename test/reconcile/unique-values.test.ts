import type { Plan } from '../../src/index';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { plan, apply } = testSession(emulator);

const roles = (names: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    roles: Object.fromEntries(
      Object.entries(names).map(([key, name]) => [key, { name, description: key }] as const),
    ),
  });

const blocked = ({ blocked: problems }: Plan): readonly unknown[] =>
  problems.map(({ code, hint }) => ({ code, hint }));

test('a name is given up before another role takes it', async () => {
  await apply(roles({ a: 'One', b: 'Two', c: 'Three' }));
  const passedOn = roles({ a: 'Two', b: 'Three', c: 'Four' });
  const { actions } = await plan(passedOn);
  expect(actions.map(({ address }) => address)).toEqual(['roles.c', 'roles.b', 'roles.a']);
  await apply(passedOn);
  expect((await plan(passedOn)).actions).toEqual([]);
});

test('names that are exchanged are refused, with the way to do it', async () => {
  await apply(roles({ a: 'One', b: 'Two' }));
  const exchanged = roles({ a: 'Two', b: 'One' });
  expect(blocked(await plan(exchanged))).toEqual([
    {
      code: 'conflict',
      hint: 'change it in two steps: give roles.a a value that none of them has, apply, then the one that is meant',
    },
  ]);
  await expect(apply(exchanged)).rejects.toThrow('a safety rule forbids this plan');
  await apply(roles({ a: 'Free', b: 'One' }));
  await apply(exchanged);
  expect((await plan(exchanged)).actions).toEqual([]);
});

test('a name of what the same plan deletes is not free yet', async () => {
  await apply(roles({ a: 'One', b: 'Two' }));
  expect(blocked(await plan(roles({ a: 'Two' })))).toEqual([
    { code: 'conflict', hint: 'apply the removal of roles.b first, then this change' },
  ]);
  await apply(roles({ a: 'One' }));
  await apply(roles({ a: 'Two' }));
});

test('nothing is deleted for a replacement whose indicator somebody else has', async () => {
  const api = (indicator: string): string =>
    `apiResources: { orders: { name: Orders, indicator: 'https://${indicator}.example.com' } }`;
  await apply(api('orders'));
  const taken = { name: 'By hand', indicator: 'https://taken.example.com' };
  await emulator.request('POST', '/api/resources', taken);
  const { blocked: problems } = await plan(api('taken'), { allowReplace: true });
  expect(problems.map(({ message }) => message.replace(/\(.*\)/, '(id)'))).toEqual([
    'apiResources.orders cannot get the indicator "https://taken.example.com": another API resource (id) has it',
  ]);
});
