import { ConstructIds } from '../../../src/export/constructs/construct-ids';
import { classOf, dashed, Names } from '../../../src/export/constructs/names';
import { kindNamed, kinds } from '../../../src/kinds';
import * as constructs from '../../../src/constructs';

const role = kindNamed('roles');
const apiResource = kindNamed('apiResources');

test.each([
  ['order-worker', 'orderWorker'],
  ['orders:read', 'ordersRead'],
  ['apiKey_2', 'apiKey2'],
  ['ApiKey', 'apiKey'],
  ['ACME', 'acme'],
  ['müller & söhne', 'müllerSöhne'],
  ['日本-支社', '日本支社'],
  ['constructor', 'constructor'],
  ['2026-first-half', 'role2026FirstHalf'],
  ['default', 'defaultRole'],
  ['await', 'awaitRole'],
  ['exports', 'exportsRole'],
  ['__proto__', 'proto'],
  ['🎉', 'role'],
  ['🎉 party', 'party'],
  ['\u0301accent', 'role\u0301accent'],
  ['𝒜', 'role'],
  ['a-role-with-a-name-that-goes-on-and-on-for-ever', 'aRoleWithANameThatGoesOnAndOnForEver'],
  ['a-role-with-a-name-that-goes-on-and-on-for-ever-and-ever', 'aRoleWithANameThatGoesOnAndOnForEverAnd'],
  ['tenant', 'tenantRole'],
])('the variable of the role "%s" is called %s', (key, name) => {
  expect(new Names(['tenant']).nameFor(key, role)).toBe(name);
});

test('no two variables have one name', () => {
  const names = new Names([]);
  const named = [
    names.nameFor('orders', apiResource),
    names.nameFor('orders', role),
    names.nameFor('Orders', role),
    names.nameFor('ORDERS!', role),
    names.nameFor('🎉', role),
    names.nameFor('🎈', role),
  ];
  expect(named).toEqual(['orders', 'ordersRole', 'role', 'orders2', 'role2', 'role3']);
});

test('a construct has its key as its id, unless another construct has it', () => {
  const ids = new ConstructIds();
  expect([
    ids.idFor('orders', apiResource),
    ids.idFor('orders', role),
    ids.idFor('orders-role', role),
    ids.idFor('orders', role),
    ids.idFor('a/b', role),
    ids.idFor('a--b', role),
    // What the construct of the tenant holds itself.
    ids.idFor('tenant', role),
    ids.idFor('apply', role),
    // The library takes these for ids that are there.
    ids.idFor('constructor', role),
    ids.idFor('__proto__', role),
    ids.idFor('sign-in-experience', role),
    ids.idFor('sign-in-experience', kindNamed('signInExperience')),
  ]).toEqual([
    'orders',
    'orders-role',
    'orders-role-role',
    'orders-role-3',
    'a/b',
    'a--b-role',
    'tenant-role',
    'apply-role',
    'constructor-role',
    '__proto__-role',
    'sign-in-experience',
    'sign-in-experience-3',
  ]);
});

test('every kind has a class of that name', () => {
  expect(kinds.map(classOf).filter((name) => !(name in constructs))).toEqual([]);
  expect(kinds.map(({ name }) => dashed(name))).toContain('custom-profile-fields');
});
