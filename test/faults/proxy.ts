import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface ServerAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request on its way, in the hands of whoever decides what happens to it. */
export interface Passage {
  readonly method: string;
  readonly path: string;
  /** Lets the server do it. */
  forward(): Promise<ServerAnswer>;
  /** Lets the client know; resolves when the last byte is handed over. */
  answer(answer: Omit<ServerAnswer, 'headers'> & { headers?: http.IncomingHttpHeaders }): Promise<void>;
  /** The first half of the answer, and then nothing more. */
  answerHalf(answer: ServerAnswer): void;
  /** Cuts the connection. */
  cut(): void;
}

export type Strike = (passage: Passage) => Promise<void> | void;

/** Stands between a client and a Logto, counts the requests, and does to one of them what a test wants. */
export interface Proxy {
  readonly url: string;
  /** Requests that have come so far. */
  readonly count: () => number;
  /** Whether the request that was to be struck has come. */
  readonly hasStruck: () => boolean;
  /** Lets nothing through any more. */
  shut(): void;
  /** Resolves when the server has answered all that was let through. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** The number of the request that is struck, from 1, or which it is; the others pass. */
export type Target = number | ((method: string, path: string) => boolean);

export async function startProxy(
  target: string,
  at: Target = 0,
  strike: Strike = () => undefined,
): Promise<Proxy> {
  const agent = new http.Agent({ keepAlive: true });
  const underWay = new Set<Promise<unknown>>();
  let [count, hasStruck, isShut] = [0, false, false];
  const server = http.createServer((request, response) => {
    if (isShut) {
      response.socket?.destroy();
      return;
    }
    count += 1;
    const isStruck = typeof at === 'number' ? count === at : at(request.method ?? '', request.url ?? '');
    hasStruck ||= isStruck;
    const body = buffer(request);
    const passage = passageOf(request, response, body, async () => {
      const answer = forward(target, request, await body, agent);
      underWay.add(answer);
      return answer.finally(() => underWay.delete(answer));
    });
    const handling = handle(passage, isStruck ? strike : pass).catch(() => response.socket?.destroy());
    underWay.add(handling);
    void handling.finally(() => underWay.delete(handling));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    hasStruck: () => hasStruck,
    shut: () => {
      isShut = true;
    },
    quiet: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

const handle = async (passage: Passage, strike: Strike): Promise<void> => strike(passage);

const pass: Strike = async (passage) => {
  await passage.answer(await passage.forward());
};

function passageOf(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  body: Promise<Buffer>,
  forwardIt: () => Promise<ServerAnswer>,
): Passage {
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    forward: forwardIt,
    answer: async ({ status, headers = {}, body: text }) => {
      await body;
      if (response.destroyed) return;
      response.writeHead(status, { ...headers, 'content-length': text.length });
      await new Promise<void>((resolve) => {
        response.once('close', resolve);
        response.end(text, resolve);
      });
    },
    answerHalf: ({ status, headers, body: text }) => {
      response.writeHead(status, { ...headers, 'content-length': text.length });
      response.write(text.subarray(0, Math.floor(text.length / 2)), () => response.socket?.destroy());
    },
    cut: () => response.socket?.destroy(),
  };
}

/** Those that are between two neighbours only. */
const ownHeaders = ['connection', 'keep-alive', 'transfer-encoding'];

function forward(
  target: string,
  { method, url = '/', headers }: http.IncomingMessage,
  body: Buffer,
  agent: http.Agent,
): Promise<ServerAnswer> {
  const { host } = new URL(target);
  return new Promise((resolve, reject) => {
    const request = http.request(
      target + url,
      { method, agent, headers: { ...headers, host } },
      (response) => {
        const kept = Object.entries(response.headers).filter(([name]) => !ownHeaders.includes(name));
        buffer(response).then((text) => {
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(kept), body: text });
        }, reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
