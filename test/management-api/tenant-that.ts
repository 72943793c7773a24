import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect, type Tenant } from '../../src/management-api/connect.js';
import type { Connection, LogEvent } from '../../src/management-api/connection.js';

export interface Received {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export type Reply =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: http.OutgoingHttpHeaders;
    }
  /** Closes the connection without a word. */
  | 'reset'
  /** Never answers. */
  | 'silence'
  /** Ends in the middle of the body. */
  | 'cut'
  /** Sends the beginning of a body and nothing more, but stays. */
  | 'endless'
  /** Says that it sends JSON, and does not. */
  | 'no json';

export type Handler = (request: Received) => Reply | Promise<Reply>;

export interface Server {
  readonly endpoint: string;
  /** Everything that arrived, in order. */
  readonly received: Received[];
  /** Method and path of what arrived below /api. */
  calls(): string[];
  readonly connections: () => number;
  readonly maxInFlight: () => number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export const appId = 'app-of-the-tests';
export const appSecret = 'canary-secret-9b1f';
export const accessToken = 'canary-token-77aa';
export const tokenReply: Reply = { json: { access_token: accessToken, expires_in: 3600, scope: 'all' } };

const open: { server: Server; tenant: Tenant }[] = [];

afterEach(async () => {
  for (const { server, tenant } of open.splice(0)) {
    tenant.close();
    await server.stop();
  }
});

/**
 * A tenant behind a real socket whose server does as the test says; tokens are given out unless `token` says otherwise.
 * Waits are a few milliseconds, so that a test with repetitions takes no time.
 */
export async function tenantThat(
  handle: Handler,
  options: Partial<Connection> & { readonly token?: Handler } = {},
): Promise<{ tenant: Tenant; server: Server; events: LogEvent[] }> {
  const { token = () => tokenReply, ...connection } = options;
  const server = await startServer((request) =>
    request.path === '/oidc/token' ? token(request) : handle(request),
  );
  const events: LogEvent[] = [];
  const tenant = connect({
    endpoint: server.endpoint,
    appId,
    appSecret,
    retry: { baseMilliseconds: 2, maxRetryAfterMilliseconds: 5 },
    log: (event) => events.push(event),
    ...connection,
  });
  open.push({ server, tenant });
  return { tenant, server, events };
}

/** Answers one request after the other with the given replies; the last one stays. */
export function inTurn(...replies: readonly Reply[]): Handler {
  let count = 0;
  return () => replies[Math.min(count++, replies.length - 1)] ?? {};
}

async function startServer(handle: Handler): Promise<Server> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let inFlight = 0;
  let maxInFlight = 0;
  const server = http.createServer((request, response) => {
    inFlight += 1;
    maxInFlight = Math.max(maxInFlight, inFlight);
    response.on('close', () => {
      inFlight -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const parts = { method, path, headers, body: Buffer.concat(chunks).toString() };
      received.push(parts);
      void Promise.resolve(handle(parts)).then((reply) => {
        send(reply, response);
      });
    });
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
  });
  const start = (port: number): Promise<void> =>
    new Promise((resolve) =>
      server.listen(port, '127.0.0.1', () => {
        resolve();
      }),
    );
  await start(0);
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    received,
    calls: () =>
      received.filter(({ path }) => path.startsWith('/api')).map(({ method, path }) => `${method} ${path}`),
    connections: () => connections,
    maxInFlight: () => maxInFlight,
    start: () => start(port),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function send(reply: Reply, response: http.ServerResponse): void {
  if (reply === 'silence') return;
  if (reply === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (reply === 'no json') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('[{"id":');
    return;
  }
  if (reply === 'cut' || reply === 'endless') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('[{"id":');
    if (reply === 'cut') setImmediate(() => response.socket?.destroy());
    return;
  }
  const { status = 200, json, text, headers } = reply;
  const type = json === undefined ? 'text/plain' : 'application/json; charset=utf-8';
  response.writeHead(status, { ...(status !== 204 && { 'content-type': type }), ...headers });
  response.end(json === undefined ? text : JSON.stringify(json));
}

/** What a promise fails with; it is a failure of the test when it does not. */
export async function failureOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('this should have failed');
  return error as unknown as Record<string, unknown>;
}
