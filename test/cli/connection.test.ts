import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { useFolder, webShop } from './folder';

const emulator = useEmulator();
const folder = useFolder();
beforeEach(() => {
  folder.write({ 'logto.yaml': webShop });
});

const plan = (environment: Readonly<Record<string, string>> = {}, ...flags: readonly string[]) =>
  runCli(['plan', ...flags], { folder: folder.path, tenant: emulator, environment });

const refused = (stderr: string) => ({ exitCode: 4, stdout: '', stderr });
const words = (result: Awaited<ReturnType<typeof plan>>) => ({
  ...result,
  stderr: result.stderr
    .replaceAll(/\(request id [\w-]+\)/g, '(request id REQUEST)')
    .replaceAll(emulator.url, 'TENANT')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'ENDPOINT')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'ADDRESS'),
});

test('all variables that are missing are told at once, before anything is asked', async () => {
  const result = await runCli(['plan'], { folder: folder.path });
  expect(result).toEqual({
    exitCode: 3,
    stdout: '',
    stderr:
      'error: it is not said which tenant to talk to; missing: LOGTO_ENDPOINT (or --endpoint), such as https://my-tenant.logto.app; LOGTO_APP_ID (or --app-id), of a machine-to-machine application; LOGTO_APP_SECRET, of the same application\n' +
      '  create the application in the Console and give it the role "Logto Management API access"\n',
  });
  const flags = ['--endpoint', emulator.url, '--app-id', emulator.appId];
  const some = await runCli(['plan', ...flags], { folder: folder.path });
  expect(some).toMatchObject({
    exitCode: 3,
    stderr: expect.stringMatching(/missing: LOGTO_APP_SECRET, of the same application\n/) as string,
  });
  const inFlags = ['--resource', emulator.resource, ...flags];
  const environment = { LOGTO_APP_SECRET: emulator.appSecret };
  expect(await runCli(['plan', ...inFlags], { folder: folder.path, environment })).toMatchObject({
    exitCode: 0,
  });
});

test('an endpoint that is no address is exit 3', async () => {
  expect(await plan({}, '--endpoint', 'my-tenant')).toMatchObject({
    exitCode: 3,
    stdout: '',
    stderr: expect.stringContaining('my-tenant') as string,
  });
});

test('a wrong secret, id or resource is exit 4 and says which variable to look at', async () => {
  expect(words(await plan({ LOGTO_APP_SECRET: 'wrong' }))).toEqual(
    refused(
      'error: POST /oidc/token: the secret of application emulatorm2mapp0000001 is wrong (401 oidc.invalid_client). (request id REQUEST)\n' +
        '  Check LOGTO_APP_SECRET: the secret may have been deleted, or belong to another application.\n',
    ),
  );
  expect(words(await plan({ LOGTO_APP_ID: 'nobody' }))).toEqual(
    refused(
      'error: POST /oidc/token: TENANT has no application with the id nobody (400 oidc.invalid_client). (request id REQUEST)\n' +
        '  Check LOGTO_APP_ID, and that the endpoint is that of the tenant. Self-hosted, an application of the admin tenant (m-default) signs in at the admin endpoint: LOGTO_TOKEN_ENDPOINT.\n',
    ),
  );
  expect(words(await plan({ LOGTO_RESOURCE: 'https://other.logto.app/api' }))).toEqual(
    refused(
      'error: POST /oidc/token: the tenant has no API resource https://other.logto.app/api (400 oidc.invalid_target). (request id REQUEST)\n' +
        '  LOGTO_RESOURCE must be the indicator of the Logto Management API: https://<tenant id>.logto.app/api in the Cloud (also behind a custom domain), https://default.logto.app/api when self-hosted; no slash at the end.\n',
    ),
  );
});

test('an application without the role is exit 4 and says which role is missing', async () => {
  const { body } = await emulator.request('POST', '/api/applications', {
    name: 'Bare',
    type: 'MachineToMachine',
  });
  const { id } = body as { readonly id: string };
  const secrets = await emulator.request('GET', `/api/applications/${id}/secrets`);
  const [secret] = secrets.body as readonly { readonly value: string }[];
  const result = await plan({ LOGTO_APP_ID: id, LOGTO_APP_SECRET: secret?.value ?? '' });
  expect(words({ ...result, stderr: result.stderr.replace(id, 'ID') })).toEqual(
    refused(
      'error: POST /oidc/token: application ID has no permission "all" on https://default.logto.app/api. (request id REQUEST)\n' +
        '  Give the application a machine-to-machine role with the permission "all" of the Logto Management API, such as "Logto Management API access". If it has one: LOGTO_RESOURCE may name another API.\n',
    ),
  );
});

test('a read that the tenant refuses is exit 4 and told with its code and request id', async () => {
  await emulator.faults([
    {
      type: 'status',
      path: '/api/applications',
      status: 403,
      count: 'always',
      headers: { 'logto-core-request-id': 'request-17' },
      body: { code: 'subscription.tenant_suspended', message: 'The tenant is suspended.' },
    },
  ]);
  expect(words(await plan())).toMatchObject({
    exitCode: 4,
    stdout: '',
    stderr: expect.stringMatching(
      /^error: GET \/api\/applications.*: 403 subscription\.tenant_suspended\. The tenant is suspended\..*\n {2}\S/,
    ) as string,
  });
});

describe('where no Logto answers', () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.close();
    if (server) await once(server, 'close');
  });
  const serverThat = async (
    answer: (path: string) => readonly [status: number, type: string, body: string],
  ) => {
    server = createServer((request, response) => {
      const [status, type, body] = answer(request.url ?? '');
      response.writeHead(status, { 'content-type': type, connection: 'close' }).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  test('nobody listens: exit 4, with the address', async () => {
    const closed = await serverThat(() => [200, 'text/plain', '']);
    server?.close();
    if (server) await once(server, 'close');
    server = undefined;
    expect(words(await plan({ LOGTO_ENDPOINT: closed }))).toEqual(
      refused(
        'error: POST /oidc/token: nothing listens at ENDPOINT (connection refused).\n' +
          '  Is Logto running? Check the endpoint (LOGTO_ENDPOINT).\n',
      ),
    );
  });

  test('a web site: exit 4, and says that it is no Logto', async () => {
    const site = await serverThat(() => [200, 'text/html', '<h1>Welcome</h1>']);
    expect(words(await plan({ LOGTO_ENDPOINT: site }))).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr: expect.stringMatching(/^error: POST \/oidc\/token: .*Logto.*\n {2}.*LOGTO_ENDPOINT/) as string,
    });
  });

  test('another OpenID provider, without a Management API: exit 4', async () => {
    const provider = await serverThat((path) =>
      path === '/oidc/token'
        ? [200, 'application/json', JSON.stringify({ access_token: 'x', expires_in: 3600, scope: 'all' })]
        : [404, 'text/plain', 'Not Found'],
    );
    expect(words(await plan({ LOGTO_ENDPOINT: provider }))).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr: expect.stringMatching(/^error: GET \/api\//) as string,
    });
  });
});
