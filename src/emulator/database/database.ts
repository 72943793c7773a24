import type { PGlite, Transaction } from '@electric-sql/pglite' with { 'resolution-mode': 'import' };

import type { Sql } from './sql.js';

export interface Result<Row> {
  readonly rows: readonly Row[];
  readonly rowCount: number;
}

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
export function databaseOver(pglite: PGlite, isFresh: boolean): Database {
  let barrier: Promise<unknown> = Promise.resolve();
  let isChanged = !isFresh;
  return {
    isChanged: () => isChanged,
    markUnchanged() {
      isChanged = false;
    },
    async query<Row>(statement: Sql) {
      await barrier;
      if (!isReading(statement)) isChanged = true;
      return run<Row>(pglite, statement);
    },
    async transaction(work) {
      await barrier;
      isChanged = true;
      // PGlite holds back every other query until the transaction has ended.
      return pglite.transaction((transaction) => work(within(transaction)));
    },
    exclusively(work) {
      const result = barrier.then(() => work(pglite));
      barrier = result.catch(() => undefined);
      return result;
    },
    close: () => pglite.close(),
  };
}

/** One transaction as the queries of a database, for work that holds it already. */
export const within = (transaction: Transaction): Queries => {
  const queries: Queries = {
    query: (statement) => run(transaction, statement),
    transaction: (work) => work(queries),
  };
  return queries;
};

async function run<Row>(connection: Pick<PGlite, 'query'>, statement: Sql): Promise<Result<Row>> {
  const text = statement.texts.reduce((whole, part, index) => `${whole}$${index}${part}`);
  const { rows, affectedRows } = await connection.query<Record<string, unknown>>(text, [...statement.values]);
  return { rows: rows.map(camelCaseKeys) as Row[], rowCount: affectedRows ?? rows.length };
}

const camelCaseKeys = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [camelCase(key), value]));

const camelCased = new Map<string, string>();

export function camelCase(snakeCase: string): string {
  let cased = camelCased.get(snakeCase);
  if (cased === undefined) {
    cased = snakeCase.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    camelCased.set(snakeCase, cased);
  }
  return cased;
}

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
