/** Lets a number of tasks run at once; the others wait in the order in which they came. */
export class Gate {
  #running = 0;
  #maxRunning = 0;
  #busySince = 0;
  #busyMilliseconds = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`a gate for ${capacity} tasks lets nothing through`);
    }
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  /** The most tasks that ever ran at once. */
  get maxRunning(): number {
    return this.#maxRunning;
  }

  /** The time in which at least one task ran. */
  get busyMilliseconds(): number {
    return this.#busyMilliseconds + (this.#running > 0 ? performance.now() - this.#busySince : 0);
  }

  async #enter(): Promise<void> {
    // A task that leaves hands its place over without giving it back, so nobody can slip in between.
    if (this.#running >= this.capacity) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      return;
    }
    if (this.#running === 0) this.#busySince = performance.now();
    this.#running += 1;
    this.#maxRunning = Math.max(this.#maxRunning, this.#running);
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) {
      next();
      return;
    }
    this.#running -= 1;
    if (this.#running === 0) this.#busyMilliseconds += performance.now() - this.#busySince;
  }
}
