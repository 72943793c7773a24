import fc from 'fast-check';
import { formatAddress, isWithin, parentAddress, parseAddress } from '../src/address';

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

test('the parent of a child is what holds it, and what is at the top has none but itself', () => {
  const addresses = [
    'applications.web.secrets.main:2',
    'applications["a.b"].secrets["c.d"]',
    'applications["a.scopes.b"]',
    'signInExperience',
  ];
  expect(addresses.map(parentAddress)).toEqual([
    'applications.web',
    'applications["a.b"]',
    'applications["a.scopes.b"]',
    'signInExperience',
  ]);
});

test('within a resource is its address and what it holds, but no other name that begins the same', () => {
  const addresses = ['a.web', 'a.web.secrets.x', 'a.web["secrets"]', 'a.web2', 'a.web:2', 'a'];
  expect(addresses.filter((address) => isWithin(address, 'a.web'))).toEqual(addresses.slice(0, 3));
});

test('property: every path comes back from its address', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (segments) => {
      expect(parseAddress(formatAddress(segments))).toEqual(segments);
    }),
  );
});
