import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PGlite } from '@electric-sql/pglite' with { 'resolution-mode': 'import' };

import type { Packages } from '../packages.js';

/** The role whose rights all requests have: row-level security shows it the rows of its tenant only. */
export const tenantRole = 'logto_tenant_logto_default';

/**
 * Creates Logto's tables with their constraints, triggers and policies.
 *
 * @see packages/cli/src/commands/database/seed/tables.ts in logto-io/logto
 */
export async function createTables(pglite: PGlite, packages: Packages): Promise<void> {
  const files = await readTableFiles(packages.tablesFolder);
  const lifecycle = (moment: string, table = ''): string =>
    (files.get(`_${moment}`) ?? '')
      .replaceAll('${name}', table)
      .replaceAll('${database}', 'logto')
      .replaceAll('${password}', '');
  const tables = [['tenants', packages.tenantsTable] as const, ...files]
    .filter(([table]) => !['_before_all', '_after_all', '_after_each'].includes(table))
    .sort(([, first], [, second]) => orderOf(first) - orderOf(second));

  await pglite.exec(lifecycle('before_all'));
  for (const [table, statements] of tables) {
    await pglite.exec(statements);
    if (!statements.includes('/* no_after_each */')) await pglite.exec(lifecycle('after_each', table));
  }
  await pglite.exec(lifecycle('after_all'));
  await pglite.exec(`
    create role ${tenantRole} with inherit login in role logto_tenant_logto;
    insert into tenants (id, db_user) values ('default', '${tenantRole}');
    grant maintain on all tables in schema public to ${tenantRole};`);
  await makeTimesDistinct(pglite);
}

async function readTableFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return new Map(
    await Promise.all(
      names.map(
        async (name) => [name.slice(0, -'.sql'.length), await readFile(join(folder, name), 'utf8')] as const,
      ),
    ),
  );
}

const orderOf = (statements: string): number =>
  Number(/\/\*\s*init_order\s*=\s*([\d.]+)\s*\*\//.exec(statements)?.[1] ?? Infinity);

/**
 * Lets every creation have a time of its own. PostgreSQL's clock counts microseconds, which orders what is
 * created one after the other; in WebAssembly it stands still for a millisecond.
 */
async function makeTimesDistinct(pglite: PGlite): Promise<void> {
  await pglite.exec(`
    create sequence emulator_clock;
    create function emulator_now() returns timestamptz security definer as $$
    declare
      earliest bigint := nextval('emulator_clock');
      actual bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
    begin
      if actual > earliest then
        perform setval('emulator_clock', actual);
        return to_timestamp(actual / 1000000.0);
      end if;
      return to_timestamp(earliest / 1000000.0);
    end; $$ language plpgsql;
    do $$
    declare place record;
    begin
      for place in
        select table_name from information_schema.columns
        where table_schema = 'public' and column_name = 'created_at' and column_default = 'now()'
      loop
        execute format('alter table %I alter created_at set default emulator_now()', place.table_name);
      end loop;
    end; $$;`);
}
