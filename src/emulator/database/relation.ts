import { type Queries } from './database.js';
import { NothingDeleted } from './errors.js';
import { join, name, sql, type Sql } from './sql.js';
import { columnsOf, sliceOf, type Entity, type Slice } from './table.js';

/**
 * A table that links entities by their ids (columns `<entity>_id`).
 *
 * @see packages/core/src/utils/RelationQueries.ts in logto-io/logto
 */
export interface Relation {
  /** Adds links; those that exist are skipped. One id per entity, in the order of the entities. */
  insert(links: readonly (readonly string[])[]): Promise<void>;
  /** @throws {NothingDeleted} */
  delete(ids: readonly string[]): Promise<void>;
  exists(ids: readonly string[]): Promise<boolean>;
  /** The rows of one entity that are linked with the given ids of the others (keys: names of columns). */
  entities<Row>(entity: Entity<Row>, where: Record<string, string>, slice?: Slice): Promise<readonly Row[]>;
  countEntities(entity: Entity<unknown>, where: Record<string, string>): Promise<number>;
  /** Replaces all links of the first entity's row: delete, then insert, so that a duplicate is an error. */
  replace(firstId: string, secondIds: readonly string[]): Promise<void>;
  /** Replaces by writing only what differs, so that duplicates are fine and what hangs on kept links stays. */
  replaceWithDelta(firstId: string, secondIds: readonly string[]): Promise<void>;
}

export function relationOf(
  queries: Queries,
  table: string,
  ...entities: readonly [Entity<unknown>, Entity<unknown>, ...Entity<unknown>[]]
): Relation {
  const links = name(table);
  const columns = entities.map(idColumn);
  const [first, second] = entities;
  const firstColumn = name(idColumn(first));
  const secondColumn = name(idColumn(second));

  const matching = (ids: readonly string[]): Sql =>
    join(
      columns.map((column, index) => sql`${name(column)} = ${ids[index] ?? ''}`),
      ' and ',
    );
  const linkedTo = (entity: Entity<unknown>, where: Record<string, string>): Sql => sql`
    from ${links} join ${name(entity.table)} on ${name(table, idColumn(entity))} = ${name(entity.table)}.id
    where ${join(
      Object.entries(where).map(([column, id]) => sql`${name(column)} = ${id}`),
      ' and ',
    )}`;
  const replacing = <T>(firstId: string, work: (transaction: Queries) => Promise<T>): Promise<T> =>
    queries.transaction(async (transaction) => {
      await transaction.query(sql`select id from ${name(first.table)} where id = ${firstId} for update`);
      return work(transaction);
    });

  return {
    async insert(rows) {
      const tuples = rows.map((ids) => sql`(${join(ids)})`);
      await queries.query(
        sql`insert into ${links} (${join(columns.map((column) => name(column)))}) values ${join(tuples)} on conflict do nothing`,
      );
    },
    async delete(ids) {
      const { rowCount } = await queries.query(sql`delete from ${links} where ${matching(ids)}`);
      if (rowCount < 1) throw new NothingDeleted(table);
    },
    async exists(ids) {
      return (
        (await queries.query(sql`select 1 as found from ${links} where ${matching(ids)} limit 1`)).rows
          .length > 0
      );
    },
    async entities<Row>(entity: Entity<Row>, where: Record<string, string>, slice?: Slice) {
      return (
        await queries.query<Row>(
          sql`select ${columnsOf(entity, true)} ${linkedTo(entity, where)} ${sliceOf(slice)}`,
        )
      ).rows;
    },
    async countEntities(entity, where) {
      const { rows } = await queries.query<{ count: number }>(
        sql`select count(*) ${linkedTo(entity, where)}`,
      );
      return rows[0]?.count ?? 0;
    },
    replace: (firstId, secondIds) =>
      replacing(firstId, async (transaction) => {
        await transaction.query(sql`delete from ${links} where ${firstColumn} = ${firstId}`);
        if (secondIds.length === 0) return;
        await transaction.query(
          sql`insert into ${links} (${firstColumn}, ${secondColumn})
            values ${join(secondIds.map((secondId) => sql`(${firstId}, ${secondId})`))}`,
        );
      }),
    replaceWithDelta: (firstId, secondIds) =>
      replacing(firstId, async (transaction) => {
        const wanted = sql`select unnest(${secondIds}::varchar[])`;
        await transaction.query(
          sql`insert into ${links} (${firstColumn}, ${secondColumn})
            select ${firstId}, wanted.id from (${wanted} as id) as wanted
            where not exists (select 1 from ${links} where ${firstColumn} = ${firstId} and ${secondColumn} = wanted.id)
            on conflict do nothing`,
        );
        await transaction.query(
          sql`delete from ${links} where ${firstColumn} = ${firstId} and ${secondColumn} not in (${wanted})`,
        );
      }),
  };
}

const idColumn = (entity: Entity<unknown>): string => `${entity.tableSingular}_id`;
