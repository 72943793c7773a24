export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** 0 when the connection was cut before an answer. */
  readonly status: number;
  readonly milliseconds: number;
  readonly body?: unknown;
}

export interface RequestCounts {
  readonly total: number;
  /** Requests to the API with a method other than GET and HEAD. */
  readonly writes: number;
  /** Requests to the token endpoint; not in `total`. */
  readonly tokens: number;
  readonly maxInFlight: number;
  readonly requests: readonly LoggedRequest[];
}

const kept = 20_000;
const longestBody = 10_000;

/** What was asked of the emulator since the log was cleared; the oldest requests are forgotten first. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #total = 0;
  #writes = 0;
  #tokens = 0;
  #inFlight = 0;
  #maxInFlight = 0;

  /** Notes that a request came; the returned function notes how it ended. */
  begin(method: string, path: string, body: Buffer): (status: number) => void {
    const started = performance.now();
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    return (status) => {
      this.#inFlight -= 1;
      this.#add({
        method,
        path,
        status,
        milliseconds: Math.round(performance.now() - started),
        ...bodyOf(body),
      });
    };
  }

  addToken(): void {
    this.#tokens += 1;
  }

  clear(): void {
    this.#requests = [];
    this.#total = 0;
    this.#writes = 0;
    this.#tokens = 0;
    this.#maxInFlight = this.#inFlight;
  }

  counts(): RequestCounts {
    return {
      total: this.#total,
      writes: this.#writes,
      tokens: this.#tokens,
      maxInFlight: this.#maxInFlight,
      requests: this.#requests.slice(-kept),
    };
  }

  #add(request: LoggedRequest): void {
    this.#total += 1;
    if (request.method !== 'GET' && request.method !== 'HEAD') this.#writes += 1;
    this.#requests.push(request);
    if (this.#requests.length >= 2 * kept) this.#requests = this.#requests.slice(-kept);
  }
}

function bodyOf(bytes: Buffer): { readonly body?: unknown } {
  if (bytes.length === 0) return {};
  const text = bytes.toString('utf8', 0, longestBody);
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return { body: text };
  }
}
