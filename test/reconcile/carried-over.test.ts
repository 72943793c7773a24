import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { plan, apply } = testSession(emulator);

test('a replaced default API resource does not take the default from the one that states it now', async () => {
  const resource = (key: string, indicator: string, rest = ''): string =>
    `${key}: { name: ${key}, indicator: 'https://${indicator}.example.com' ${rest} }`;
  const both = (a: string, b: string): string => `apiResources: { ${a}, ${b} }`;
  await apply(both(resource('one', 'one', ', isDefault: true'), resource('two', 'two')));
  const after = both(resource('one', 'uno'), resource('two', 'two', ', isDefault: true'));
  await apply(after, { allowReplace: true });
  const { body } = await emulator.request('GET', '/api/resources');
  const defaults = (body as readonly { name: string; isDefault: boolean }[]).filter((one) => one.isDefault);
  expect(defaults.map(({ name }) => name)).toEqual(['two']);
  expect((await plan(after)).actions).toEqual([]);
});

test('a replacement tells that access control goes with the old application', async () => {
  const web = (type: string): string => `applications: { web: { name: Web, type: ${type} } }`;
  await apply(web('SPA'));
  const id = await webId();
  const role = await emulator.request('POST', '/api/roles', { name: 'R', description: 'R', type: 'User' });
  const roleId = (role.body as { id: string }).id;
  const path = `/api/applications/${id}`;
  const rules = { userIds: [], userRoleIds: [roleId], organizationIds: [], organizationRoleRules: [] };
  expect(await emulator.request('PUT', `${path}/access-control`, rules)).toMatchObject({ status: 200 });
  const enabled = await emulator.request('PATCH', path, { appLevelAccessControlEnabled: true });
  expect(enabled).toMatchObject({ status: 200 });

  const [replacement] = (await plan(web('Native'))).actions;
  expect(replacement?.consequences.at(-1)).toBe(
    'appLevelAccessControlEnabled is not carried over: the access rules are lost with the old application',
  );
  await apply(web('Native'), { allowReplace: true });
  expect(await webId()).not.toBe(id);
  expect((await plan(web('Native'))).actions).toEqual([]);
});

async function webId(): Promise<string> {
  const { body } = await emulator.request('GET', '/api/applications');
  return (body as readonly { id: string; name: string }[]).find(({ name }) => name === 'Web')?.id ?? '';
}
