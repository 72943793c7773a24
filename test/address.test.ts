import fc from 'fast-check';
import { formatAddress, parseAddress } from '../src/address';

test('an address joins plain segments with dots and quotes the others', () => {
  expect(formatAddress(['apiResources', 'orders', 'scopes', 'orders:read'])).toBe(
    'apiResources.orders.scopes.orders:read',
  );
  expect(formatAddress(['applications', 'a.b'])).toBe('applications["a.b"]');
  expect(parseAddress('applications["a.b"].x')).toEqual(['applications', 'a.b', 'x']);
});

test('what is no address is not read as one', () => {
  for (const text of ['', '.', 'a..b', 'a.', '.a', 'a[b]', 'a["b"', 'a b'])
    expect(parseAddress(text)).toBeUndefined();
});

test('property: every path comes back from its address', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (segments) => {
      expect(parseAddress(formatAddress(segments))).toEqual(segments);
    }),
  );
});
