import { join, name, sql, type Sql } from './sql.js';

export type MatchMode = 'exact' | 'like' | 'similar_to' | 'posix';

export interface Match {
  readonly mode: MatchMode;
  /** Without a field, all searchable columns are looked at. */
  readonly field?: string;
  readonly values: readonly string[];
}

/** A search as the query of a list asks for it. */
export interface Search {
  readonly matches: readonly Match[];
  readonly joint: 'and' | 'or';
  readonly isCaseSensitive: boolean;
}

/**
 * The condition of a search, or nothing when it asks for nothing.
 *
 * @throws {TypeError} the search cannot be made; Logto uses this class, and the routes decide what it means
 * @see packages/core/src/utils/search.ts in logto-io/logto: buildConditionsFromSearch
 */
export function searchConditionOf(
  search: Search,
  columns: readonly string[],
  table?: string,
): Sql | undefined {
  if (search.matches.length === 0) return undefined;
  const conditions = search.matches.map((match) => {
    const field = match.field === undefined ? undefined : snakeCase(match.field);
    if (field !== undefined && !columns.includes(field)) {
      throw new TypeError(`Search field \`${field}\` is not valid, expect one of ${columns.join(', ')}.`);
    }
    const searched = field === undefined ? columns : [field];
    return sql`(${join(
      searched.map((column) => conditionOf(match, search.isCaseSensitive, column, table)),
      ' or ',
    )})`;
  });
  return join(conditions, ` ${search.joint} `);
}

function conditionOf(
  { mode, values }: Match,
  isCaseSensitive: boolean,
  columnName: string,
  table?: string,
): Sql {
  const column = table === undefined ? name(columnName) : name(table, columnName);
  const isLowerCased = !isCaseSensitive && mode === 'exact';
  const sought = isLowerCased ? values.map((value) => value.toLowerCase()) : values;
  const value = sought.length === 1 ? sql`${sought[0] ?? ''}` : sql`any(${sought}::varchar[])`;
  return sql`${isLowerCased ? sql`lower(${column})` : column} ${operatorOf(mode, isCaseSensitive)} ${value}`;
}

function operatorOf(mode: MatchMode, isCaseSensitive: boolean): Sql {
  switch (mode) {
    case 'exact':
      return sql`=`;
    case 'like':
      return isCaseSensitive ? sql`~~` : sql`~~*`;
    case 'similar_to':
      if (!isCaseSensitive) throw new TypeError('Cannot use case-insensitive match for `similar to`.');
      return sql`similar to`;
    case 'posix':
      return isCaseSensitive ? sql`~` : sql`~*`;
  }
}

const snakeCase = (camelCase: string): string =>
  camelCase.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
