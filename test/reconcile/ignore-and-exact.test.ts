import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { plan, apply } = testSession(emulator);

const worker = (rest: string): string =>
  `applications: { worker: { name: Worker, type: MachineToMachine, ${rest} } }`;

interface Application {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly customData: unknown;
}

async function application(name: string): Promise<Application> {
  const { body } = await emulator.request('GET', '/api/applications');
  const found = (body as readonly Application[]).find((one) => one.name === name);
  if (!found) throw new Error(`no application ${name}`);
  return found;
}

test('a path in `lifecycle` may lead to a key with a dot', async () => {
  await apply(worker('customData: { a.b: 1, c: 1 }'));
  const ignoring = worker(`customData: { a.b: 2, c: 2 }, lifecycle: { ignore: ['customData["a.b"]'] }`);
  expect((await plan(ignoring)).actions.map(({ changes }) => changes.map(({ path }) => path))).toEqual([
    [['customData', 'c']],
  ]);
  await apply(ignoring);
  expect((await application('Worker')).customData).toEqual({ 'a.b': 1, c: 2 });
});

test('a part that is wholly ours keeps what Logto requires in it', async () => {
  const web = (uris: string, rest = ''): string =>
    `applications: { web: { name: Web, type: SPA, oidcClientMetadata: { ${uris} } ${rest} } }`;
  const redirectUris = "redirectUris: ['https://a.example.com/back']";
  await apply(
    web(
      `${redirectUris}, postLogoutRedirectUris: ['https://a.example.com'], logoUri: 'https://l.example.com'`,
    ),
  );
  const exact = web(redirectUris, ', lifecycle: { exact: [oidcClientMetadata] }');
  // What is not stated stands in what is.
  const source = { file: 'logto.yaml', line: 1, column: 46, endLine: 1, endColumn: 64 };
  const path = (name: string): readonly string[] => ['oidcClientMetadata', name];
  expect((await plan(exact)).actions[0]?.changes).toEqual([
    { path: path('postLogoutRedirectUris'), before: ['https://a.example.com'], after: [], source },
    { path: path('logoUri'), before: 'https://l.example.com', source },
  ]);
  await apply(exact);
  expect((await plan(exact)).actions).toEqual([]);
});

test('what is ignored is set once, when the object is made', async () => {
  const ignoring = (description: string): string => `
applications:
  worker:
    name: Worker
    type: MachineToMachine
    description: ${description}
    customData: { team: ${description} }
    roles: [clerk]
    lifecycle: { ignore: [description, customData.team, roles] }
roles: { clerk: { name: Clerk, description: Works, type: MachineToMachine } }`;
  expect((await plan(ignoring('first'))).actions.at(-1)?.changes.map(({ path }) => path.join('.'))).toEqual([
    'name',
    'type',
    'description',
    'customData',
    'roles',
  ]);
  await apply(ignoring('first'));
  expect(await application('Worker')).toMatchObject({ description: 'first', customData: { team: 'first' } });
  expect((await plan(ignoring('second'))).actions).toEqual([]);
});

test('a replacement takes over what is ignored, and states what there was not', async () => {
  await apply(worker('description: by us, customData: { a: 1 }'));
  const { id } = await application('Worker');
  await emulator.request('PATCH', `/api/applications/${id}`, { description: 'by hand' });
  const replaced = `
applications:
  worker:
    name: Worker
    type: SPA
    description: by us
    customData: { a: 2, b: 2 }
    lifecycle: { ignore: [description, customData.a, customData.b] }`;
  await apply(replaced, { allowReplace: true });
  expect(await application('Worker')).toMatchObject({ description: 'by hand', customData: { a: 1, b: 2 } });
  expect((await plan(replaced)).actions).toEqual([]);
});
