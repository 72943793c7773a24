import type { RetryPolicy } from './retry.js';
import type { Turnstile } from './traffic.js';

/** Which tenant to talk to, as whom, and how hard. */
export interface Connection {
  /** Such as `https://my-tenant.logto.app` or `http://localhost:3001`; a trailing slash or `/api` does no harm. */
  readonly endpoint: string;
  /** The machine-to-machine application to sign in as. */
  readonly appId: string;
  readonly appSecret: string;
  /** Indicator of the Management API; see {@link defaultResource} for what it is when left out. */
  readonly resource?: string;
  /**
   * Where to sign in, when that is another address: a self-hosted Logto's seeded applications (`m-default`) live in its
   * admin tenant, which has an endpoint of its own. Default: `endpoint`.
   */
  readonly tokenEndpoint?: string;
  /** Requests in flight at once, at most; as many as the server bears. Default {@link defaultConcurrency}. */
  readonly concurrency?: number;
  /** Requests sent in a second, at most, evenly spaced; may be below 1. Default: no limit. */
  readonly maxRequestsPerSecond?: number;
  /** Every call also passes through this one, which others may share: a bound for several tenants in all. */
  readonly sharedWith?: Turnstile;
  /** For one request, from connecting to the last byte of the answer; default 30. */
  readonly timeoutSeconds?: number;
  /** How often one request is repeated, where that is safe; default 5. */
  readonly maxRetries?: number;
  /** How long to wait between repetitions. */
  readonly retry?: Partial<RetryPolicy>;
  readonly log?: (event: LogEvent) => void;
  /**
   * Once aborted nothing new is sent and no wait goes on; what is in flight ends as it would have. Whoever still has
   * something to write after an interrupt, such as a ledger, watches the signal itself and gives none here.
   */
  readonly signal?: AbortSignal;
}

/** Half of the connections that a Logto server keeps to its database: its users sign in meanwhile. */
export const defaultConcurrency = 16;

/** What happened on the wire. Never holds a body, a token or a secret. */
export type LogEvent =
  | {
      readonly level: 'debug';
      readonly event: 'request';
      readonly method: string;
      /** With its query. */
      readonly path: string;
      /** 0 when there was no answer. */
      readonly status: number;
      readonly milliseconds: number;
      /** Counts from 1. */
      readonly attempt: number;
      readonly requestId?: string;
    }
  | {
      readonly level: 'info';
      readonly event: 'retry';
      readonly method: string;
      readonly path: string;
      /** The attempt that failed. */
      readonly attempt: number;
      readonly waitMilliseconds: number;
      readonly reason: string;
    }
  /** When a tenant that was talked to is closed. */
  | ({ readonly level: 'info'; readonly event: 'total' } & Statistics)
  | { readonly level: 'warn'; readonly event: 'unencrypted'; readonly endpoint: string };

export interface Statistics {
  /** Requests sent to the Management API, repetitions included. */
  readonly requests: number;
  /** Those of them that were POST, PUT, PATCH or DELETE. */
  readonly writes: number;
  /** Access tokens asked for. */
  readonly tokens: number;
  /** Requests, also for tokens, that were sent again. */
  readonly retries: number;
  /** Time in which at least one call was under way. */
  readonly milliseconds: number;
  readonly maxInFlight: number;
  /** How often half as many requests at once were sent from then on: Logto refused some as too many, or gave no answer. */
  readonly backOffs: number;
  /** Time for which requests were held back, all together: by a limit a second, or because Logto asked for it. */
  readonly heldMilliseconds: number;
}
