/** A place in a text that the user wrote. Lines and columns count from 1; `endColumn` is exclusive. */
export interface SourceRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The text of the line that `line` names, for the excerpt under a message. */
  readonly text?: string;
}

/** What can be wrong with what the user wrote. Tests and programs match on it; people read the message. */
export type ProblemCode =
  | 'yaml-syntax'
  | 'unreadable-file'
  | 'duplicate-key'
  | 'duplicate-address'
  | 'alias-bomb'
  | 'wrong-type'
  | 'wrong-value'
  | 'unknown-field'
  | 'missing-field'
  | 'unknown-reference'
  | 'reference-cycle'
  | 'unknown-variable'
  | 'missing-variable'
  | 'wrong-variable'
  | 'wrong-expression'
  | 'wrong-overlay'
  | 'not-clearable'
  | 'literal-secret'
  | 'empty-manifest'
  | 'conflict'
  | 'not-supported'
  | 'dangerous-value'
  | 'ambiguous-match'
  | 'foreign-owner'
  | 'protected'
  | 'replacement'
  | 'cascade'
  | 'limit'
  | 'wrong-clock'
  | 'not-found';

/** One mistake (or, with severity `warning`, one doubt), where it is and what to do about it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly at?: SourceRange;
  /** What to do, or "did you mean …". */
  readonly hint?: string;
}

/** The user's text is wrong. Holds every problem found, not just the first. Exit code 3. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
  }
}

/** The command line, the environment or the options of a call are wrong. Exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** A safety rule says no: stale plan, ambiguous match, a replacement that nobody allowed. Exit code 5. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    message: string,
    readonly problems: readonly Problem[] = [],
    readonly hint?: string,
  ) {
    super(message);
  }
}

export interface ApiErrorDetails {
  /** Method and path, such as `POST /api/roles`; never a query with secrets, never a body. */
  readonly request: string;
  /** 0 when there was no answer. */
  readonly status: number;
  /** Logto's own code, such as `role.name_in_use`; empty when the answer had none. */
  readonly code?: string;
  /** Logto-Core-Request-Id of the answer. */
  readonly requestId?: string;
  /** What to do about it. */
  readonly hint?: string;
  /**
   * True when nobody can tell whether the server did what was asked: a timeout, a reset or a truncated answer after
   * the request was sent, or a 500 (Logto answers 500 to racing creations of which one succeeded).
   */
  readonly uncertain?: boolean;
  readonly cause?: unknown;
}

/** Logto did not answer, refused, or answered something that Logto does not answer. Exit code 4 while reading. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly request: string;
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly hint: string | undefined;
  readonly uncertain: boolean;

  constructor(message: string, details: ApiErrorDetails) {
    super(message, { cause: details.cause });
    this.request = details.request;
    this.status = details.status;
    this.code = details.code ?? '';
    this.requestId = details.requestId;
    this.hint = details.hint;
    this.uncertain = details.uncertain ?? false;
  }
}
