import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parse as parseQuery } from 'node:querystring';

import { jsonAnswer, reasonAnswer, type Answer } from '../http/answer.js';
import { parseBody } from '../http/read-body.js';
import { Router } from '../http/router.js';
import { areas } from '../routes/areas.js';
import type { Tenant } from '../tenant.js';
import { apiOn, type Endpoint } from './api.js';
import { authorize } from './authorize.js';
import { guarded } from './guarded.js';
import { pageHeaders, sliceOfQuery } from './page.js';

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

export type ManagementApi = (request: ApiRequest) => Promise<Answer>;

/** The endpoints below `/api`. */
export function managementApiOf(tenant: Tenant): ManagementApi {
  const router = new Router<Endpoint>();
  for (const addArea of areas) addArea(apiOn(router), tenant);

  return async (request) => {
    const found = router.find(request.method, request.url.pathname.slice('/api'.length));
    if ('status' in found) {
      const allow = found.allowed.length > 0 ? { Allow: found.allowed.join(', ') } : {};
      return found.status === 200
        ? { status: 200, headers: allow, body: '' }
        : reasonAnswer(found.status, allow);
    }
    if (found.handler.contract.isAnonymous !== true) await authorize(tenant, request.headers.authorization);
    return withEntityTag(request, await handle(found.handler, found.parameters, request));
  };
}

async function handle(
  { contract, handle }: Endpoint,
  parameters: Readonly<Record<string, string>>,
  { url, headers, bytes }: ApiRequest,
): Promise<Answer> {
  await contract.before?.(parameters, url.searchParams);
  const query = parseQuery(url.search.slice(1));
  const slice = contract.paging && sliceOfQuery(query, contract.paging);
  const body = contract.body && (parseBody(headers['content-type'], bytes) ?? {});
  const guardedQuery = contract.query ? guarded('query', contract.query, query) : query;
  const guardedBody = contract.body ? guarded('body', contract.body, body) : undefined;
  if (contract.parameters) guarded('params', contract.parameters, parameters);
  let total: number | undefined;
  let status = contract.status ?? 200;
  const result = await handle({
    parameters,
    query: guardedQuery,
    body: guardedBody,
    slice,
    searchParameters: url.searchParams,
    headers,
    setTotal: (rows) => {
      total = rows;
    },
    setStatus: (chosen) => {
      status = chosen;
    },
  });
  if (result === undefined) return reasonAnswer(status);
  if (slice !== undefined && total === undefined) throw new Error('missing totalCount');
  const paged = slice === undefined ? {} : pageHeaders(slice, total ?? 0, url);
  return jsonAnswer(status, contract.response ? contract.response.parse(result) : result, paged);
}

/** @see packages/core/src/middleware/koa-body-etag.ts in logto-io/logto: answers to GET only, a hash of the body */
function withEntityTag({ method, headers }: ApiRequest, answer: Answer): Answer {
  if (method !== 'GET' || answer.status !== 200 || answer.body === '') return answer;
  const hash = createHash('sha1').update(answer.body).digest('base64').slice(0, 27);
  const tag = `"${Buffer.byteLength(answer.body).toString(16)}-${hash}"`;
  if (headers['if-none-match']?.split(/\s*,\s*/).some((known) => known === tag || known === `W/${tag}`)) {
    return { status: 304, headers: { ETag: tag }, body: '' };
  }
  return { ...answer, headers: { ...answer.headers, ETag: tag } };
}
