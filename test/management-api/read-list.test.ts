import fc from 'fast-check';
import type { JsonObject } from '../../src/json.js';
import { type Page, pageSize, readList } from '../../src/management-api/read-list.js';
import { failureOf } from './tenant-that.js';

const rows = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ id: `row-${index}` }));
const slice = (items: readonly JsonObject[], page: number): JsonObject[] =>
  items.slice((page - 1) * pageSize, page * pageSize);

test('a list of any length is read whole, with as few pages as there are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 520 }), async (count) => {
      const pages: number[] = [];
      const items = await readList('GET /api/roles', (page) => {
        pages.push(page);
        return Promise.resolve({ items: slice(rows(count), page), total: count });
      });
      expect(items).toEqual(rows(count));
      expect(pages).toEqual(
        Array.from({ length: Math.max(1, Math.ceil(count / pageSize)) }, (_, index) => index + 1),
      );
    }),
  );
});

test.each([0, 1, 99, 100, 101, 250])(
  'a list of %i items that tells no total is read until a short page',
  async (count) => {
    const items = await readList('GET /api/roles', (page) =>
      Promise.resolve({ items: slice(rows(count), page), total: undefined }),
    );
    expect(items).toEqual(rows(count));
  },
);

/** Answers from one version of the list after the other: each reading of two pages sees two of them. */
function versions(...lists: (readonly JsonObject[])[]): (page: number) => Promise<Page> {
  let count = 0;
  return (page) => {
    const items = lists[Math.min(count++, lists.length - 1)] ?? [];
    return Promise.resolve({ items: slice(items, page), total: items.length });
  };
}

test('a list whose rows changed places between two pages is read again', async () => {
  const before = rows(150);
  const moved = [...before.slice(1), ...before.slice(0, 1)];
  expect(await readList('GET /api/roles', versions(before, moved, moved, moved))).toEqual(moved);
});

test('a list that became shorter between two pages is read again', async () => {
  const after = rows(150).slice(1);
  expect(await readList('GET /api/roles', versions(rows(150), after, after, after))).toEqual(after);
});

test('a list that became longer between two pages is read again', async () => {
  expect(await readList('GET /api/roles', versions(rows(150), rows(151), rows(151), rows(151)))).toEqual(
    rows(151),
  );
});

test('a list that never stays the same is an error, not half a list', async () => {
  let count = 0;
  const error = await failureOf(
    readList('GET /api/roles', (page) => {
      const items = rows(150 + count++);
      return Promise.resolve({ items: slice(items, page), total: items.length });
    }),
  );
  expect(error).toMatchObject({
    message: 'GET /api/roles: the list kept changing while it was read (5 times).',
    request: 'GET /api/roles',
    hint: 'Somebody else is changing the tenant: run again when that is over.',
  });
  expect(count).toBe(10);
});

test('items without an id are told apart by all they hold', async () => {
  const items = [
    { organizationId: 'a', emailDomain: 'one.example' },
    { organizationId: 'a', emailDomain: 'two.example' },
  ];
  expect(await readList('GET /api/organizations/a/jit/email-domains', versions(items))).toEqual(items);
});

test('a failure on any page is the failure of the list', async () => {
  const error = await failureOf(
    readList('GET /api/roles', (page) =>
      page === 3 ? Promise.reject(new Error('lost')) : Promise.resolve({ items: rows(100), total: 400 }),
    ),
  );
  expect(error.message).toBe('lost');
});
