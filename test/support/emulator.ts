import { parseDuration } from '../../src/kinds/duration';
import type { Connection } from './run-emulator.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
}

export interface RequestCounts {
  readonly total: number;
  readonly writes: number;
  readonly tokens: number;
  readonly maxInFlight: number;
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly milliseconds: number;
    readonly body?: unknown;
  }[];
}

export interface TestEmulator extends Connection {
  /** Asks the Management API, with a token. */
  request(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Lets the next requests fail; see src/emulator/http/faults.ts. */
  faults(faults: readonly object[]): Promise<void>;
  /** Lets time pass for client secrets, such as `90d`. */
  age(duration: string): Promise<void>;
  requests(): Promise<RequestCounts>;
  resetRequests(): Promise<void>;
}

/** The emulator of this worker, whose tenant is fresh before each test of the file or block that calls this. */
export function useEmulator(): TestEmulator {
  const emulator = emulatorAt(connectionOfWorker());
  beforeEach(async () => {
    await send(emulator.url, 'POST', '/__reset');
  });
  return emulator;
}

function connectionOfWorker(): Connection {
  const connections = JSON.parse(process.env['LOGTO_EMULATORS'] ?? '[]') as readonly Connection[];
  const connection = connections[(Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % connections.length];
  if (connection === undefined) throw new Error('No emulator runs: global-setup.ts starts them.');
  return connection;
}

/** Requests to a running emulator. */
export function emulatorAt(connection: Connection): TestEmulator {
  const { url } = connection;
  let token: Promise<string> | undefined;
  return {
    ...connection,
    async request(method, path, body) {
      // A token outlives a reset.
      token ??= fetchToken(connection);
      return send(url, method, path, body, { authorization: `Bearer ${await token}` });
    },
    async faults(faults) {
      const { status, body } = await send(url, 'POST', '/__faults', faults);
      if (status !== 204) throw new Error(JSON.stringify(body));
    },
    async age(duration) {
      // A server tells the time in whole seconds.
      const seconds = (parseDuration(duration) ?? Number.NaN) / 1000 + 2;
      const { status, body } = await send(url, 'POST', '/__age', { seconds });
      if (status !== 204) throw new Error(JSON.stringify(body));
    },
    requests: async () => (await send(url, 'GET', '/__requests')).body as RequestCounts,
    async resetRequests() {
      await send(url, 'DELETE', '/__requests');
    },
  };
}

export async function send(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

async function fetchToken({ url, appId, appSecret, resource }: Connection): Promise<string> {
  const response = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${appId}:${appSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'all' }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}
