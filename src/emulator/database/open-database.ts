import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { PGliteOptions } from '@electric-sql/pglite' with { 'resolution-mode': 'import' };

import type { Packages } from '../packages.js';
import { tenantRole } from './create-tables.js';
import { databaseOver, parsers, type Database } from './database.js';
import { preparedDump } from './prepared-dump.js';
import { Statements } from './statements.js';

/** Opens the database in memory, or in a folder that keeps it; a new one holds a fresh tenant. */
export async function openDatabase(
  packages: Packages,
  dataDirectory: string | undefined,
  cacheDirectory: string | undefined,
): Promise<Database> {
  if (dataDirectory !== undefined) {
    await mkdir(dataDirectory, { recursive: true });
    if (existsSync(join(dataDirectory, 'PG_VERSION'))) {
      return await open(packages, { dataDir: dataDirectory }, false);
    }
  }
  const place = dataDirectory === undefined ? {} : { dataDir: dataDirectory };
  const archive = await preparedDump(packages, cacheDirectory);
  try {
    return await open(packages, { ...place, loadDataDir: archive.content }, true);
  } catch (error) {
    // What was kept may be damaged, or of a time when databases were prepared differently: it is made anew, once.
    if (!archive.wasKept) throw error;
    if (dataDirectory !== undefined) await rm(dataDirectory, { recursive: true, force: true });
    const { content } = await preparedDump(packages, cacheDirectory, true);
    return await open(packages, { ...place, loadDataDir: content }, true);
  }
}

async function open(packages: Packages, place: PGliteOptions, isFresh: boolean): Promise<Database> {
  const pglite = await packages.pglite.PGlite.create({ ...place, parsers, relaxedDurability: true });
  // As Logto's own statements, which are planned each time: a plan that is kept would be one for a tenant without objects.
  await pglite.exec(
    `set plan_cache_mode = force_custom_plan; set role ${tenantRole}; select 1 from applications limit 1;`,
  );
  return databaseOver(pglite, new Statements(pglite, packages.pglite.protocol), isFresh);
}
