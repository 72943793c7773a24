/** What one answer, or the lack of one, says of the server. */
export interface Observation {
  /** Requests of one route cost the server about the same. */
  readonly route: string;
  /** From sending to the last byte. */
  readonly milliseconds: number;
  /** It refused for being asked too much, or did not answer in time. */
  readonly isOverloaded: boolean;
  /** What {@link Concurrency.round} was when the request was sent. */
  readonly round: number;
  /** Others wait for their turn, so that a higher limit would be used. */
  readonly isCrowded: boolean;
}

/** Where it begins: what a small server bears, and what makes up for most of a network's latency. */
const initialLimit = 8;
/** Rising latency alone does not bring it lower: a server that is slow for other reasons would not get faster. */
const lowestByLatency = 4;
/** An answer may take so many times as long as the fastest one of its route: below, it grows; above, it shrinks. */
const [steady, rising] = [1.5, 3];
/** Shorter times are mostly those of our own process and of the network's mood. */
const noiseMilliseconds = 10;

/**
 * How many requests may be in flight: grows by a quarter while answers take no longer than when the server had little to
 * do, shrinks by a quarter when they do, and is halved when the server says that it is too much. Decides once for each
 * round, which is as many answers as may be in flight; answers to what was sent in an earlier round say nothing of this
 * one. Knows no clock.
 */
export class Concurrency {
  #limit: number;
  #round = 0;
  #backOffs = 0;
  #slownesses: number[] = [];
  #wasCrowded = false;
  readonly #fastest = new Map<string, number>();

  /** @param most never more than these in flight */
  constructor(private readonly most: number) {
    this.#limit = Math.min(initialLimit, most);
  }

  get limit(): number {
    return this.#limit;
  }

  get round(): number {
    return this.#round;
  }

  /** How often the limit was lowered because the server refused, or did not answer. */
  get backOffs(): number {
    return this.#backOffs;
  }

  observe({ route, milliseconds, isOverloaded, round, isCrowded }: Observation): void {
    if (isOverloaded) {
      // Those that were refused together count once.
      if (round === this.#round && this.#limit > 1) {
        this.#backOffs += 1;
        this.#beginRound(Math.floor(this.#limit / 2));
      }
      return;
    }
    const fastest = this.#fastest.get(route);
    this.#fastest.set(route, Math.min(fastest ?? Infinity, milliseconds));
    // The first of a route is its own measure.
    if (fastest === undefined || round !== this.#round) return;
    this.#slownesses.push(milliseconds / Math.max(fastest, noiseMilliseconds));
    this.#wasCrowded ||= isCrowded;
    if (this.#slownesses.length >= this.#limit) this.#decide();
  }

  #decide(): void {
    const slowness = median(this.#slownesses);
    const step = Math.ceil(this.#limit / 4);
    if (slowness > rising) {
      this.#beginRound(Math.max(this.#limit - step, Math.min(lowestByLatency, this.#limit)));
    } else {
      const grows = slowness < steady && this.#wasCrowded;
      this.#beginRound(grows ? this.#limit + step : this.#limit);
    }
  }

  #beginRound(wanted: number): void {
    const limit = Math.min(Math.max(wanted, 1), this.most);
    // Where nothing changes, what is in flight counts for the next round too.
    if (limit !== this.#limit) this.#round += 1;
    this.#limit = limit;
    this.#slownesses = [];
    this.#wasCrowded = false;
  }
}

/** Not the mean: one answer that waits for somebody else's server must not slow down all. */
const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor((values.length - 1) / 2)] ?? 0;

/** Method and path without what names one object: in Logto's paths every second segment does. */
export function routeOf(method: string, path: string): string {
  const segments = path.replace(/\?.*/s, '').split('/api/').at(-1)?.split('/') ?? [];
  return [method, ...segments.map((segment, index) => (index % 2 === 0 ? segment : ':id'))].join('/');
}
