import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/json';
import { any, flag, json, list, map, object, text, type Fields } from '../../src/kinds/field';
import { compareFields, mergeColumn, type CompareOptions } from '../../src/plan/compare';

const nothingSpecial: CompareOptions = { ignore: [], exact: [] };
const fields = {
  name: text({ required: true }),
  description: text({ nullable: true }),
  uris: list(text({}), {}),
  tags: list(text({}), { unordered: true }),
  settings: object(
    {
      uris: list(text({}), {}),
      logo: text({ nullable: true }),
      isDeviceFlow: flag({ immutable: true, nullable: true, sameAsAbsent: false }),
      password: text({ sensitive: true }),
    },
    {},
  ),
  customData: json({}),
  translation: json({ emptyIsAbsent: true }),
} satisfies Fields;

const differences = (desired: JsonObject, current: JsonObject, options = nothingSpecial) =>
  compareFields(fields, desired, current, options);
const change = (path: readonly string[], before: Json | undefined, after: Json | undefined) => ({
  path,
  before,
  after,
  immutable: false,
  sensitive: false,
});

test('a field that the manifest does not state is not compared', () => {
  expect(differences({ name: 'a' }, { name: 'a', description: 'set in the Console', uris: ['x'] })).toEqual(
    [],
  );
});

test('an empty text and null are the same in a column that Logto can clear', () => {
  expect(differences({ description: '' }, { description: null })).toEqual([]);
  expect(differences({ description: null }, { description: null })).toEqual([]);
  expect(differences({ description: '' }, { description: 'x' })).toEqual([
    change(['description'], 'x', undefined),
  ]);
});

test('an empty text inside a JSON object is a value of its own', () => {
  expect(differences({ settings: { logo: '' } }, { settings: {} })).toEqual([
    change(['settings', 'logo'], undefined, ''),
  ]);
});

test('the order of a list counts, that of a set does not', () => {
  expect(differences({ uris: ['a', 'b'] }, { uris: ['b', 'a'] })).toEqual([
    change(['uris'], ['b', 'a'], ['a', 'b']),
  ]);
  expect(differences({ tags: ['a', 'b', 'a'] }, { tags: ['b', 'a'] })).toEqual([]);
});

test('a JSON object is compared by the keys that are stated, at every depth', () => {
  expect(
    differences(
      { customData: { team: { name: 'shop', lead: null } } },
      { customData: { team: { name: 'shop', size: 5, lead: 'Ada' }, other: true } },
    ),
  ).toEqual([change(['customData', 'team', 'lead'], 'Ada', undefined)]);
});

test('a null that is stated equals a stored null and no key at all', () => {
  expect(differences({ customData: { a: null } }, { customData: {} })).toEqual([]);
  expect(differences({ customData: { a: null } }, { customData: { a: null } })).toEqual([]);
});

test('an exact part loses the keys that are not stated', () => {
  const options = { ignore: [], exact: [['customData']] };
  expect(differences({ customData: { a: 1 } }, { customData: { a: 1, b: 2 } }, options)).toEqual([
    change(['customData', 'b'], 2, undefined),
  ]);
  expect(mergeColumn(undefined, { a: 1 }, { a: 1, b: 2 }, ['customData'], options)).toEqual({ a: 1 });
});

test.each([map({ kind: 'organizations' }, list(text({}), {}), {}), any({})])(
  'what is stated whole is written whole: %j',
  (field) => {
    const write = (value: Json) =>
      mergeColumn(field, value, { a: ['x'], b: ['y'] }, ['part'], nothingSpecial);
    expect([write({ a: ['z'] }), write({})]).toEqual([{ a: ['z'] }, {}]);
  },
);

test('an ignored path is neither compared nor written, also in an exact part', () => {
  const options = { ignore: [['customData', 'b']], exact: [['customData']] };
  expect(differences({ customData: { a: 1, b: 5 } }, { customData: { a: 1, b: 2 } }, options)).toEqual([]);
  expect(mergeColumn(undefined, { a: 3, b: 5 }, { a: 1, b: 2, c: 4 }, ['customData'], options)).toEqual({
    a: 3,
    b: 2,
  });
});

test('a key that cannot be changed in place is told as such, and its absence equals what Logto takes it for', () => {
  expect(differences({ settings: { isDeviceFlow: false } }, { settings: {} })).toEqual([]);
  expect(differences({ settings: { isDeviceFlow: true } }, { settings: {} })).toEqual([
    { path: ['settings', 'isDeviceFlow'], before: undefined, after: true, immutable: true, sensitive: false },
  ]);
});

test('where Logto stores nothing that is empty, stating something empty clears it, and is no change where nothing is', () => {
  const nothing = { translation: { action: { sign_in: '' }, input: {}, list: { a: { b: null } } } };
  expect(differences(nothing, { translation: {} })).toEqual([]);
  expect(differences(nothing, { translation: { action: { sign_in: 'In', sign_up: 'Up' } } })).toEqual([
    change(['translation', 'action', 'sign_in'], 'In', undefined),
  ]);
});

const anyJson = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const anyObject = fc.dictionary(fc.string({ maxLength: 3 }), anyJson, { maxKeys: 4, noNullPrototype: true });

test('property: what is written for a JSON object is as stated afterwards, and a second write is none', () => {
  fc.assert(
    fc.property(anyObject, anyObject, (desired, current) => {
      const written = mergeColumn(undefined, desired, current, ['customData'], nothingSpecial);
      const after = written === undefined ? {} : { customData: written };
      expect(differences({ customData: desired }, after)).toEqual([]);
    }),
  );
});

test('property: keys that are not stated survive every write', () => {
  fc.assert(
    fc.property(anyObject, anyObject, (desired, current) => {
      const written = mergeColumn(undefined, desired, current, ['customData'], nothingSpecial) as JsonObject;
      for (const [name, value] of Object.entries(current)) {
        if (!Object.hasOwn(desired, name)) expect(written[name]).toEqual(value);
      }
    }),
  );
});
