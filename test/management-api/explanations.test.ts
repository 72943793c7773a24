import { NoAnswerError } from '../../src/management-api/exchange.js';
import { explainNoAnswer } from '../../src/management-api/explain-no-answer.js';
import { failureOf, type Handler, type Reply, tenantThat } from './tenant-that.js';

const tellOf = async (handle: Handler, options: Parameters<typeof tenantThat>[1] = {}, body?: string) => {
  const { tenant, server } = await tenantThat(handle, { maxRetries: 0, ...options });
  const call = body === undefined ? tenant.read.get('/api/roles') : tenant.write.post('/api/roles', { body });
  const { message, hint } = await failureOf(call);
  return [message, hint].map((text) => String(text).replaceAll(server.endpoint, 'ENDPOINT'));
};

const oidc = (status: number, error: string, description = 'nothing more'): Reply => ({
  status,
  headers: { 'logto-core-request-id': 'req-1' },
  json: { code: `oidc.${error}`, message: 'An OIDC error occurred.', error, error_description: description },
});
const checkCredentials =
  'Check LOGTO_APP_ID (it must name a machine-to-machine application) and LOGTO_APP_SECRET.';
const role =
  'Give the application a machine-to-machine role with the permission "all" of the Logto Management API, such as ' +
  '"Logto Management API access". If it has one: LOGTO_RESOURCE may name another API.';
const address =
  'LOGTO_ENDPOINT must be the address of the tenant itself, such as https://my-tenant.logto.app.';

test.each<[string, Reply, string, string]>([
  [
    'a wrong secret',
    oidc(401, 'invalid_client'),
    'the secret of application app-of-the-tests is wrong (401 oidc.invalid_client). (request id req-1)',
    'Check LOGTO_APP_SECRET: the secret may have been deleted, or belong to another application.',
  ],
  [
    'a wrong id',
    oidc(400, 'invalid_client'),
    'ENDPOINT has no application with the id app-of-the-tests (400 oidc.invalid_client). (request id req-1)',
    'Check LOGTO_APP_ID, and that the endpoint is that of the tenant. Self-hosted, an application of the admin tenant (m-default) signs in at the admin endpoint: LOGTO_TOKEN_ENDPOINT.',
  ],
  [
    'a wrong resource',
    oidc(400, 'invalid_target'),
    'the tenant has no API resource https://default.logto.app/api (400 oidc.invalid_target). (request id req-1)',
    'LOGTO_RESOURCE must be the indicator of the Logto Management API: https://<tenant id>.logto.app/api in the ' +
      'Cloud (also behind a custom domain), https://default.logto.app/api when self-hosted; no slash at the end.',
  ],
  [
    'an application of another type',
    oidc(400, 'unauthorized_client'),
    'application app-of-the-tests may not sign in on its own (400 oidc.unauthorized_client). (request id req-1)',
    'LOGTO_APP_ID must name a machine-to-machine application.',
  ],
  [
    'an expired secret',
    oidc(400, 'invalid_request', 'client secret has expired'),
    'no token for application app-of-the-tests: 400 oidc.invalid_request: client secret has expired (request id req-1)',
    checkCredentials,
  ],
  [
    'no role',
    { json: { access_token: 'good-for-nothing', expires_in: 3600 } },
    'application app-of-the-tests has no permission "all" on https://default.logto.app/api.',
    role,
  ],
  [
    'a used-up quota of tokens',
    { status: 429, json: { code: 'auth.exceed_token_limit', message: 'Token limit exceeded.' } },
    'Logto gives out no more tokens this month (auth.exceed_token_limit).',
    'The token quota of the plan is used up: wait, or upgrade the plan in the Logto Console.',
  ],
  [
    'a suspended tenant',
    { status: 403, json: { code: 'subscription.tenant_suspended', message: 'Suspended.' } },
    'the tenant is suspended (subscription.tenant_suspended).',
    'Look at the plan and its bills in the Logto Console, or ask the support of Logto.',
  ],
  ['a failing server', { status: 500, text: 'Oops' }, 'the server answered 500.', 'Run again in a moment.'],
  [
    'a page of something else',
    { text: '<html>', headers: { 'content-type': 'text/html; charset=utf-8' } },
    'ENDPOINT does not answer as Logto does (200, text/html).',
    address,
  ],
  [
    'JSON of something else',
    { json: { hello: 'world' } },
    'ENDPOINT does not answer as Logto does (200, application/json).',
    address,
  ],
  [
    'a server that has no token endpoint',
    { status: 404, text: 'Not Found' },
    'ENDPOINT does not answer as Logto does (404, text/plain).',
    address,
  ],
  [
    'a redirect',
    { status: 301, headers: { location: 'https://elsewhere.example/oidc/token?canary' } },
    'ENDPOINT redirects to https://elsewhere.example (301).',
    'Use the address where Logto itself answers as the endpoint (LOGTO_ENDPOINT).',
  ],
])('signing in meets %s', async (_, reply, message, hint) => {
  expect(await tellOf(() => ({ json: [] }), { token: () => reply })).toEqual([
    `POST /oidc/token: ${message}`,
    hint,
  ]);
});

test('signing in with a secret that was copied with its line break', async () => {
  const token = () => oidc(400, 'invalid_request');
  expect(await tellOf(() => ({ json: [] }), { token, appSecret: 'canary-secret\n' })).toEqual([
    'POST /oidc/token: the secret of application app-of-the-tests is wrong (400 oidc.invalid_request). ' +
      '(request id req-1)',
    'LOGTO_APP_SECRET begins or ends with white space, such as a line break.',
  ]);
});

const unauthorized = (data: object): Reply => ({
  status: 401,
  json: {
    code: 'auth.unauthorized',
    message: 'Unauthorized.',
    data: { ...data, payload: { sub: 'canary' } },
  },
});
const lasting = "Run again; if it stays, look for the request id in Logto's log.";

test.each<[string, Reply, string, string]>([
  [
    'a forbidden call',
    { status: 403, json: { code: 'auth.forbidden', message: 'Forbidden. Please check your user roles.' } },
    '403 auth.forbidden. Forbidden. Please check your user roles.',
    role,
  ],
  [
    'a full plan',
    { status: 403, json: { code: 'subscription.limit_exceeded', message: 'You have reached the limit.' } },
    '403 subscription.limit_exceeded. You have reached the limit.',
    'The plan of the tenant has no room for one more: remove something, or upgrade the plan.',
  ],
  [
    'a suspended tenant',
    { status: 403, json: { code: 'subscription.tenant_suspended', message: 'Suspended.' } },
    '403 subscription.tenant_suspended. Suspended.',
    'Look at the plan and its bills in the Logto Console, or ask the support of Logto.',
  ],
  [
    'clocks that differ',
    unauthorized({ code: 'ERR_JWT_EXPIRED', claim: 'exp' }),
    '401 auth.unauthorized. Unauthorized.',
    'Logto just made this token and finds it out of date: the clocks of its servers differ. Set them.',
  ],
  [
    'another issuer',
    unauthorized({ code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'iss' }),
    '401 auth.unauthorized. Unauthorized.',
    'The token was made under another host name than the API goes by: use the one ENDPOINT of that Logto.',
  ],
  [
    'another audience',
    unauthorized({ code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'aud' }),
    '401 auth.unauthorized. Unauthorized.',
    'LOGTO_RESOURCE must be the indicator of the Logto Management API of this tenant.',
  ],
  [
    'a token that nobody likes',
    unauthorized({ code: 'ERR_JWS_INVALID' }),
    '401 auth.unauthorized. Unauthorized.',
    'The token is fresh, so look at what stands between: a proxy that changes headers, or another Logto.',
  ],
  [
    'an invalid body',
    {
      status: 400,
      json: { code: 'guard.invalid_input', message: 'Invalid.', details: 'name:\n    too small' },
    },
    '400 guard.invalid_input. Invalid. name: too small',
    'undefined',
  ],
  [
    'settings that a connector does not take',
    {
      status: 400,
      json: {
        code: 'connector.invalid_config',
        message: 'Invalid. ',
        data: {
          issues: [
            { path: ['auth', 'user'], message: 'Required' },
            { path: [], message: 'Odd' },
          ],
        },
      },
    },
    '400 connector.invalid_config. Invalid. auth.user: Required; Odd',
    'undefined',
  ],
  [
    'a connector without tokens',
    { status: 422, json: { code: 'connector.token_storage_not_supported', message: 'No.' } },
    '422 connector.token_storage_not_supported. No.',
    'This connector gives out no tokens that could be kept: take enableTokenStorage out.',
  ],
  [
    'a server without storage',
    { status: 400, json: { code: 'storage.not_configured', message: 'No.' } },
    '400 storage.not_configured. No.',
    'The server has no storage for uploads; Logto Cloud has.',
  ],
  [
    'an endpoint that does not exist',
    { status: 404, text: 'Not Found' },
    'Logto has no such endpoint (404).',
    'It may be newer than this Logto: look at its version.',
  ],
  [
    'a bug',
    { status: 500, json: { message: 'Internal server error.' } },
    '500. Internal server error.',
    lasting,
  ],
  ['a gateway', { status: 504, text: 'Gateway Timeout' }, '504.', lasting],
  [
    'a rate limit',
    { status: 429, text: 'Slow down' },
    '429.',
    'Run again later, with a --max-requests-per-second below what is allowed.',
  ],
  [
    'a page of something else',
    { text: '<html>', headers: { 'content-type': 'text/html' } },
    'ENDPOINT does not answer as Logto does (200, text/html).',
    address,
  ],
])('reading meets %s', async (_, reply, message, hint) => {
  expect(await tellOf(() => reply)).toEqual([`GET /api/roles: ${message}`, hint]);
});

test('a body that is too large for Logto is told to be so, and not a missing endpoint', async () => {
  expect(await tellOf(() => ({ status: 404, text: 'Not Found' }), {}, 'x'.repeat(1_048_576))).toEqual([
    'POST /api/roles: the body is too large: 1048587 bytes, and Logto takes 1048576.',
    'Make the largest value smaller: custom CSS, custom data, a script or a template.',
  ]);
});

const endpointHint = 'Check the endpoint (LOGTO_ENDPOINT).';
const between = `Check the network, firewalls and proxies between here and there. ${endpointHint}`;
test.each<[string, string, boolean, string, string]>([
  [
    'ECONNREFUSED',
    '',
    false,
    'nothing listens at SERVER (connection refused).',
    `Is Logto running? ${endpointHint}`,
  ],
  ['ENOTFOUND', '', false, 'there is no host named logto.example.', endpointHint],
  [
    'EAI_AGAIN',
    '',
    false,
    'no name server answered for logto.example.',
    'Check the network of this machine, then run again.',
  ],
  ['EHOSTUNREACH', '', false, 'SERVER cannot be reached (EHOSTUNREACH).', between],
  ['TIMEOUT', '', false, 'no connection to SERVER within 30 seconds.', between],
  [
    'TIMEOUT',
    '',
    true,
    'no complete answer from SERVER within 30 seconds.',
    'Run again; if the server is slow, with a lower --concurrency.',
  ],
  ['TRUNCATED', '', true, 'the answer broke off.', 'Run again; a proxy on the way may have cut it.'],
  [
    'UNREADABLE',
    '',
    true,
    'the answer is said to be JSON but is not, or not all of it.',
    'Run again; a proxy on the way may have cut it.',
  ],
  ['ECONNRESET', '', true, 'SERVER closed the connection without an answer (ECONNRESET).', 'Run again.'],
  ['ECONNRESET', '', false, 'SERVER refused the connection (ECONNRESET).', endpointHint],
  [
    'HPE_INVALID_CONSTANT',
    '',
    true,
    'SERVER does not speak HTTP.',
    `Should the endpoint begin with https? ${endpointHint}`,
  ],
  ['EPROTO', '', false, 'SERVER does not speak TLS as we do.', 'Should the endpoint begin with http?'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    '',
    false,
    'the certificate of SERVER was issued for another host name.',
    'Use the host name that the certificate names as the endpoint.',
  ],
  [
    'CERT_HAS_EXPIRED',
    '',
    false,
    'the certificate of SERVER is not valid now (CERT_HAS_EXPIRED).',
    'Renew it, or set the clock of this machine.',
  ],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'self-signed certificate',
    false,
    'the certificate of SERVER is not trusted (self-signed certificate).',
    'If it is your own authority that issued it: NODE_EXTRA_CA_CERTS=/path/to/ca.pem',
  ],
  ['EMFILE', 'too many open files', false, 'too many open files at SERVER.', endpointHint],
])('%s %s(arrived: %s) is explained', (code, message, mayHaveArrived, expected, hint) => {
  const server = new URL('https://logto.example:8443/below');
  const told = explainNoAnswer(new NoAnswerError(message, code, mayHaveArrived), server, 30);
  expect(told).toEqual({ message: expected.replace('SERVER', 'https://logto.example:8443'), hint });
});

test('a server that is down is named with its port', async () => {
  const { tenant, server } = await tenantThat(() => ({ json: [] }), { maxRetries: 0 });
  await server.stop();
  const error = await failureOf(tenant.read.get('/api/roles'));
  expect(error).toMatchObject({
    message: `POST /oidc/token: nothing listens at ${server.endpoint} (connection refused).`,
    status: 0,
    uncertain: false,
    cause: { name: 'NoAnswerError', code: 'ECONNREFUSED', mayHaveArrived: false },
  });
  await server.start();
});
