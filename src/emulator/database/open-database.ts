import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Packages } from '../packages.js';
import { tenantRole } from './create-tables.js';
import { databaseOver, parsers, type Database } from './database.js';
import { preparedDump } from './prepared-dump.js';

/** Opens the database in memory, or in a folder that keeps it; a new one holds a fresh tenant. */
export async function openDatabase(
  packages: Packages,
  dataDirectory: string | undefined,
  cacheDirectory: string | undefined,
): Promise<Database> {
  const isNew = dataDirectory === undefined || !existsSync(join(dataDirectory, 'PG_VERSION'));
  if (dataDirectory !== undefined) await mkdir(dataDirectory, { recursive: true });
  const pglite = await packages.pglite.PGlite.create({
    ...(dataDirectory === undefined ? {} : { dataDir: dataDirectory }),
    ...(isNew ? { loadDataDir: await preparedDump(packages, cacheDirectory) } : {}),
    parsers,
    relaxedDurability: true,
  });
  await pglite.exec(`set role ${tenantRole}`);
  return databaseOver(pglite);
}
