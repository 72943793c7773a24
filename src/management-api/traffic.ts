import type { Answer } from './answer.js';
import { Concurrency, routeOf } from './concurrency.js';
import type { NoAnswerError } from './exchange.js';
import { Gate } from './gate.js';
import { Pace } from './pace.js';
import { askedMilliseconds, isOverload, type RetryPolicy } from './retry.js';

/** Lets tasks run, perhaps not at once. */
export interface Turnstile {
  run<T>(task: () => Promise<T>): Promise<T>;
}

export interface TrafficOptions {
  /** Requests in flight at most. */
  readonly concurrency: number;
  readonly maxRequestsPerSecond: number;
  readonly retryPolicy: RetryPolicy;
  /** What other tenants' requests pass through too. */
  readonly sharedWith?: Turnstile;
}

/** How much one server is asked at once, and how often; learns from its answers how much it bears. */
export class Traffic {
  readonly #concurrency: Concurrency;
  readonly #gate: Gate;
  readonly #pace: Pace;

  constructor(private readonly options: TrafficOptions) {
    this.#concurrency = new Concurrency(options.concurrency);
    this.#gate = new Gate(this.#concurrency.limit);
    this.#pace = new Pace(options.maxRequestsPerSecond);
  }

  /** Does a call, repetitions and all, when there is a place for it. */
  run<T>(call: () => Promise<T>): Promise<T> {
    const { sharedWith } = this.options;
    return this.#gate.run(sharedWith ? () => sharedWith.run(call) : call);
  }

  /** Ends when a request may be sent; also when we are told to stop. */
  turn(signal: AbortSignal): Promise<void> {
    return this.#pace.turn(signal);
  }

  /** To be given to {@link observe} with what becomes of a request that is sent now. */
  get round(): number {
    return this.#concurrency.round;
  }

  observe(
    request: { readonly method: string; readonly path: string; readonly isForToken?: true },
    outcome: Answer | NoAnswerError,
    milliseconds: number,
    round: number,
  ): void {
    const isOverloaded = isOverload(outcome);
    if (isOverloaded) this.#pace.hold(askedMilliseconds(outcome, this.options.retryPolicy));
    if (!isOverloaded && (request.isForToken || outcome instanceof Error)) return;
    this.#concurrency.observe({
      route: routeOf(request.method, request.path),
      milliseconds,
      isOverloaded,
      round,
      isCrowded: this.#gate.isCrowded,
    });
    this.#gate.resize(this.#concurrency.limit);
  }

  statistics() {
    return {
      milliseconds: Math.round(this.#gate.busyMilliseconds),
      maxInFlight: this.#gate.maxRunning,
      backOffs: this.#concurrency.backOffs,
      heldMilliseconds: Math.round(this.#pace.heldMilliseconds),
    };
  }
}
