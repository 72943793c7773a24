import { expectedAnswers, matchesPath } from '../../src/saved-answers/expected-answers';

test('what an export of a kind asks for is found out from the kind', async () => {
  expect(await expectedAnswers(new Set(['roles', 'samlApplications', 'session']))).toEqual([
    { kind: 'roles', path: 'roles', shape: 'list', isPaged: true, query: {} },
    { kind: 'roles', part: 'scopes', path: 'roles/{id}/scopes', shape: 'list', isPaged: false, query: {} },
    {
      kind: 'samlApplications',
      path: 'applications',
      shape: 'list',
      isPaged: false,
      query: { types: 'SAML' },
    },
    {
      kind: 'samlApplications',
      path: 'saml-applications/{id}',
      shape: 'object',
      isPaged: false,
      query: {},
    },
    {
      kind: 'samlApplications',
      part: 'accessControl',
      path: 'applications/{id}/access-control',
      shape: 'object',
      isPaged: false,
      query: {},
    },
    {
      kind: 'samlApplications',
      part: 'secrets',
      path: 'saml-applications/{id}/secrets',
      shape: 'list',
      isPaged: false,
      query: {},
    },
    { kind: 'session', path: 'configs/oidc/session', shape: 'object', isPaged: false, query: {} },
  ]);
});

test('a list that comes with another one may be saved by itself', async () => {
  expect(await expectedAnswers(new Set(['apiResources']))).toEqual([
    {
      kind: 'apiResources',
      path: 'resources',
      shape: 'list',
      isPaged: false,
      query: { includeScopes: true },
    },
    {
      kind: 'apiResources',
      part: 'scopes',
      path: 'resources/{id}/scopes',
      shape: 'list',
      isPaged: true,
      isAlternative: true,
    },
  ]);
});

test('any id stands in the place of {id}, and nothing else does', () => {
  expect(matchesPath('roles/{id}/scopes', 'roles/abc/scopes')).toBe(true);
  expect(matchesPath('roles/{id}/scopes', 'roles/abc/users')).toBe(false);
  expect(matchesPath('roles/{id}/scopes', 'roles/abc/scopes/def')).toBe(false);
});
