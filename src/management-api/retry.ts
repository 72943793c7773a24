import { type Answer, codeOf } from './answer.js';
import type { NoAnswerError } from './exchange.js';

export interface RetryPolicy {
  /** Upper end of the first wait; it doubles with every repetition. */
  readonly baseMilliseconds: number;
  readonly maxMilliseconds: number;
  /** A longer `Retry-After` than this is cut. */
  readonly maxRetryAfterMilliseconds: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  baseMilliseconds: 200,
  maxMilliseconds: 10_000,
  maxRetryAfterMilliseconds: 60_000,
};

/** No attempt mends these: a name that does not exist, a certificate that is not trusted. */
const lastingFailures =
  /^(ENOTFOUND|CERT_|ERR_TLS_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|ERR_SSL_|EPROTO$|HPE_)/;

// 408: Node's server gave up waiting for a request; 520 to 527 and 530: Cloudflare did not get an answer from Logto.
const gatewayFailures = new Set([408, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]);

/** A free plan's tokens of the month are used up: no wait that we would endure changes that. */
const usedUp = 'auth.exceed_token_limit';

/**
 * Whether a request may be sent again after this.
 *
 * @param isRepeatable the server ends in the same state however often it does what is asked
 */
export function shouldRepeat(outcome: Answer | NoAnswerError, isRepeatable: boolean): boolean {
  if (outcome instanceof Error) {
    return (isRepeatable || !outcome.mayHaveArrived) && !lastingFailures.test(outcome.code);
  }
  // Refused before any work, so even a creation may come again.
  if (outcome.status === 429) return codeOf(outcome) !== usedUp;
  return isRepeatable && gatewayFailures.has(outcome.status);
}

/** Whether the server, or what stands before it, has more to do than it can. */
export const isOverload = (outcome: Answer | NoAnswerError): boolean =>
  outcome instanceof Error
    ? outcome.code === 'TIMEOUT'
    : outcome.status === 503 || (outcome.status === 429 && codeOf(outcome) !== usedUp);

/** Whether nobody can tell what became of the request. Logto answers 500 to racing creations of which one succeeded. */
export const isUncertain = (outcome: Answer | NoAnswerError): boolean =>
  outcome instanceof Error
    ? outcome.mayHaveArrived
    : outcome.status === 408 || (outcome.status >= 500 && outcome.status !== 501);

/**
 * How long to wait before the next attempt: a random part ("full jitter") of a time that doubles, so that clients that
 * failed together do not come back together; never less than the server asked for.
 *
 * @param attempt the one that failed, from 1
 */
export function waitMilliseconds(
  outcome: Answer | NoAnswerError,
  attempt: number,
  policy: RetryPolicy,
  random: () => number = Math.random,
): number {
  const jitter = random() * Math.min(policy.baseMilliseconds * 2 ** (attempt - 1), policy.maxMilliseconds);
  return askedMilliseconds(outcome, policy) + jitter;
}

/** How long the server wants to hear nothing; 0 where it does not say so. */
export function askedMilliseconds(outcome: Answer | NoAnswerError, policy: RetryPolicy): number {
  const asked = outcome instanceof Error ? undefined : retryAfterMilliseconds(outcome);
  return Math.min(asked ?? 0, policy.maxRetryAfterMilliseconds);
}

/** `Retry-After` in seconds or as a date; a date is read by the server's own clock, which need not be ours. */
function retryAfterMilliseconds({ headers }: Answer): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const serverTime = Date.parse(headers.date ?? '');
  return Math.max(0, until - (Number.isNaN(serverTime) ? Date.now() : serverTime));
}

/** Waits, but not longer than until the signal comes. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
