import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Json } from '../json.js';
import type { Answer } from './answer.js';

/** There was no answer, or not a whole one. Holds nothing of what was sent or received. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  constructor(
    message: string,
    /** Node's code, such as `ECONNREFUSED`, or one of `TIMEOUT`, `TRUNCATED` and `UNREADABLE`. */
    readonly code: string,
    /** False only when the server certainly got nothing: there never was a connection. */
    readonly mayHaveArrived: boolean,
  ) {
    super(message);
  }
}

/** Connections are kept for a while. Call `close` to let go of them. */
export interface Connections {
  /** @throws {NoAnswerError} */
  exchange(request: HttpRequest): Promise<Answer>;
  close(): void;
}

export interface HttpRequest {
  readonly method: string;
  /** As it goes over the wire, with the query. */
  readonly path: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body?: string;
  readonly timeoutMilliseconds: number;
}

// Logto's server closes a connection that was idle for 5 s (Node's default). Ours is given up before that, or a second
// before what a Keep-Alive header announces: a request that meets the server's closing has an unknown fate.
const idleMilliseconds = 4000;

/**
 * Connections to one server.
 *
 * node:http and not fetch: it tells whether there was a connection at all when a request fails (so whether a creation may
 * be repeated), loads 25 ms faster and takes less than half of the processor time (measured on Node 20).
 */
export function connections(server: URL): Connections {
  const module = server.protocol === 'https:' ? https : http;
  const agent = new module.Agent({ keepAlive: true, timeout: idleMilliseconds });
  const { hostname, port } = server;
  // A URL writes IPv6 addresses in brackets, a socket wants none.
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: port || undefined, agent };

  return {
    exchange: ({ method, path, headers, body, timeoutMilliseconds }) =>
      new Promise((resolve, reject) => {
        const request = module.request({
          ...address,
          method,
          path,
          headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
        });
        let isConnected = false;
        const fail = (error: NoAnswerError): void => {
          clearTimeout(timer);
          reject(error);
          request.destroy();
        };
        const timer = setTimeout(() => {
          fail(new NoAnswerError('no answer in time', 'TIMEOUT', isConnected));
        }, timeoutMilliseconds);
        request.on('socket', (socket: Socket) => {
          whenConnected(socket, () => {
            isConnected = true;
          });
        });
        request.on('error', (error: NodeJS.ErrnoException) => {
          fail(new NoAnswerError(messageOf(error), error.code ?? 'UNKNOWN', isConnected));
        });
        request.on('response', (response) => {
          readAnswer(response).then((answer) => {
            clearTimeout(timer);
            resolve(answer);
          }, fail);
        });
        request.end(body);
      }),
    close: () => {
      agent.destroy();
    },
  };
}

function whenConnected(socket: Socket, done: () => void): void {
  if (!socket.connecting) {
    done();
    return;
  }
  // Before the handshake is over nothing of the request was sent.
  socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', done);
}

/** Node tries every address of a host and puts the failures into an AggregateError without a message. */
const messageOf = (error: Error): string =>
  error instanceof AggregateError
    ? error.errors.map((part) => (part instanceof Error ? part.message : '')).join(', ')
    : error.message;

function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject: (error: NoAnswerError) => void) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', () => {
      reject(new NoAnswerError('the answer broke off', 'TRUNCATED', true));
    });
    response.on('end', () => {
      const status = response.statusCode ?? 0;
      const { headers } = response;
      try {
        resolve({ status, headers, json: parseBody(status, headers, Buffer.concat(chunks).toString()) });
      } catch {
        // What the parser says quotes the text, so it is no cause.
        reject(new NoAnswerError('the answer is no valid JSON', 'UNREADABLE', true));
      }
    });
  });
}

/** @throws {SyntaxError} a success that says it is JSON but is not; a refusal counts even when its text is broken */
function parseBody(status: number, headers: http.IncomingHttpHeaders, text: string): Json | undefined {
  const isSuccess = status >= 200 && status < 300;
  if (status === 204 || !/^application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? ''))
    return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (isSuccess) throw error;
    return undefined;
  }
}
