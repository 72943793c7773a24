import { exportTenant } from '../../src/export/export-tenant';
import { plan } from '../../src/index';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { session } = testSession(emulator);

test('names that look like expressions are keys that are meant as they are', async () => {
  const create = async (path: string, body: object): Promise<string> =>
    ((await emulator.request('POST', path, body)).body as { readonly id: string }).id;
  const indicator = 'https://prices.example.com';
  const api = await create('/api/resources', { name: 'Prices', indicator });
  const scope = await create(`/api/resources/${api}/scopes`, { name: 'price:${all}' });
  await create('/api/roles', { name: 'Buyer', description: 'Buys', scopeIds: [scope] });

  const only = ['apiResources', 'roles'];
  const yaml = await exportTenant(session, { only });
  expect(yaml.tenant.omissions).toEqual([]);
  expect(yaml.files.get('logto.yaml')).toContain(`
    scopes:
      price:$\${all}: {}
`);
  const { actions } = (await plan(yaml.manifest, session)).plan;
  expect(actions.map(({ type, changes }) => [type, changes])).toEqual([
    ['adopt', []],
    ['adopt', []],
    ['adopt', []],
  ]);
  const program = await exportTenant(session, { only, format: 'constructs' });
  expect(program.files.get('main.ts')).toContain("scopes: [prices.scope('price:${all}')],");
});

test('signs that nobody sees are exported as escapes, and come back as they are', async () => {
  const description = 'pay\u202Eroll\u2066';
  await emulator.request('POST', '/api/roles', { name: 'R\u200Bole', description: `${description}\nof all` });
  await emulator.request('POST', '/api/roles', { name: 'Other', description });

  const { manifest, files } = await exportTenant(session, { only: ['roles'] });
  const text = files.get('logto.yaml') ?? '';
  expect(text).toContain('description: "pay\\u202eroll\\u2066\\nof all"');
  expect(text).not.toMatch(/[\u200B\u202E\u2066]/);
  const { actions } = (await plan(manifest, session)).plan;
  expect(actions.map(({ type, changes }) => [type, changes])).toEqual([
    ['adopt', []],
    ['adopt', []],
  ]);
});
