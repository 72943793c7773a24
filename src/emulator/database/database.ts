import type { PGlite } from '@electric-sql/pglite' with { 'resolution-mode': 'import' };

import { raw, type Sql } from './sql.js';
import type { Result, Statements } from './statements.js';

/** The part of a database that queries need: the whole of it, or one transaction. */
export interface Queries {
  query<Row>(statement: Sql): Promise<Result<Row>>;
  /** Runs the work in a transaction of its own; inside one, in that one. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
}

export interface Database extends Queries {
  /** Runs work that no other query may see unfinished: the others wait. */
  exclusively<T>(work: (pglite: PGlite) => Promise<T>): Promise<T>;
  /** Whether anything may have been written since this was opened, or since it was last called unchanged. */
  isChanged(): boolean;
  markUnchanged(): void;
  close(): Promise<void>;
}

const isReading = ({ texts: [start = ''] }: Sql): boolean => /^\s*select\b/.test(start);

/**
 * PGlite as a database whose rows are keyed as Logto's entities are and whose transactions never mix.
 *
 * @param isFresh it holds a fresh tenant, in which nothing was changed
 */
export function databaseOver(pglite: PGlite, statements: Statements, isFresh: boolean): Database {
  let barrier: Promise<unknown> = Promise.resolve();
  let isChanged = !isFresh;
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = barrier.then(work);
    barrier = result.catch(() => undefined);
    return result;
  };
  return {
    isChanged: () => isChanged,
    markUnchanged() {
      isChanged = false;
    },
    async query<Row>(statement: Sql) {
      await barrier;
      if (!isReading(statement)) isChanged = true;
      return statements.run<Row>(statement);
    },
    transaction: (work) =>
      exclusively(async () => {
        isChanged = true;
        statements.run(raw('begin'));
        try {
          const result = await work(within(statements));
          statements.run(raw('commit'));
          return result;
        } catch (error) {
          statements.run(raw('rollback'));
          throw error;
        }
      }),
    exclusively: (work) => exclusively(() => work(pglite)),
    close: () => pglite.close(),
  };
}

/** One transaction as the queries of a database, for work that holds it already. */
export const within = (statements: Statements): Queries => {
  const queries: Queries = {
    // As a promise also where it is refused.
    query: async (statement) => Promise.resolve(statements.run(statement)),
    transaction: (work) => work(queries),
  };
  return queries;
};

/**
 * How values are read. Logto reads `bigint` as a number and a timestamp as epoch milliseconds.
 *
 * @see packages/core/src/database in logto-io/logto: slonik's type parsers
 */
export const parsers: Record<number, (text: string) => unknown> = {
  20: Number,
  1082: (text) => text,
  1114: (text) => Date.parse(`${text}Z`),
  1184: (text) => Date.parse(text),
};
