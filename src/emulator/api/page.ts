import type { ParsedUrlQuery } from 'node:querystring';

import type { Slice } from '../database/table.js';
import { RequestError } from '../http/request-error.js';

/** How a list is paged: always, or only when the query asks for it. */
export type Paging = 'always' | 'optional';

const defaultPageSize = 20;
const maximumPageSize = 100;

/**
 * The rows that a query asks for; undefined when it asks for all.
 *
 * @see packages/core/src/middleware/koa-pagination.ts in logto-io/logto; fractions are not refused
 */
export function sliceOfQuery(query: ParsedUrlQuery, paging: Paging): Slice | undefined {
  const { page, page_size: pageSize } = query;
  if (paging === 'optional' && isAbsent(page) && isAbsent(pageSize)) return undefined;
  const pageNumber = isAbsent(page) ? 1 : positive(page, Infinity);
  const limit = isAbsent(pageSize) ? defaultPageSize : positive(pageSize, maximumPageSize);
  return { limit, offset: (pageNumber - 1) * limit };
}

const isAbsent = (value: string | string[] | undefined): value is undefined =>
  value === undefined || value === '';

function positive(value: string | string[] | undefined, maximum: number): number {
  const number = Number(value);
  if (!(number > 0 && number <= maximum)) throw new RequestError('guard.invalid_pagination');
  return number;
}

/** The headers that tell of a page. Logto leaves `/api` out of the links. */
export function pageHeaders({ limit, offset }: Slice, total: number, url: URL): Record<string, string> {
  const last = Math.ceil(total / limit) || 1;
  const page = Math.floor(offset / limit) + 1;
  const link = (number: number, relation: string): string => {
    const target = new URL(url);
    target.pathname = url.pathname.replace(/^\/api/, '');
    target.searchParams.set('page', String(number));
    return `<${target.href}>; rel="${relation}"`;
  };
  const links = [
    link(1, 'first'),
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    link(last, 'last'),
    ...(page < last ? [link(page + 1, 'next')] : []),
  ];
  return { 'Total-Number': String(total), Link: links.join(', ') };
}
