import * as constructs from '../../src/constructs';
import { kinds } from '../../src/kinds';

test('every kind has a construct of its name', () => {
  const missing = kinds
    .map(({ name }) => name.charAt(0).toUpperCase() + name.slice(1).replace(/s$/, ''))
    .filter((name) => !(name in constructs));
  expect(missing).toEqual([]);
});
