import { setMaxListeners } from 'node:events';
import { UsageError } from '../errors.js';
import { AccessToken } from './access-token.js';
import type { ReadApi, WriteApi } from './api.js';
import type { Connection, Statistics } from './connection.js';
import { readDiscovery, type Discovery } from './discovery.js';
import { defaultResource, isUnencrypted, parseEndpoint, showEndpoint } from './endpoint.js';
import { connections as connectionsTo, type Connections } from './exchange.js';
import { Gate } from './gate.js';
import { managementApi } from './management-api.js';
import { defaultRetryPolicy } from './retry.js';
import { Sender } from './sender.js';

/** A tenant's Management API, in two strengths. */
export interface Tenant {
  /** Without a trailing slash. */
  readonly endpoint: string;
  /** The indicator of its Management API. */
  readonly resource: string;
  /** Has no way to write, also not for those who look past its type. */
  readonly read: ReadApi;
  readonly write: WriteApi;
  /** What the server says of itself to everybody; asks it, without a token. @throws {ApiError} */
  discover(): Promise<Discovery>;
  /** Signs in, and tells which permissions on the Management API that gives. @throws {ApiError} there is no token */
  signIn(): Promise<readonly string[]>;
  statistics(): Statistics;
  /** The server's clock at its last answer, in whole seconds; undefined before the first. */
  serverTime(): Date | undefined;
  /** Closes idle connections and stops waiting. What is in flight is cut off. */
  close(): void;
}

/**
 * Sends nothing yet: the first call signs in.
 *
 * @throws {UsageError} the endpoint is no address, or a number makes no sense
 */
export function connect(options: Connection): Tenant {
  const endpoint = parseEndpoint(options.endpoint);
  const { appId, appSecret, resource = defaultResource(endpoint), log = () => undefined } = options;
  const { concurrency = 8, timeoutSeconds = 30, maxRetries = 5 } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new UsageError('The concurrency must be 1 or more');
  if (!(timeoutSeconds > 0)) throw new UsageError('The timeout must be more than 0 seconds');

  const stop = stopSignal(options.signal);
  const senderTo = (server: URL): { sender: Sender; connections: Connections } => {
    const connections = connectionsTo(server);
    const retryPolicy = { ...defaultRetryPolicy, ...options.retry };
    const timeoutMilliseconds = timeoutSeconds * 1000;
    const { signal } = stop;
    return {
      sender: new Sender({ server, connections, timeoutMilliseconds, maxRetries, retryPolicy, log, signal }),
      connections,
    };
  };
  const { sender, connections } = senderTo(endpoint);
  const tokenEndpoint = options.tokenEndpoint === undefined ? endpoint : parseEndpoint(options.tokenEndpoint);
  const signIn = options.tokenEndpoint === undefined ? { sender, connections } : senderTo(tokenEndpoint);
  const gate = new Gate(concurrency);
  const credentials = { endpoint, appId, appSecret, resource };
  const token = new AccessToken({ ...credentials, endpoint: tokenEndpoint }, signIn.sender);
  for (const server of new Set([endpoint, tokenEndpoint])) {
    if (isUnencrypted(server)) log({ level: 'warn', event: 'unencrypted', endpoint: showEndpoint(server) });
  }
  return {
    endpoint: showEndpoint(endpoint),
    resource,
    ...managementApi({ credentials, sender, gate, token }),
    discover: () => readDiscovery(endpoint, sender),
    signIn: () => token.signIn(),
    statistics: () => ({
      ...sender.counts,
      tokens: signIn.sender.counts.tokens,
      milliseconds: Math.round(gate.busyMilliseconds),
      maxInFlight: gate.maxRunning,
    }),
    serverTime: () => sender.serverTime,
    close: () => {
      stop.release();
      connections.close();
      signIn.connections.close();
    },
  };
}

/** The caller's signal, with room for as many listeners as there are requests that wait. */
function stopSignal(outer: AbortSignal | undefined): { signal: AbortSignal; release: () => void } {
  const inner = new AbortController();
  setMaxListeners(0, inner.signal);
  const abort = (): void => {
    inner.abort();
  };
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: inner.signal,
    release: () => {
      outer?.removeEventListener('abort', abort);
      abort();
    },
  };
}
