import { namesOf } from '../../src/cli/environment-file';

test.each([
  ['dev.env', 'prod.env', ['dev', 'prod']],
  ['.env.dev', 'env/prod.env', ['dev', 'prod']],
  ['dev/.env', 'prod/.env', ['dev', 'prod']],
  ['a/tenant.env', 'b/tenant.env', ['a', 'b']],
  ['/a/x/.env', '/b/x/.env', ['/a/x/.env', '/b/x/.env']],
  ['dev.env', 'dev.env', ['from', 'to']],
])('the tenants of %s and %s are called %j', (from, to, names) => {
  expect(namesOf([from, to])).toEqual(names);
});
