import { ApiError } from '../errors.js';
import { canonicalJson, type JsonObject } from '../json.js';

/** Logto refuses more. */
export const pageSize = 100;

const maxReadings = 5;

export interface Page {
  readonly items: readonly JsonObject[];
  /** `Total-Number`; undefined when the answer had none. */
  readonly total: number | undefined;
}

/**
 * Every item of a paged list, each once.
 *
 * Most of Logto's lists have no order, so a row can be skipped or come twice when another one is changed between two
 * pages. Nothing tells which, so the whole list is read again.
 *
 * @param readPage pages count from 1
 * @throws {ApiError} the list never was the same for as long as it takes to read it
 * @see packages/core/src/queries/roles.ts in logto-io/logto: no ORDER BY
 */
export async function readList(
  request: string,
  readPage: (page: number) => Promise<Page>,
): Promise<readonly JsonObject[]> {
  for (let reading = 1; reading <= maxReadings; reading++) {
    const pages = await readPages(readPage);
    const items = pages.flatMap((page) => page.items);
    const distinct = new Set(items.map(identityOf)).size;
    const isWhole = pages.every(({ total }) => (total ?? items.length) === items.length);
    if (isWhole && distinct === items.length) return items;
  }
  throw new ApiError(`${request}: the list kept changing while it was read (${maxReadings} times).`, {
    request,
    status: 200,
    hint: 'Somebody else is changing the tenant: run again when that is over.',
  });
}

async function readPages(readPage: (page: number) => Promise<Page>): Promise<readonly Page[]> {
  const first = await readPage(1);
  if (first.total === undefined) return readUntilShort(first, readPage);
  const count = Math.ceil(first.total / pageSize);
  const others = Array.from({ length: Math.max(0, count - 1) }, (_, index) => readPage(index + 2));
  return [first, ...(await Promise.all(others))];
}

async function readUntilShort(
  first: Page,
  readPage: (page: number) => Promise<Page>,
): Promise<readonly Page[]> {
  const pages = [first];
  for (let last = first; last.items.length === pageSize;) {
    last = await readPage(pages.length + 1);
    pages.push(last);
  }
  return pages;
}

/** Some lists hold items without an id, such as the e-mail domains of an organization. */
const identityOf = (item: JsonObject): string =>
  typeof item.id === 'string' ? item.id : canonicalJson(item);
