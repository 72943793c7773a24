import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import type { Packages } from '../packages.js';
import { createTables } from './create-tables.js';
import { parsers } from './database.js';
import { makeFreshTenant } from './fresh-tenant.js';

/** Changes whenever this code prepares the database differently. */
const layout = 2;

/**
 * A database with all tables and a fresh tenant, as an archive to load: made once, then kept in a cache folder,
 * because making it takes seconds.
 */
export async function preparedDump(packages: Packages, cacheDirectory: string | undefined): Promise<Blob> {
  const fileName = `emulator-${packages.versions}-${layout}.tar.gz`;
  const folders = cacheDirectory === undefined ? defaultFolders() : [cacheDirectory];
  for (const folder of folders) {
    const archive = await readArchive(join(folder, fileName));
    if (archive !== undefined) return archive;
  }
  const archive = await makeDump(packages);
  const compressed = gzipSync(archive, { level: 1 });
  for (const folder of folders) {
    if (await writeArchive(join(folder, fileName), compressed)) break;
  }
  return new Blob([archive]);
}

const defaultFolders = (): readonly string[] => [
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'logto-iac'),
  join(tmpdir(), 'logto-iac'),
];

async function readArchive(path: string): Promise<Blob | undefined> {
  try {
    return new Blob([gunzipSync(await readFile(path))]);
  } catch {
    // Not there, or damaged: it is made anew.
    return undefined;
  }
}

async function writeArchive(path: string, content: Buffer): Promise<boolean> {
  const beside = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, content);
    await rename(beside, path);
    return true;
  } catch {
    // A folder that cannot be written costs time at the next start and nothing else.
    return false;
  }
}

async function makeDump(packages: Packages): Promise<Buffer> {
  const pglite = await packages.pglite.PGlite.create({ parsers });
  await createTables(pglite, packages);
  await makeFreshTenant(pglite, packages);
  await pglite.exec('checkpoint');
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  return Buffer.from(await dump.arrayBuffer());
}
