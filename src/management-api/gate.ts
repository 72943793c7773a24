/** Lets a number of tasks run at once, which may change; the others wait in the order in which they came. */
export class Gate {
  #running = 0;
  #maxRunning = 0;
  #busySince = 0;
  #busyMilliseconds = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private capacity: number) {
    this.resize(capacity);
  }

  /** With fewer places than tasks run, those that run end as they would have. */
  resize(capacity: number): void {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`a gate for ${capacity} tasks lets nothing through`);
    }
    this.capacity = capacity;
    this.#admit();
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  /** Whether tasks wait for a place. */
  get isCrowded(): boolean {
    return this.#waiting.length > 0;
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
    if (this.#running >= this.capacity) {
      // Whoever leaves takes the place for it, so nobody can slip in between.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      return;
    }
    this.#take();
  }

  #take(): void {
    if (this.#running === 0) this.#busySince = performance.now();
    this.#running += 1;
    this.#maxRunning = Math.max(this.#maxRunning, this.#running);
  }

  #admit(): void {
    while (this.#running < this.capacity) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#take();
      next();
    }
  }

  #leave(): void {
    if (this.#running <= this.capacity) {
      const next = this.#waiting.shift();
      if (next) {
        next();
        return;
      }
    }
    this.#running -= 1;
    if (this.#running === 0) this.#busyMilliseconds += performance.now() - this.#busySince;
  }
}
