import { inspect } from 'node:util';
import { accessToken, appId, appSecret, failureOf, type Reply, tenantThat } from './tenant-that.js';

const basic = Buffer.from(`${appId}:${appSecret}`).toString('base64');
const bodyCanary = 'canary-body-31c8';

/** An answer that repeats all it was sent, in every part that we look at, as a proxy with an error page might. */
const echo = (status: number, secrets: readonly string[]): Reply => {
  const all = secrets.join(' ');
  return {
    status,
    json: {
      code: all,
      message: all,
      details: all,
      data: { code: all, claim: all },
      error: all,
      error_description: all,
    },
  };
};
/** The one part that is taken over as it is when it looks like a code. */
const echoOfCode = (secrets: readonly string[]): Reply => ({
  status: 422,
  json: { code: secrets.at(-1), message: 'No.' },
});
const repliesWith = (secrets: readonly string[]): Reply[] => [
  ...[200, 301, 400, 401, 403, 404, 422, 429, 500, 503].map((status) => echo(status, secrets)),
  echoOfCode(secrets),
  { status: 400, text: secrets.join(' ') },
  { status: 200, json: { access_token: accessToken, scope: 'none' } },
  'reset',
  'cut',
  'silence',
  'no json',
];

const hasCanary = (value: unknown): boolean =>
  [inspect(value, { depth: Infinity, showHidden: true, getters: true }), JSON.stringify(value)].some((text) =>
    [appSecret, basic, accessToken, bodyCanary].some((canary) => text.includes(canary)),
  );

test.each(repliesWith([appSecret, basic, accessToken]))(
  'no secret, token or body is in an error, its causes or a log event: answer %#',
  async (reply) => {
    const { tenant, events } = await tenantThat(() => reply, { maxRetries: 1, timeoutSeconds: 0.05 });
    const errors = await Promise.all([
      tenant.read.list('/api/roles').catch((error: unknown) => error),
      tenant.write.post('/api/roles', { secret: bodyCanary }).catch((error: unknown) => error),
      tenant.write.patch('/api/roles/a', { secret: bodyCanary }).catch((error: unknown) => error),
      tenant.write.delete('/api/roles/a').catch((error: unknown) => error),
    ]);
    const failures = errors.filter((error) => error instanceof Error);
    expect(failures.length).toBeGreaterThan(0);
    for (const { stack } of failures) expect(hasCanary(stack)).toBe(false);
    expect(hasCanary(failures)).toBe(false);
    expect(events.length).toBeGreaterThan(0);
    expect(hasCanary(events)).toBe(false);
  },
);

test.each(repliesWith([appSecret, basic]))(
  'no secret is in an error or a log event when signing in fails: answer %#',
  async (reply) => {
    const { tenant, events } = await tenantThat(() => ({ json: [] }), {
      token: () => reply,
      maxRetries: 1,
      timeoutSeconds: 0.05,
    });
    const error = await failureOf(tenant.write.post('/api/roles', { secret: bodyCanary }));
    expect(hasCanary(error.stack)).toBe(false);
    expect(hasCanary(error)).toBe(false);
    expect(hasCanary(events)).toBe(false);
  },
);

test.each(['', 'a'])('the secret %j leaves the words of a message whole', async (secret) => {
  const { tenant } = await tenantThat(() => ({ status: 422, json: { code: 'a.b', message: 'A name.' } }), {
    appSecret: secret,
  });
  expect((await failureOf(tenant.read.get('/api/roles'))).message).toBe('GET /api/roles: 422 a.b. A name.');
});

test('what was connected does not show its secret when it is printed', async () => {
  const { tenant } = await tenantThat(() => ({ json: [] }));
  await tenant.read.get('/api/roles');
  expect(hasCanary(tenant)).toBe(false);
});
