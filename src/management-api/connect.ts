import { setMaxListeners } from 'node:events';
import { UsageError } from '../errors.js';
import { AccessToken } from './access-token.js';
import type { ReadApi, WriteApi } from './api.js';
import { defaultConcurrency, type Connection, type Statistics } from './connection.js';
import { readDiscovery, type Discovery } from './discovery.js';
import { defaultResource, isUnencrypted, parseEndpoint, showEndpoint } from './endpoint.js';
import { connections as connectionsTo, type Connections } from './exchange.js';
import { managementApi } from './management-api.js';
import { defaultRetryPolicy } from './retry.js';
import { Sender } from './sender.js';
import { Traffic } from './traffic.js';

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

/** Epoch milliseconds, by the clock of the server when it last answered; before the first answer by our own. */
export const timeOf = (tenant: Tenant): number => (tenant.serverTime() ?? new Date()).getTime();

/**
 * Sends nothing yet: the first call signs in.
 *
 * @throws {UsageError} the endpoint is no address, or a number makes no sense
 */
export function connect(options: Connection): Tenant {
  const endpoint = parseEndpoint(options.endpoint);
  const { appId, appSecret, resource = defaultResource(endpoint), log = () => undefined } = options;
  checkNumbers(options);

  const stop = stopSignal(options.signal);
  const lineTo = (server: URL): Line => openLine(server, options, stop.signal);
  const { sender, connections, traffic } = lineTo(endpoint);
  const tokenEndpoint = options.tokenEndpoint === undefined ? endpoint : parseEndpoint(options.tokenEndpoint);
  const signIn = options.tokenEndpoint === undefined ? { sender, connections } : lineTo(tokenEndpoint);
  const credentials = { endpoint, appId, appSecret, resource };
  const token = new AccessToken({ ...credentials, endpoint: tokenEndpoint }, signIn.sender);
  for (const server of new Set([endpoint, tokenEndpoint])) {
    if (isUnencrypted(server)) log({ level: 'warn', event: 'unencrypted', endpoint: showEndpoint(server) });
  }
  const statistics = (): Statistics => ({
    ...sender.counts,
    tokens: signIn.sender.counts.tokens,
    ...traffic.statistics(),
  });
  let isClosed = false;
  return {
    endpoint: showEndpoint(endpoint),
    resource,
    ...managementApi({ credentials, sender, traffic, token }),
    discover: () => readDiscovery(endpoint, sender),
    signIn: () => token.signIn(),
    statistics,
    serverTime: () => sender.serverTime,
    close: () => {
      if (!isClosed && sender.counts.requests > 0) log({ level: 'info', event: 'total', ...statistics() });
      isClosed = true;
      stop.release();
      connections.close();
      signIn.connections.close();
    },
  };
}

/** @throws {UsageError} */
function checkNumbers({ concurrency = 1, maxRequestsPerSecond = 1, timeoutSeconds = 1 }: Connection): void {
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new UsageError('The concurrency must be 1 or more');
  if (!(maxRequestsPerSecond > 0)) throw new UsageError('The requests in a second must be more than 0');
  if (!(timeoutSeconds > 0)) throw new UsageError('The timeout must be more than 0 seconds');
}

/** What it takes to talk to one server. */
interface Line {
  readonly sender: Sender;
  readonly connections: Connections;
  readonly traffic: Traffic;
}

function openLine(server: URL, options: Connection, signal: AbortSignal): Line {
  const { concurrency = defaultConcurrency, maxRequestsPerSecond = Infinity, sharedWith } = options;
  const { timeoutSeconds = 30, maxRetries = 5, log = () => undefined } = options;
  const retryPolicy = { ...defaultRetryPolicy, ...options.retry };
  const connections = connectionsTo(server);
  const shared = sharedWith && { sharedWith };
  const traffic = new Traffic({ concurrency, maxRequestsPerSecond, retryPolicy, ...shared });
  const timeoutMilliseconds = timeoutSeconds * 1000;
  const parts = { server, connections, traffic, timeoutMilliseconds, maxRetries, retryPolicy, log, signal };
  return { sender: new Sender(parts), connections, traffic };
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
