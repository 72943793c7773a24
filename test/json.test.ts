import fc from 'fast-check';
import { canonicalJson, jsonEqual } from '../src/json';

const value = fc.jsonValue({ maxDepth: 3 });

test('equal values have equal text, whatever the order of their keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson(undefined)).toBe('null');
  expect(jsonEqual({ a: 1, b: { c: [null] } }, { b: { c: [undefined] }, a: 1, d: undefined })).toBe(true);
  expect(jsonEqual({ a: null }, {})).toBe(false);
  expect(jsonEqual({}, { a: null })).toBe(false);
  expect(jsonEqual([], {})).toBe(false);
  expect(jsonEqual({ toString: 1 }, {})).toBe(false);
  expect(jsonEqual({}, { constructor: Object })).toBe(false);
  expect(jsonEqual(undefined, null)).toBe(true);
});

test('property: two values are equal where their texts are', () => {
  const pair = fc.oneof(
    fc.tuple(value, value),
    value.map((one) => [one, JSON.parse(JSON.stringify(one)) as typeof one] as const),
    // Of few values, so that pairs are often equal, and differ in a member.
    fc.tuple(
      ...[0, 1].map(() =>
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom(null, 1, [1], {})),
      ),
    ),
  );
  fc.assert(
    fc.property(pair, ([left, right]) => {
      expect(jsonEqual(left, right)).toBe(canonicalJson(left) === canonicalJson(right));
    }),
  );
});
