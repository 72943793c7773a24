import { pause } from './retry.js';

/**
 * When the next request may go: so many a second, evenly spaced, and none before the server wants to hear of us again.
 */
export class Pace {
  readonly #interval: number;
  #freeAt = 0;
  #heldMilliseconds = 0;
  #last: Promise<void> = Promise.resolve();

  /**
   * @param perSecond may be below 1, and infinite
   * @param clock milliseconds of something that nobody sets
   */
  constructor(
    perSecond: number,
    private readonly clock: () => number = () => performance.now(),
    private readonly wait: typeof pause = pause,
  ) {
    this.#interval = 1000 / perSecond;
  }

  /** The time that requests have waited for their turn, all together. */
  get heldMilliseconds(): number {
    return this.#heldMilliseconds;
  }

  /** Nobody has a turn for so long: the server has asked for it. */
  hold(milliseconds: number): void {
    this.#freeAt = Math.max(this.#freeAt, this.clock() + milliseconds);
  }

  /** Ends when a request may go, in the order of the calls; or, as nothing is sent then, when the signal comes. */
  turn(signal: AbortSignal): Promise<void> {
    if (this.#interval === 0 && this.clock() >= this.#freeAt) return this.#last;
    const asked = this.clock();
    this.#last = this.#last.then(async () => {
      for (let now = this.clock(); now < this.#freeAt && !signal.aborted; now = this.clock()) {
        await this.wait(this.#freeAt - now, signal);
      }
      this.#heldMilliseconds += this.clock() - asked;
      this.#freeAt = Math.max(this.#freeAt, this.clock() + this.#interval);
    });
    return this.#last;
  }
}
