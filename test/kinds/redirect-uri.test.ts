import { redirectUriDoubt, redirectUriFault } from '../../src/kinds/redirect-uri';

test.each([
  'https://app.example.com/callback',
  'http://localhost:3000',
  'https://*.example.com/callback',
  'https://app.example.com/*/callback',
  'com.example.app://callback',
  'myapp:callback',
  'javascript:alert(1)',
  'com.app://a/../b*',
])('Logto takes %s', (uri) => {
  expect(redirectUriFault(uri)).toBeUndefined();
});

test.each([
  ['callback', 'it is not an absolute URL'],
  ['https://app.example.com/a/../b', 'its path has a "." or ".." segment'],
  ['https://app.example.com/%2E%2e/b', 'its path has a "." or ".." segment'],
  ['https://*/callback', 'a "*" in the host needs a domain around it'],
  ['https://app.example.com:*/callback', 'a "*" is not allowed in the port'],
  ['https://app.example.com/?q=*', 'a "*" is not allowed in the query or fragment'],
  ['https://user@*.example.com/', 'a "*" cannot be combined with credentials in the URL'],
  ['*://app.example.com', 'a "*" cannot stand for the scheme'],
])('Logto refuses %s', (uri, fault) => {
  expect(redirectUriFault(uri)).toBe(fault);
});

test('what Logto takes and a person should look at again is doubted', () => {
  expect(redirectUriDoubt('javascript:alert(1)')).toContain("run or read things in the user's browser");
  expect(redirectUriDoubt('https://app.example.com/#done')).toContain('fragment');
  expect(redirectUriDoubt('https://app.example.com/callback')).toBeUndefined();
});
