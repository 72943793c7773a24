/** What Logto's query layer reports; the error handler turns it into an answer. */
export class QueryError extends Error {}

/** A row that had to be there is not. */
export class NotFound extends QueryError {}

/** An UPDATE touched no row. */
export class NothingUpdated extends QueryError {
  constructor(readonly entity: string) {
    super(`no ${entity} was updated`);
  }
}

/** A DELETE touched no row. */
export class NothingDeleted extends QueryError {}

/** PostgreSQL's own errors, as far as they decide an answer. */
export interface DatabaseError extends Error {
  readonly code: string;
  readonly constraint?: string;
}

export const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^[0-9A-Z]{5}$/.test(error.code);
