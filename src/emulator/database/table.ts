import { type Queries } from './database.js';
import { NothingDeleted, NothingUpdated } from './errors.js';
import { RequestError } from '../http/request-error.js';
import { among, empty, join, name, sql, when, type Sql, type SqlValue } from './sql.js';

/** The part of a generated schema of `@logto/schemas` that queries use. */
export interface Entity<Row> {
  readonly table: string;
  readonly tableSingular: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly fieldKeys: readonly string[];
  readonly guard: { parse(value: unknown): Row };
}

/** JSON columns are overwritten (`replace`) or merged at their top level (`merge`). */
export type JsonMode = 'replace' | 'merge';

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

export interface KeywordSearch {
  readonly fields: readonly string[];
  readonly keyword: string;
}

export interface Selection {
  readonly slice?: Slice | undefined;
  readonly search?: KeywordSearch | undefined;
  readonly orderBy?: Sql;
}

/** The queries that Logto has for every table. */
export interface Table<Row> {
  readonly entity: Entity<Row>;
  findById(id: string): Promise<Row>;
  findByIds(ids: readonly string[]): Promise<readonly Row[]>;
  /** All rows that match; in heap order unless the condition says otherwise. */
  select(condition?: Sql): Promise<readonly Row[]>;
  selectOne(condition: Sql): Promise<Row | undefined>;
  count(condition?: Sql): Promise<number>;
  list(selection: Selection): Promise<readonly Row[]>;
  countMatches(search?: KeywordSearch): Promise<number>;
  insert(row: object): Promise<Row>;
  insertMany(rows: readonly object[], conflict?: Sql): Promise<readonly Row[]>;
  update(where: object, set: object, mode: JsonMode): Promise<Row>;
  updateById(id: string, set: object, mode?: JsonMode): Promise<Row>;
  deleteById(id: string): Promise<void>;
  delete(condition: Sql): Promise<number>;
}

/** Columns that the database fills; an insert never names them (`autoSetFields` in packages/core/src/utils/sql.ts). */
const filledByDatabase = new Set(['tenantId', 'createdAt', 'updatedAt']);

export function tableOf<Row>(queries: Queries, entity: Entity<Row>): Table<Row> {
  const table = name(entity.table);
  const columns = columnsOf(entity);
  const table_: Table<Row> = {
    entity,
    async findById(id) {
      const row = await table_.selectOne(sql`where id = ${id}`);
      if (row === undefined) throw notExistsWithId(entity.table, id);
      return row;
    },
    findByIds: (ids) => table_.select(sql`where id ${among(ids)}`),
    async select(condition = empty) {
      return (await queries.query<Row>(sql`select ${columns} from ${table} ${condition}`)).rows;
    },
    async selectOne(condition) {
      return (await table_.select(condition))[0];
    },
    async count(condition = empty) {
      const { rows } = await queries.query<{ count: number }>(
        sql`select count(*) from ${table} ${condition}`,
      );
      return rows[0]?.count ?? 0;
    },
    list: ({ slice, search, orderBy = empty }) =>
      table_.select(sql`${searchCondition(entity, search)} ${orderBy} ${sliceOf(slice)}`),
    countMatches: (search) => table_.count(searchCondition(entity, search)),
    async insert(row) {
      const keys = entity.fieldKeys.filter((key) => key in row && !filledByDatabase.has(key));
      const values = keys.map((key) => toSql(key, (row as Record<string, unknown>)[key] ?? null));
      const { rows } = await queries.query<Row>(
        sql`insert into ${table} (${join(keys.map((key) => columnOf(entity, key)))}) values (${join(values)}) returning *`,
      );
      return rows[0] as Row;
    },
    async insertMany(rows, conflict = empty) {
      const keys = entity.fieldKeys.filter(
        (key) => rows.some((row) => key in row) && !filledByDatabase.has(key),
      );
      const tuples = rows.map((row) => {
        const values = keys.map((key) =>
          key in row ? toSql(key, (row as Record<string, unknown>)[key] ?? null) : sql`default`,
        );
        return sql`(${join(values)})`;
      });
      const names = join(keys.map((key) => columnOf(entity, key)));
      const inserted = await queries.query<Row>(
        sql`insert into ${table} (${names}) values ${join(tuples)} ${conflict} returning *`,
      );
      return inserted.rows;
    },
    async update(where, set, mode) {
      const assignments = join(assignmentsOf(entity, set, mode));
      const conditions = join(assignmentsOf(entity, where, 'replace'), ' and ');
      const { rows } = await queries.query<Row>(
        sql`update ${table} set ${assignments} where ${conditions} returning *`,
      );
      const [row] = rows;
      if (row === undefined) throw new NothingUpdated(entity.tableSingular);
      return row;
    },
    updateById: (id, set, mode = 'replace') => table_.update({ id }, set, mode),
    async deleteById(id) {
      if ((await table_.delete(sql`where id = ${id}`)) < 1) throw new NothingDeleted(entity.table);
    },
    async delete(condition) {
      return (await queries.query(sql`delete from ${table} ${condition}`)).rowCount;
    },
  };
  return table_;
}

export const notExistsWithId = (table: string, id: string): RequestError =>
  new RequestError('entity.not_exists_with_id', { status: 404, words: { name: table, id } });

/** The columns of a table for a `select`, optionally told apart by the table's name. */
export const columnsOf = (entity: Pick<Entity<unknown>, 'table' | 'fields'>, prefixed = false): Sql =>
  join(Object.values(entity.fields).map((column) => (prefixed ? name(entity.table, column) : name(column))));

const columnOf = (entity: Entity<unknown>, key: string): Sql => name(entity.fields[key] ?? key);

export const sliceOf = (slice: Slice | undefined): Sql =>
  // Logto leaves out a limit or offset of zero.
  slice === undefined
    ? empty
    : sql`${when(slice.limit, () => sql`limit ${slice.limit}`)} ${when(slice.offset, () => sql`offset ${slice.offset}`)}`;

function searchCondition(entity: Entity<unknown>, search: KeywordSearch | undefined): Sql {
  if (search === undefined) return empty;
  const matches = search.fields.map(
    (field) => sql`${name(entity.table, entity.fields[field] ?? field)} ilike ${`%${search.keyword}%`}`,
  );
  return sql`where (${join(matches, ' or ')})`;
}

function assignmentsOf(entity: Entity<unknown>, set: object, mode: JsonMode): readonly Sql[] {
  return Object.entries(set)
    .filter(([key, value]) => entity.fieldKeys.includes(key) && value !== undefined)
    .map(([key, value]: [string, unknown]) => {
      const column = columnOf(entity, key);
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return mode === 'merge' && isObject
        ? sql`${column} = coalesce(${column}, '{}'::jsonb) || ${toSql(key, value)}`
        : sql`${column} = ${toSql(key, value)}`;
    });
}

/**
 * A value as Logto writes it: JSON as text, numbers of time columns as epoch milliseconds, and an empty string as null.
 *
 * @see packages/core/src/utils/sql.ts in logto-io/logto: convertToPrimitiveOrSql
 */
export function toSql(key: string, value: unknown): Sql | SqlValue {
  if (value === null || value === '') return null;
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'number' && (key.endsWith('At') || key.endsWith('_at') || key === 'date')) {
    return sql`to_timestamp(${value}::double precision / 1000)`;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError(`Cannot convert ${key} to a value of the database`);
}
