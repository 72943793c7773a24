import { matchObjects, type ObjectMatching } from '../../src/diff/match-objects';
import type { LedgerNames } from '../../src/diff/ledger-names';
import { translation } from '../../src/diff/same-text';
import type { JsonObject } from '../../src/json';
import { kindNamed } from '../../src/kinds';
import type { TenantObject } from '../../src/kinds/kind';

const object = (id: string, fields: JsonObject): TenantObject => ({ id, fields });
const none: LedgerNames = new Map();

function match(
  kind: string,
  from: readonly TenantObject[],
  to: readonly TenantObject[],
  { ledgers = { from: none, to: none }, texts = [] as readonly (readonly [string, string])[] } = {},
) {
  const { pairs, ambiguous } = matchObjects(kindNamed(kind), { from, to }, ledgers, translation(texts));
  return { pairs: inIds({ pairs, ambiguous }), ambiguous };
}

/** `dev=prod`, `dev=` and `=prod`. */
const inIds = ({ pairs }: ObjectMatching): readonly string[] =>
  pairs.map(({ from, to }) => `${from?.id ?? ''}=${to?.id ?? ''}`);

test('what Logto keeps unique tells which object is which, whatever its name', () => {
  const orders = { name: 'Orders', indicator: 'https://orders.example.com' };
  expect(
    match(
      'apiResources',
      [object('a', orders), object('b', { name: 'Bills', indicator: 'https://bills.example.com' })],
      [
        object('x', { name: 'Orders', indicator: 'https://other.example.com' }),
        object('y', { ...orders, name: 'Bills' }),
      ],
    ),
  ).toEqual({ pairs: ['a=y', 'b=', '=x'], ambiguous: [] });
});

test('an API resource whose indicator is that of its environment is found by its name', () => {
  expect(
    match(
      'apiResources',
      [object('a', { name: 'Orders', indicator: 'https://api.dev.example.com' })],
      [object('x', { name: 'Orders', indicator: 'https://api.example.com' })],
    ),
  ).toEqual({ pairs: ['a=x'], ambiguous: [] });
});

test('a unique value is found as it is in the other tenant', () => {
  expect(
    match(
      'apiResources',
      [object('a', { name: 'Orders (dev)', indicator: 'https://dev.example.com/orders' })],
      [object('x', { name: 'Orders', indicator: 'https://example.com/orders' })],
      { texts: [['dev.example.com', 'example.com']] },
    ),
  ).toEqual({ pairs: ['a=x'], ambiguous: [] });
});

test('the address that both ledgers have comes first', () => {
  const known = (id: string, stack: string): LedgerNames =>
    new Map([[id, { stack, address: 'applications.shop' }]]);
  const [from, to] = [[object('a', { name: 'Shop (dev)' })], [object('x', { name: 'Shop' })]];
  expect(
    match('applications', from, to, { ledgers: { from: known('a', 's'), to: known('x', 's') } }),
  ).toEqual({
    pairs: ['a=x'],
    ambiguous: [],
  });
  expect(
    match('applications', from, to, { ledgers: { from: known('a', 's'), to: known('x', 'other') } }),
  ).toEqual({
    pairs: ['a=', '=x'],
    ambiguous: [],
  });
});

test('of several with one name those that are equal are the same, and one that is left over is alone', () => {
  const web = (id: string, description: string) => object(id, { name: 'Web', description });
  expect(match('applications', [web('a', 'one'), web('b', 'two')], [web('x', 'two')])).toEqual({
    pairs: ['b=x', 'a='],
    ambiguous: [],
  });
  expect(
    match('applications', [web('a', 'one'), web('b', 'two')], [web('x', 'two'), web('y', 'new')]),
  ).toEqual({
    pairs: ['b=x', 'a=y'],
    ambiguous: [],
  });
});

test('what nothing tells apart is not guessed', () => {
  const web = (id: string, description: string) => object(id, { name: 'Web', description });
  expect(match('applications', [web('a', 'one'), web('b', 'two')], [web('x', 'three')])).toEqual({
    pairs: ['a=', 'b=', '=x'],
    ambiguous: [{ kind: 'applications', name: 'Web', from: ['a', 'b'], to: ['x'] }],
  });
});

test('what there is one of in each tenant is the same', () => {
  expect(
    match('session', [object('oidc-session', { ttl: 1 })], [object('oidc-session', { ttl: 2 })]),
  ).toEqual({
    pairs: ['oidc-session=oidc-session'],
    ambiguous: [],
  });
});
