import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import { newSecret } from '../database/new-id.js';
import type { Answer } from './answer.js';
import { answerControl, type Controls } from './control.js';
import type { Fault } from './faults.js';
import { readBytes } from './read-body.js';

export interface IncomingRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
}

export type Respond = (request: IncomingRequest) => Promise<Answer>;

/** An HTTP server that answers with `respond`, fails as told, and keeps a log. */
export function serverOf(respond: Respond, controls: Controls): Server {
  let tenant = newTenant();
  const ending: Controls = {
    ...controls,
    reset: () => {
      tenant.abort();
      tenant = newTenant();
      return controls.reset();
    },
  };
  return createServer((request, response) => {
    void answer(request, response, respond, ending, tenant.signal).catch(() => {
      // The client went away while its request was read.
      request.socket.destroy();
    });
  });
}

/** What ends with a tenant; any number of requests may wait for it. */
function newTenant(): AbortController {
  const tenant = new AbortController();
  setMaxListeners(0, tenant.signal);
  return tenant;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  respond: Respond,
  controls: Controls,
  forgotten: AbortSignal,
): Promise<void> {
  const { method = 'GET', url: target = '/', headers } = request;
  const bytes = await readBytes(request);
  const url = new URL(target.startsWith('/') ? `http://${headers.host ?? 'localhost'}${target}` : target);
  if (url.pathname.startsWith('/__')) {
    write(response, method, await answerControl(controls, method, url.pathname, bytes));
    return;
  }
  const path = url.pathname + url.search;
  const isToken = url.pathname === '/oidc/token';
  if (isToken) controls.log.addToken();
  const end = isToken ? undefined : controls.log.begin(method, path, bytes);
  let status = 0;
  try {
    const faults = controls.faults.take(method, path);
    const work = () => respond({ method, url, headers, bytes });
    status = await answerWithFaults(faults, response, method, work, forgotten);
  } finally {
    end?.(status);
  }
}

/**
 * @param forgotten ends with the tenant: what still waits when it is reset belongs to the former one, and is not done
 * @returns the status that was sent; 0 when the connection was cut
 */
async function answerWithFaults(
  faults: readonly Fault[],
  response: ServerResponse,
  method: string,
  work: () => Promise<Answer>,
  forgotten: AbortSignal,
): Promise<number> {
  const fault = faults.find(({ type }) => type !== 'latency');
  await delay(faults, 'before', forgotten);
  if (forgotten.aborted || fault?.type === 'reset') return cut(response);
  const isInstead = fault?.type === 'status' && fault.when === 'before';
  const worked = isInstead ? undefined : await work();
  await delay(faults, 'after', forgotten);
  if (fault?.type === 'lost-response') return cut(response);
  if (fault?.type === 'truncated' && worked !== undefined) return truncate(response, method, worked);
  const sent = worked === undefined || fault?.type === 'status' ? faultAnswer(fault) : worked;
  write(response, method, sent);
  return sent.status;
}

/** Until a latency is over, or the tenant is forgotten. */
async function delay(faults: readonly Fault[], when: Fault['when'], forgotten: AbortSignal): Promise<void> {
  for (const { type, when: moment, milliseconds } of faults) {
    if (type !== 'latency' || moment !== when) continue;
    await wait(milliseconds, undefined, { signal: forgotten }).catch(() => undefined);
  }
}

function faultAnswer(fault: Fault | undefined): Answer {
  const { status, headers, body } = fault ?? { status: 500, headers: {}, body: undefined };
  if (body === undefined) return { status, headers, body: '' };
  return typeof body === 'string'
    ? { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body }
    : {
        status,
        headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
        body: JSON.stringify(body),
      };
}

function cut(response: ServerResponse): number {
  response.socket?.resetAndDestroy();
  return 0;
}

function truncate(response: ServerResponse, method: string, { body, ...answer }: Answer): Promise<number> {
  const bytes = Buffer.from(body);
  writeHead(response, answer, bytes.length);
  const half = method === 'HEAD' ? Buffer.alloc(0) : bytes.subarray(0, Math.floor(bytes.length / 2));
  return new Promise((resolve) => {
    response.write(half, () => {
      response.socket?.destroy();
      resolve(answer.status);
    });
  });
}

function write(response: ServerResponse, method: string, { body, ...answer }: Answer): void {
  writeHead(response, answer, Buffer.byteLength(body));
  // As a text, because head and text then leave in one plain write; a buffer costs a slower one.
  response.end(method === 'HEAD' ? undefined : body);
}

function writeHead(
  response: ServerResponse,
  { status, headers }: Omit<Answer, 'body'>,
  length: number,
): void {
  const hasLength = status !== 204 && status !== 304;
  response.writeHead(status, {
    ...headers,
    ...(hasLength ? { 'Content-Length': length } : {}),
    'Logto-Core-Request-Id': newSecret(16),
  });
}
