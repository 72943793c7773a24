import { parseManifest } from '../../src/manifest/load-manifest';
import { renderManifest } from '../../src/manifest/render-manifest';
import { planDocument } from '../../src/index';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { plan, apply } = testSession(emulator);

const hook = (headers: string): string => `
webhooks:
  audit:
    name: Audit
    events: [User.Created]
    config: { url: 'https://audit.example.com', headers: ${headers} }
`;

test('the headers of a webhook are shown nowhere, also when they are written out in the manifest', async () => {
  const yaml = hook('{ authorization: canary-81f2 }');
  const created = await plan(yaml);
  expect(created.actions[0]?.changes).toContainEqual({
    path: ['config'],
    after: { url: 'https://audit.example.com', headers: '(sensitive)' },
  });
  expect(JSON.stringify(planDocument(created))).not.toContain('canary');
  const rendered = renderManifest(await parseManifest([{ name: 'a.yaml', text: yaml }]));
  expect(rendered).toContain('(sensitive)');
  expect(rendered).not.toContain('canary');

  await apply(yaml);
  const changed = await plan(hook('{ authorization: null, x-other: canary-99aa }'));
  expect(changed.actions[0]?.changes.map(({ path, sensitive }) => ({ path, sensitive }))).toEqual([
    { path: ['config', 'headers', 'authorization'], sensitive: true },
    { path: ['config', 'headers', 'x-other'], sensitive: true },
  ]);
  expect(JSON.stringify(planDocument(changed))).not.toContain('canary');
});

test('a value that was secret is not shown when it goes away', async () => {
  const yaml = (value: string): string => `
variables: { k: { default: canary-5512, sensitive: true } }
applications: { web: { name: Web, type: SPA, customData: { key: ${value} } } }
`;
  await apply(yaml('"${var.k}"'));
  const { actions } = await plan(yaml('null'));
  const source = { file: 'logto.yaml', line: 3, column: 65, endLine: 3, endColumn: 69 };
  expect(actions[0]?.changes).toEqual([{ path: ['customData', 'key'], before: '(sensitive)', source }]);
});

test('the secret that Logto made with an application is ours, although what was to come after it failed', async () => {
  const yaml = `
applications:
  worker:
    name: Worker
    type: MachineToMachine
    secrets: { Default secret: { expiresAt: 2040-01-02T03:04:05Z } }
`;
  const path = '/api/applications/*/secrets*';
  const refusal = { path, type: 'status', status: 403, body: { code: 'auth.forbidden' } };
  await emulator.faults([{ ...refusal, method: 'GET' }]);
  await expect(apply(yaml)).rejects.toThrow('403');
  await emulator.faults([{ ...refusal, method: 'DELETE' }]);
  await expect(apply(yaml, { allowReplace: true })).rejects.toThrow('403');

  await emulator.faults([]);
  expect(
    (await apply(yaml, { allowReplace: true })).outcomes.map(({ action, status }) => [
      action.address,
      action.type,
      status,
    ]),
  ).toEqual([['applications.worker.secrets["Default secret"]', 'replace', 'done']]);
  expect((await plan(yaml)).actions).toEqual([]);
});
