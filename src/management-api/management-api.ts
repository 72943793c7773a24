import { isObject, type Json, type JsonObject } from '../json.js';
import type { AccessToken, Credentials } from './access-token.js';
import { type Answer, codeOf } from './answer.js';
import type { Query, ReadApi, WriteApi } from './api.js';
import { commonHeaders } from './common-headers.js';
import { basePath } from './endpoint.js';
import { type Page, pageSize, readList } from './read-list.js';
import { notFromLogto, refusal } from './refusal.js';
import { type Call, describe, type Outcome, type Sender } from './sender.js';
import type { Traffic } from './traffic.js';

interface Parts {
  readonly credentials: Credentials;
  readonly sender: Sender;
  readonly traffic: Traffic;
  readonly token: AccessToken;
}

/** The calls of the Management API: one object that can only read, and one that can do everything. */
export function managementApi(parts: Parts): { readonly read: ReadApi; readonly write: WriteApi } {
  const { credentials } = parts;
  const perform = performer(parts);
  const getPage = async (path: string, query: Query): Promise<Page> => {
    const { call, answer } = await perform('GET', withQuery(path, query));
    const items = answer.json;
    if (!Array.isArray(items) || !items.every(isObject)) throw notFromLogto(call, answer, credentials);
    return { items: items as readonly JsonObject[], total: totalOf(answer) };
  };
  const change = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body: JsonObject): Promise<Json> =>
    // Relations answer with the text `Created` or `OK`.
    (await perform(method, path, body)).answer.json ?? null;

  const read: ReadApi = {
    get: async (path, query) => {
      const { call, answer } = await perform('GET', withQuery(path, query));
      if (answer.json === undefined && answer.status !== 204) throw notFromLogto(call, answer, credentials);
      return answer.json ?? null;
    },
    list: (path, query) =>
      readList(describe({ method: 'GET', path }), (page) =>
        getPage(path, { ...query, page, page_size: pageSize }),
      ),
  };
  const write: WriteApi = {
    ...read,
    post: (path, body) => change('POST', path, body),
    put: (path, body) => change('PUT', path, body),
    patch: (path, body) => change('PATCH', path, body),
    delete: async (path) => {
      await perform('DELETE', path);
    },
  };
  return { read: Object.freeze(read), write: Object.freeze(write) };
}

type Perform = (
  method: Call['method'],
  path: string,
  body?: JsonObject,
) => Promise<{ call: Call; answer: Answer }>;

/** Signs in, waits for its turn, sends, and throws what is no success. */
function performer({ credentials, sender, traffic, token }: Parts): Perform {
  const send = async (call: Call): Promise<Outcome> => {
    const sendWith = (text: string): Promise<Outcome> =>
      sender.send({ ...call, headers: { ...call.headers, authorization: `Bearer ${text}` } });
    const first = await token.get();
    const outcome = await sendWith(first);
    if (outcome.answer.status !== 401) return outcome;
    // The signing key may have been rotated while we run. Nothing was done, so anything may be sent again.
    await token.drop(first);
    const { answer, isUncertain } = await sendWith(await token.get());
    return { answer, isUncertain: isUncertain || outcome.isUncertain };
  };

  return async (method, path, body) => {
    const call: Call = {
      method,
      path: basePath(credentials.endpoint) + checkedPath(path),
      headers: body ? { ...commonHeaders, 'content-type': 'application/json' } : commonHeaders,
      ...(body && { body: JSON.stringify(body) }),
      isRepeatable: method !== 'POST',
    };
    const outcome = await traffic.run(() => send(call));
    if (!isSuccess(call, outcome.answer))
      throw refusal(call, outcome, credentials, (text) => token.hide(text));
    return { call, answer: outcome.answer };
  };
}

function isSuccess({ method }: Call, answer: Answer): boolean {
  // Gone already. A 404 without a code is another matter: there is no such endpoint.
  if (method === 'DELETE' && answer.status === 404) return codeOf(answer) !== '';
  return answer.status >= 200 && answer.status < 300;
}

/** An id that is `..` would climb to another endpoint on the way through a proxy. */
function checkedPath(path: string): string {
  const segments = path.replace(/\?.*/s, '').split('/');
  if (segments[1] !== 'api' || segments.includes('.') || segments.includes('..')) {
    throw new Error(`"${path}" is no path of the Management API`);
  }
  return path;
}

function withQuery(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      parameters.append(name, String(item));
    }
  }
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}

function totalOf({ headers }: Answer): number | undefined {
  const total = Number(headers['total-number'] ?? NaN);
  return Number.isInteger(total) ? total : undefined;
}
