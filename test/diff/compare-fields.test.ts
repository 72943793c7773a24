import { compareFields, type Reading } from '../../src/diff/compare-fields';
import type { JsonObject } from '../../src/json';
import { kindNamed } from '../../src/kinds';

const secret = 'canary-a1';
const reading: Reading = {
  valueOf: (text) => (text === '${var.secret}' ? secret : text.replaceAll('$${', () => '${')),
  isSecret: (text) => text.startsWith('${var.'),
  secrets: [secret],
  usualAt: () => undefined,
};
interface Tenants {
  /** What the second tenant holds where nothing is said. */
  readonly usual?: JsonObject;
  /** The secret of the second tenant. */
  readonly other?: string;
}

function compare(kind: string, from: JsonObject, to: JsonObject, tenants: Tenants = {}) {
  const { usual = {}, other = secret } = tenants;
  const second: Reading = {
    ...reading,
    valueOf: (text) => (text === '${var.secret}' ? other : reading.valueOf(text)),
    secrets: [other],
    usualAt: ([name = '']) => usual[name],
  };
  return compareFields(kindNamed(kind), { from, to }, { from: reading, to: second });
}

test('objects are compared key by key at every depth, and lists without an order as sets', () => {
  expect(
    compare(
      'applications',
      {
        customData: { team: { name: 'shop', size: 3 } },
        oidcClientMetadata: { redirectUris: ['https://a', 'https://b'] },
        roles: ['b', 'a'],
      },
      {
        customData: { team: { name: 'shop', size: 4 } },
        oidcClientMetadata: { redirectUris: ['https://a'], postLogoutRedirectUris: ['https://c'] },
        roles: ['a', 'b'],
      },
    ),
  ).toEqual([
    { path: ['oidcClientMetadata', 'redirectUris'], from: ['https://a', 'https://b'], to: ['https://a'] },
    { path: ['oidcClientMetadata', 'postLogoutRedirectUris'], to: ['https://c'] },
    { path: ['customData', 'team', 'size'], from: 3, to: 4 },
  ]);
});

test('permissions are compared by API resource', () => {
  expect(
    compare(
      'roles',
      { scopes: { orders: ['write', 'read'], bills: ['read'] } },
      { scopes: { orders: ['read', 'write'] } },
    ),
  ).toEqual([{ path: ['scopes', 'bills'], from: ['read'] }]);
});

test('where one tenant is as usual, what it holds is shown', () => {
  expect(compare('session', { ttl: 3600 }, {}, { usual: { ttl: 1_209_600 } })).toEqual([
    { path: ['ttl'], from: 3600, to: 1_209_600 },
  ]);
});

test('a moment is no difference: each tenant has its own', () => {
  expect(
    compare(
      'applications.secrets',
      { expiresAt: '2099-01-01T00:00:00.000Z' },
      { expiresAt: '2098-01-01T00:00:00.000Z' },
    ),
  ).toEqual([]);
});

test('of secrets that differ nothing is said but that they do', () => {
  const config = (clientId: string) => ({ config: { clientId, clientSecret: '${var.secret}' } });
  expect(compare('connectors', config('one'), config('one'))).toEqual([]);
  expect(compare('connectors', config('one'), config('two'), { other: 'canary-b2' })).toEqual([
    { path: ['config', 'clientId'], from: 'one', to: 'two' },
    { path: ['config', 'clientSecret'], sensitive: true },
  ]);
});

test('a secret that only one tenant has is a difference, and not shown', () => {
  expect(compare('connectors', { config: { clientSecret: '${var.secret}' } }, { config: {} })).toEqual([
    { path: ['config', 'clientSecret'], from: '(sensitive)' },
  ]);
});

test('what looks like a secret in custom data is treated as one, also in a list', () => {
  const data = (apiKey: string, token: string) => ({
    customData: { erp: { apiKey }, all: [{ token, id: 1 }] },
  });
  expect(compare('applications', data('canary-x', 'canary-y'), data('canary-z', 'canary-w'))).toEqual([
    { path: ['customData', 'erp', 'apiKey'], sensitive: true },
    { path: ['customData', 'all'], sensitive: true },
  ]);
  expect(compare('applications', data('canary-x', 'canary-y'), {})).toEqual([
    {
      path: ['customData', 'erp', 'apiKey'],
      from: '(sensitive)',
    },
    { path: ['customData', 'all'], from: [{ token: '(sensitive)', id: 1 }] },
  ]);
});

test('a secret is hidden in any text that repeats it, and texts are shown as they are', () => {
  expect(
    compare('applications', { description: `uses ${secret} and $\${x}` }, { description: 'uses none' }),
  ).toEqual([{ path: ['description'], from: 'uses (sensitive) and ${x}', to: 'uses none' }]);
});
