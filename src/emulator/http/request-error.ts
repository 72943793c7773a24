export interface RequestErrorOptions {
  readonly status?: number;
  readonly data?: unknown;
  readonly details?: string | undefined;
  /** What the message mentions, by name. */
  readonly words?: Readonly<Record<string, string | number>>;
}

/**
 * An error that Logto answers with a code; 400 unless it says otherwise.
 *
 * @see packages/core/src/errors/RequestError/index.ts in logto-io/logto
 */
export class RequestError extends Error {
  readonly status: number;
  readonly data: unknown;
  readonly details: string | undefined;
  readonly words: Readonly<Record<string, string | number>>;

  constructor(
    readonly code: string,
    { status = 400, data, details, words = {} }: RequestErrorOptions = {},
  ) {
    super(code);
    this.name = 'RequestError';
    this.status = status;
    this.data = data;
    this.details = details;
    this.words = words;
  }
}

/** Throws the error unless the condition holds. */
export function assertThat(
  condition: unknown,
  code: string,
  options?: RequestErrorOptions,
): asserts condition {
  if (!condition) throw new RequestError(code, options);
}
