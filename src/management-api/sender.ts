import { setImmediate } from 'node:timers/promises';
import { ApiError } from '../errors.js';
import { type Answer, requestIdOf } from './answer.js';
import type { LogEvent } from './connection.js';
import { type Connections, type HttpRequest, NoAnswerError } from './exchange.js';
import { explainNoAnswer } from './explain-no-answer.js';
import { isUncertain, pause, type RetryPolicy, shouldRepeat, waitMilliseconds } from './retry.js';
import type { Traffic } from './traffic.js';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers: HttpRequest['headers'];
  readonly body?: string;
  /** The server ends in the same state however often it does this. */
  readonly isRepeatable: boolean;
  /** Asks for an access token; such calls are counted apart, and one whose answer got lost leaves no doubt behind. */
  readonly isForToken?: true;
}

/** The answer that counts, whatever its status. */
export interface Outcome {
  readonly answer: Answer;
  /** It, or an earlier one of a repeated request, leaves open what the server did. */
  readonly isUncertain: boolean;
}

export interface SenderOptions {
  readonly server: URL;
  readonly connections: Connections;
  readonly traffic: Traffic;
  readonly timeoutMilliseconds: number;
  readonly maxRetries: number;
  readonly retryPolicy: RetryPolicy;
  readonly log: (event: LogEvent) => void;
  readonly signal: AbortSignal;
}

/** Sends requests, again where that is safe, and keeps count. */
export class Sender {
  readonly counts = { requests: 0, writes: 0, tokens: 0, retries: 0 };
  /** The server's clock at its last answer. */
  serverTime: Date | undefined;

  constructor(private readonly options: SenderOptions) {}

  /**
   * @returns the last answer, also when it is a refusal
   * @throws {ApiError} there was none, or we were told to stop
   */
  async send(call: Call): Promise<Outcome> {
    await this.#turn();
    if (this.#isStopped()) throw stopped(call);
    let uncertain = false;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call, attempt);
      uncertain ||= isWrite(call) && isUncertain(outcome);
      if (await this.#mayRepeat(call, outcome, attempt)) continue;
      if (outcome instanceof Error) throw this.#noAnswer(call, outcome, uncertain);
      return { answer: outcome, isUncertain: uncertain };
    }
  }

  /** Waits as long as it takes, unless we are told to stop. */
  async #mayRepeat(call: Call, outcome: Answer | NoAnswerError, attempt: number): Promise<boolean> {
    if (attempt > this.options.maxRetries || !shouldRepeat(outcome, call.isRepeatable)) return false;
    if (!this.#isStopped()) await this.#wait(call, outcome, attempt);
    await this.#turn();
    if (this.#isStopped()) return false;
    this.counts.retries += 1;
    return true;
  }

  async #attempt(call: Call, attempt: number): Promise<Answer | NoAnswerError> {
    // Once around the event loop and a bit: connections that the server closed meanwhile are noticed and not used.
    if (!call.isRepeatable) for (let turn = 0; turn < 2; turn++) await setImmediate();
    const { traffic, log } = this.options;
    this.#count(call);
    const round = traffic.round;
    const start = performance.now();
    const outcome = await this.options.connections
      .exchange({ ...call, timeoutMilliseconds: this.options.timeoutMilliseconds })
      .catch(asNoAnswer);
    const milliseconds = performance.now() - start;
    traffic.observe(call, outcome, milliseconds, round);
    const answer = outcome instanceof Error ? undefined : outcome;
    const date = Date.parse(answer?.headers.date ?? '');
    if (!Number.isNaN(date)) this.serverTime = new Date(date);
    const requestId = answer && requestIdOf(answer);
    log({
      level: 'debug',
      event: 'request',
      method: call.method,
      path: call.path,
      status: answer?.status ?? 0,
      milliseconds: Math.round(milliseconds),
      attempt,
      ...(requestId !== undefined && { requestId }),
    });
    return outcome;
  }

  async #wait(call: Call, outcome: Answer | NoAnswerError, attempt: number): Promise<void> {
    const milliseconds = waitMilliseconds(outcome, attempt, this.options.retryPolicy);
    this.options.log({
      level: 'info',
      event: 'retry',
      method: call.method,
      path: call.path,
      attempt,
      waitMilliseconds: Math.round(milliseconds),
      reason: outcome instanceof Error ? outcome.code : String(outcome.status),
    });
    await pause(milliseconds, this.options.signal);
  }

  #noAnswer(call: Call, error: NoAnswerError, uncertain: boolean): ApiError {
    const { message, hint } = explainNoAnswer(
      error,
      this.options.server,
      this.options.timeoutMilliseconds / 1000,
    );
    const doubt = uncertain ? ' It is not known whether it was done.' : '';
    return new ApiError(`${describe(call)}: ${message}${doubt}`, {
      request: describe(call),
      status: 0,
      hint,
      uncertain,
      cause: error,
    });
  }

  #turn(): Promise<void> {
    return this.options.traffic.turn(this.options.signal);
  }

  #isStopped(): boolean {
    return this.options.signal.aborted;
  }

  #count(call: Call): void {
    if (call.isForToken) {
      this.counts.tokens += 1;
      return;
    }
    this.counts.requests += 1;
    if (isWrite(call)) this.counts.writes += 1;
  }
}

const isWrite = (call: Call): boolean => call.method !== 'GET' && !call.isForToken;

/** Method and path, without the query. */
export const describe = (call: Pick<Call, 'method' | 'path'>): string =>
  `${call.method} ${call.path.replace(/\?.*/s, '')}`;

function asNoAnswer(error: unknown): NoAnswerError {
  if (error instanceof NoAnswerError) return error;
  throw error;
}

const stopped = (call: Call): ApiError =>
  new ApiError(`${describe(call)} was not sent: the run was interrupted.`, {
    request: describe(call),
    status: 0,
  });
