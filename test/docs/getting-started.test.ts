import { walk } from './walks';

test('getting started works by its words alone in an empty folder', async () => {
  expect(await walk('docs/getting-started.md')).toBe('');
}, 120_000);
