import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';

import { Examination, type Check } from '../../src/doctor/checks';
import { examineTenant } from '../../src/doctor/examine-tenant';
import type { Connection } from '../../src/management-api/connection';
import { openSession, type LedgerChoice } from '../../src/open-session';
import { thisHolder } from '../../src/state/lock-holder';
import { useEmulator } from '../support/emulator';

const emulator = useEmulator();

interface Looked {
  /** By check, what is no `ok`. */
  readonly wrong: Readonly<Record<string, string>>;
  readonly checks: readonly Check[];
  readonly failure: unknown;
}

const look = async (
  connection: Partial<Connection> = {},
  ledger?: LedgerChoice,
  sections: readonly string[] = [],
): Promise<Looked> => {
  const session = openSession(
    {
      endpoint: emulator.url,
      appId: emulator.appId,
      appSecret: emulator.appSecret,
      resource: emulator.resource,
      maxRetries: 0,
      timeoutSeconds: 5,
      ...connection,
    },
    ledger,
  );
  const examination = new Examination();
  const declared = { value: { stack: 'acme', sections: new Set(sections) } };
  await examineTenant(examination, { session: { value: session }, settings: { value: undefined } }, declared);
  session.tenant.close();
  const { checks, failure } = examination;
  const wrong = checks.filter(({ status }) => status !== 'ok');
  return {
    wrong: Object.fromEntries(
      wrong.map(({ check, status, message, remedy }) => [
        check,
        [status, message, ...(remedy === undefined ? [] : [remedy])].join(' | '),
      ]),
    ),
    checks,
    failure,
  };
};

const unchecked = (because: string, ...checks: readonly string[]) =>
  Object.fromEntries(checks.map((check) => [check, `unchecked | not checked: ${because} comes first`]));
const afterEndpoint = ['issuer', 'clock', 'credentials', 'permission', 'role', 'version', 'ledger', 'lock'];
const afterCredentials = afterEndpoint.slice(3);
const withoutRequestId = (looked: Looked) =>
  JSON.parse(JSON.stringify(looked.wrong).replaceAll(/ ?\(request id [\w-]+\)/g, '')) as Looked['wrong'];

test('a tenant with nothing wrong is told line by line, with reads only', async () => {
  await emulator.resetRequests();
  const { checks, failure } = await look();
  expect({ checks, failure }).toEqual({
    failure: undefined,
    checks: [
      { check: 'endpoint', status: 'ok', message: `${emulator.url} answers as Logto does` },
      { check: 'issuer', status: 'ok', message: 'it goes by that address itself' },
      { check: 'clock', status: 'ok', message: 'this machine and the server agree on the time' },
      { check: 'credentials', status: 'ok', message: `application ${emulator.appId} signs in` },
      { check: 'permission', status: 'ok', message: `permission "all" on ${emulator.resource}` },
      { check: 'role', status: 'ok', message: 'roles of the application: "Logto Management API access"' },
      {
        check: 'version',
        status: 'ok',
        message:
          'this Logto has all 22 sections of manifests, as Logto 1.42 does; it does not offer protected applications (they need Logto Cloud)',
      },
      {
        check: 'ledger',
        status: 'ok',
        message: `the stack "acme" owns 0 objects; kept in the custom data of application ${emulator.appId}`,
      },
      { check: 'lock', status: 'ok', message: 'the stack "acme" is not locked' },
    ],
  });
  const { writes, tokens } = await emulator.requests();
  expect({ writes, tokens }).toEqual({ writes: 0, tokens: 1 });
});

test('where nothing answers, all that hangs on it is told as not checked', async () => {
  const { wrong, failure } = await look({ endpoint: 'http://127.0.0.1:1' });
  expect(wrong).toEqual({
    endpoint:
      'failed | GET /oidc/.well-known/openid-configuration: nothing listens at http://127.0.0.1:1 (connection refused). | Is Logto running? Check the endpoint (LOGTO_ENDPOINT).',
    ...unchecked('endpoint', ...afterEndpoint),
  });
  expect(failure).toMatchObject({ name: 'ApiError', status: 0 });
});

test('a ledger in a file is looked at although nothing answers', async () => {
  const { wrong } = await look({ endpoint: 'http://127.0.0.1:1' }, { in: 'file', path: __filename });
  expect(wrong['ledger']).toMatch(
    /^failed \| the file .* is no ledger of this version of logto-iac \| restore it/,
  );
});

test('a server without TLS at an https address is told', async () => {
  const { wrong } = await look({ endpoint: emulator.url.replace('http:', 'https:') });
  expect(wrong['endpoint']).toMatch(
    /^failed \| .* https:\/\/127\.0\.0\.1:\d+ does not speak TLS as we do\. \| Should the endpoint begin with http\?$/,
  );
});

test('a wrong secret is told, and the address is not doubted', async () => {
  expect(withoutRequestId(await look({ appSecret: 'canary-wrong-secret' }))).toEqual({
    credentials: `failed | POST /oidc/token: the secret of application ${emulator.appId} is wrong (401 oidc.invalid_client). | Check LOGTO_APP_SECRET: the secret may have been deleted, or belong to another application.`,
    ...unchecked('credentials', ...afterCredentials),
  });
});

const newApplication = async (
  roleIds: readonly string[],
): Promise<Pick<Connection, 'appId' | 'appSecret'>> => {
  const { body } = await emulator.request('POST', '/api/applications', {
    name: 'CI',
    type: 'MachineToMachine',
  });
  const { id } = body as { readonly id: string };
  if (roleIds.length > 0) await emulator.request('POST', `/api/applications/${id}/roles`, { roleIds });
  const secrets = await emulator.request('GET', `/api/applications/${id}/secrets`);
  const [secret] = secrets.body as readonly { readonly value: string }[];
  return { appId: id, appSecret: secret?.value ?? '' };
};

test.each(['no role', 'a role without the permission'])('an application with %s is told', async (what) => {
  const role = { name: 'CI', description: 'CI', type: 'MachineToMachine' };
  const { body } = await emulator.request('POST', '/api/roles', role);
  const { id } = body as { readonly id: string };
  const credentials = await newApplication(what === 'no role' ? [] : [id]);
  const { wrong, failure } = await look(credentials);
  expect(wrong).toEqual({
    permission: `failed | application ${credentials.appId} has no permission "all" on ${emulator.resource}. | Give the application a machine-to-machine role with the permission "all" of the Logto Management API, such as "Logto Management API access". If it has one: LOGTO_RESOURCE may name another API.`,
    ...unchecked('permission', 'role', 'version', 'ledger', 'lock'),
  });
  expect(failure).toMatchObject({ name: 'ApiError' });
});

test('sections that this Logto does not have are told, and fail where the manifest has them', async () => {
  const unknown = (path: string) => ({
    ...{ type: 'status', method: 'GET', path, status: 404, body: 'Not Found', count: 'always' },
  });
  await emulator.faults([unknown('/api/configs/id-token'), unknown('/api/email-templates/*')]);
  expect((await look()).wrong).toEqual({
    version:
      'warning | this Logto is older than 1.42: it has no emailTemplates, idToken; it does not offer protected applications (they need Logto Cloud) | take them out of manifests, or update Logto',
  });
  expect((await look({}, undefined, ['idToken', 'roles'])).wrong).toEqual({
    version:
      'failed | this Logto has no idToken, which the manifest has | take them out of manifests, or update Logto',
  });
});

test('a ledger that was changed by hand is told, and the lock is looked at all the same', async () => {
  await emulator.request('PATCH', `/api/applications/${emulator.appId}/custom-data`, {
    'logto-iac/acme/roles': { version: 1, data: 'garbage' },
  });
  const { wrong, failure } = await look();
  expect(wrong).toEqual({
    ledger: expect.stringMatching(
      /^failed \| the ledger in the custom data key "logto-iac\/acme\/roles" cannot be read: .* \| it was written by a newer version of logto-iac, or changed by hand; use that version, or restore the key$/,
    ) as string,
  });
  expect(failure).toMatchObject({ name: 'RefusedError' });
});

test('a lock is told with its holder, and one that was left behind as such', async () => {
  const lockedBy = async (holder: object) => {
    const name = `logto-iac lock: ${JSON.stringify(holder)}`;
    const { body } = await emulator.request('POST', '/api/resources', {
      name,
      indicator: 'urn:logto-iac:lock:acme',
    });
    const { wrong } = await look();
    await emulator.request('DELETE', `/api/resources/${(body as { readonly id: string }).id}`);
    return wrong;
  };
  const holder = { ...thisHolder('nonce'), user: 'ann', since: '2026-11-27T00:00:00.000Z' };
  const who = `ann@${hostname()}, process ${process.pid}, since 2026-11-27T00:00:00.000Z`;
  expect(await lockedBy(holder)).toEqual({
    lock: `warning | held by ${who} | wait; if nobody is at work, logto-iac unlock --stack acme`,
  });
  // Larger than any number that Linux gives to a process.
  expect(await lockedBy({ ...holder, process: 2 ** 30 })).toEqual({
    lock: `warning | left behind by ${who.replace(String(process.pid), String(2 ** 30))}, which no longer runs | the next apply breaks it; so does logto-iac unlock --stack acme`,
  });
});

test('without a ledger it is told that nothing is remembered', async () => {
  expect((await look({}, { in: 'nowhere' })).wrong).toEqual({
    ledger:
      'warning | there is none: nothing is remembered, and nothing is ever deleted | take --ledger none out, unless that is what you want',
  });
});

describe('behind another server', () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.close();
    if (server) await once(server, 'close');
  });
  const listen = async (made: Server): Promise<string> => {
    server = made.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  test('a web site is told to be no Logto', async () => {
    const endpoint = await listen(
      createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end('<h1>Welcome</h1>');
      }),
    );
    expect((await look({ endpoint })).wrong).toEqual({
      endpoint: `failed | GET /oidc/.well-known/openid-configuration: ${endpoint} does not answer as Logto does (200, text/html). | LOGTO_ENDPOINT must be the address of the tenant itself, such as https://my-tenant.logto.app.`,
      ...unchecked('endpoint', ...afterEndpoint),
    });
  });

  test('a clock that is wrong, and an address that is not that of the tenant, are told as warnings', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const endpoint = await listen(
      createServer((incoming, response) => {
        const { method, url: path = '', headers } = incoming;
        const passed = request(emulator.url + path, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 0, { ...answer.headers, date, connection: 'close' });
          answer.pipe(response);
        });
        incoming.pipe(passed);
      }),
    );
    const { wrong, failure } = await look({ endpoint });
    expect(wrong).toEqual({
      issuer: `warning | it goes by another address: ${emulator.url} | use that one as the endpoint, unless it cannot be reached from here`,
      clock:
        'warning | the clock of this machine is 60 minutes behind that of the server | set the one that is wrong (by NTP): certificates, and secrets that end, are judged by both',
    });
    expect(failure).toBeUndefined();
  });
});
