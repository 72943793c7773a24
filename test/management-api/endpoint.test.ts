import fc from 'fast-check';
import { UsageError } from '../../src/errors.js';
import {
  basePath,
  defaultResource,
  isUnencrypted,
  parseEndpoint,
  showEndpoint,
} from '../../src/management-api/endpoint.js';

test.each([
  ['https://acme.logto.app', 'https://acme.logto.app', '', 'https://acme.logto.app/api'],
  ['https://acme.logto.app/', 'https://acme.logto.app', '', 'https://acme.logto.app/api'],
  ['https://acme.logto.app/api', 'https://acme.logto.app', '', 'https://acme.logto.app/api'],
  ['https://acme.logto.app/api/', 'https://acme.logto.app', '', 'https://acme.logto.app/api'],
  [' https://ACME.logto.app\n', 'https://acme.logto.app', '', 'https://acme.logto.app/api'],
  ['http://localhost:3001', 'http://localhost:3001', '', 'https://default.logto.app/api'],
  ['http://[::1]:3001/', 'http://[::1]:3001', '', 'https://default.logto.app/api'],
  [
    'https://id.example.com/logto/api',
    'https://id.example.com/logto',
    '/logto',
    'https://default.logto.app/api',
  ],
  ['https://logto.app', 'https://logto.app', '', 'https://default.logto.app/api'],
  [
    'https://acme.logto.app.example.com',
    'https://acme.logto.app.example.com',
    '',
    'https://default.logto.app/api',
  ],
])('%j is the tenant at %s', (text, shown, path, resource) => {
  const endpoint = parseEndpoint(text);
  expect([showEndpoint(endpoint), basePath(endpoint), defaultResource(endpoint)]).toEqual([
    shown,
    path,
    resource,
  ]);
});

test.each([
  ['', 'The endpoint "" is no http or https address'],
  ['acme.logto.app', 'The endpoint "acme.logto.app" is no http or https address'],
  ['localhost:3001', 'The endpoint "localhost:3001" is no http or https address'],
  ['ftp://acme.logto.app', 'The endpoint "ftp://acme.logto.app" is no http or https address'],
  ['https://acme.logto.app/?a=b', 'The endpoint "https://acme.logto.app/?a=b" has a query or a fragment'],
  [
    'https://acme.logto.app/#/console',
    'The endpoint "https://acme.logto.app/#/console" has a query or a fragment',
  ],
  ['https://me:canary@acme.logto.app', 'The endpoint must not hold a user name or a password'],
  ['me:canary@acme.logto.app', 'The endpoint is no http or https address'],
])('%j is refused', (text, message) => {
  expect(() => parseEndpoint(text)).toThrow(new UsageError(message));
});

test('whatever is written as the endpoint, the answer is an endpoint or a UsageError', () => {
  const text = fc.oneof(fc.string(), fc.webUrl({ withFragments: true, withQueryParameters: true }));
  fc.assert(
    fc.property(text, (written) => {
      try {
        const shown = showEndpoint(parseEndpoint(written));
        return showEndpoint(parseEndpoint(shown)).length <= shown.length;
      } catch (error) {
        return error instanceof UsageError;
      }
    }),
  );
});

test('only this machine may be talked to in the clear without a warning', () => {
  const texts = [
    'https://a.example',
    'http://localhost:3001',
    'http://127.0.0.1',
    'http://[::1]',
    'http://a.example',
  ];
  expect(texts.filter((text) => isUnencrypted(parseEndpoint(text)))).toEqual(['http://a.example']);
});
