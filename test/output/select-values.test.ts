import { makeLedger } from '../../src/state/ledger';
import { availableValues } from '../../src/output/available-values';
import { nameVariables } from '../../src/output/name-variables';
import { selectValues, type Selection } from '../../src/output/select-values';

const ledger = makeLedger(
  'acme',
  new Map(
    [
      ['apiResources.orders', 'r1'],
      ['apiResources.orders.scopes.orders:read', 's1'],
      ['applications.order-worker', 'a1'],
      ['applications.order-worker.secrets.main', 'a1:main'],
      ['applications["shop.web"]', 'a2'],
      ['organizations.buyers', 'o1'],
      ['roleAssignments.a1', 'a1:r1'],
      ['signInExperience', 'sign-in-exp'],
      ['webhooks.audit', 'h1'],
    ].map(([address = '', id = '']) => [address, { id }] as const),
  ),
);

const available = availableValues(ledger);
const select = (selection: Selection = {}) => selectValues(available, selection, 'acme');
const variables = (selection: Selection = {}, prefix?: string) =>
  nameVariables(select(selection).values, selection.names, prefix).map(
    ({ variable, place }) => `${variable} ${place}`,
  );

test('everything that the stack owns has variables, named by its address', () => {
  expect(variables({ secrets: true })).toEqual([
    'LOGTO_ENDPOINT tenant.endpoint',
    'LOGTO_ISSUER tenant.issuer',
    'LOGTO_JWKS_URI tenant.jwksUri',
    'API_RESOURCES_ORDERS_ID apiResources.orders.id',
    'API_RESOURCES_ORDERS_INDICATOR apiResources.orders.indicator',
    'APPLICATIONS_ORDER_WORKER_CLIENT_ID applications.order-worker.clientId',
    'APPLICATIONS_ORDER_WORKER_CLIENT_SECRET applications.order-worker.clientSecret',
    'APPLICATIONS_ORDER_WORKER_SECRETS_MAIN_VALUE applications.order-worker.secrets.main.value',
    'APPLICATIONS_SHOP_WEB_CLIENT_ID applications["shop.web"].clientId',
    'APPLICATIONS_SHOP_WEB_CLIENT_SECRET applications["shop.web"].clientSecret',
    'ORGANIZATIONS_BUYERS_ID organizations.buyers.id',
    'WEBHOOKS_AUDIT_ID webhooks.audit.id',
    'WEBHOOKS_AUDIT_SIGNING_KEY webhooks.audit.signingKey',
  ]);
});

test('without the word for it no secret is among them, and it is counted how many are not', () => {
  expect(select().values.filter(({ isSecret }) => isSecret)).toEqual([]);
  expect(select().hidden).toBe(4);
  expect(select({ secrets: true }).hidden).toBe(0);
});

test.each<[string, Selection, readonly string[]]>([
  ['a section', { only: ['webhooks'] }, ['WEBHOOKS_AUDIT_ID webhooks.audit.id']],
  ['the tenant', { only: ['tenant.issuer'] }, ['LOGTO_ISSUER tenant.issuer']],
  [
    'a resource, without those that it holds',
    { only: ['applications.order-worker'], secrets: true },
    [
      'APPLICATIONS_ORDER_WORKER_CLIENT_ID applications.order-worker.clientId',
      'APPLICATIONS_ORDER_WORKER_CLIENT_SECRET applications.order-worker.clientSecret',
    ],
  ],
  [
    'chosen names, and nothing else',
    {
      names: [
        { variable: 'APP_ID', place: 'applications["shop.web"].clientId' },
        { variable: 'VITE_APP_ID', place: 'applications["shop.web"].clientId' },
      ],
    },
    ['APP_ID applications["shop.web"].clientId', 'VITE_APP_ID applications["shop.web"].clientId'],
  ],
  [
    'a chosen name beside what is selected',
    {
      only: ['organizations', 'webhooks'],
      names: [{ variable: 'BUYERS', place: 'organizations.buyers.id' }],
    },
    ['BUYERS organizations.buyers.id', 'WEBHOOKS_AUDIT_ID webhooks.audit.id'],
  ],
])('it is selected by %s', (_, selection, expected) => {
  expect(variables(selection)).toEqual(expected);
});

test('a prefix stands before all names but chosen ones', () => {
  const names = [{ variable: 'ISSUER', place: 'tenant.issuer' }];
  expect(variables({ only: ['tenant'], names }, 'VITE_')).toEqual([
    'VITE_LOGTO_ENDPOINT tenant.endpoint',
    'ISSUER tenant.issuer',
    'VITE_LOGTO_JWKS_URI tenant.jwksUri',
  ]);
});

test.each<[Selection, string, string]>([
  [
    { only: ['applications.order-work'] },
    'the stack "acme" has no applications.order-work to hand on',
    'did you mean "applications.order-worker"?',
  ],
  [
    { names: [{ variable: 'APP', place: 'applications.order-worker' }] },
    'the stack "acme" has no applications.order-worker to hand on',
    'name one of its values: applications.order-worker.clientId, applications.order-worker.clientSecret',
  ],
  [
    { only: ['domains'] },
    'the stack "acme" has no domains to hand on',
    'apply first, or look at what there is with `logto-iac output --list`',
  ],
  [
    { only: ['webhooks.audit.signingKey'] },
    'webhooks.audit.signingKey is a secret',
    'secrets are handed on with --reveal-secrets only',
  ],
])('%j is refused', (selection, message, hint) => {
  expect(() => select(selection)).toThrow(expect.objectContaining({ message, hint }) as Error);
});

test.each<[string, readonly string[], string | undefined, string]>([
  [
    'APP',
    ['tenant.issuer', 'tenant.endpoint'],
    undefined,
    'tenant.endpoint and tenant.issuer would both be APP',
  ],
  ['2ND', ['tenant.issuer'], undefined, '"2ND" is no name of a variable'],
  ['APP', [], 'VITE-', '"VITE-LOGTO_ENDPOINT" is no name of a variable'],
])('the name %s for %j with the prefix %s is refused', (variable, places, prefix, message) => {
  const names = places.map((place) => ({ variable, place }));
  expect(() => variables({ only: ['tenant'], names }, prefix)).toThrow(message);
});

test('keys that come to one name are refused, and never numbered: a number would change with what else there is', () => {
  const keys = ['a-b', 'a_b'];
  const twins = makeLedger(
    'acme',
    new Map(keys.map((key) => [`organizations.${key}`, { id: key }] as const)),
  );
  const { values } = selectValues(availableValues(twins), { only: ['organizations'] }, 'acme');
  expect(() => nameVariables(values)).toThrow(
    expect.objectContaining({
      message: 'organizations.a-b.id and organizations.a_b.id would both be ORGANIZATIONS_A_B_ID',
      hint: 'name one of them yourself: --name OTHER_NAME=organizations.a_b.id',
    }) as Error,
  );
});
