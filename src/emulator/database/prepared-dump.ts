import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import type { Packages } from '../packages.js';
import { createTables } from './create-tables.js';
import { parsers } from './database.js';
import { makeFreshTenant } from './fresh-tenant.js';

/** A database as an archive to load. */
export interface PreparedDump {
  readonly content: Blob;
  /** It was found in a cache folder, and not made now. */
  readonly wasKept: boolean;
}

/**
 * A database with all tables and a fresh tenant: made once, then kept in a cache folder, because making it takes
 * seconds.
 *
 * @param isRemade does without what is kept, and replaces it
 */
export async function preparedDump(
  packages: Packages,
  cacheDirectory: string | undefined,
  isRemade = false,
): Promise<PreparedDump> {
  const fileName = `emulator-${packages.versions}-${await digestOfPreparation()}.tar.gz`;
  const folders = cacheDirectory === undefined ? defaultFolders() : [cacheDirectory];
  for (const folder of isRemade ? [] : folders) {
    const content = await readArchive(join(folder, fileName));
    if (content !== undefined) return { content, wasKept: true };
  }
  const archive = await makeDump(packages);
  const compressed = gzipSync(archive, { level: 1 });
  for (const folder of folders) {
    if (!(await writeArchive(join(folder, fileName), compressed))) continue;
    await removeOldArchives(folder);
    break;
  }
  return { content: new Blob([archive]), wasKept: false };
}

/** What prepares a database. Whoever changes one of these files prepares it differently. */
const preparation = [
  'create-tables',
  'fresh-tenant',
  'prepared-dump',
  'table',
  '../oidc/new-key',
  '../tenant',
];

async function digestOfPreparation(): Promise<string> {
  const hash = createHash('sha256');
  const extension = extname(__filename);
  for (const name of preparation) hash.update(await readFile(join(__dirname, name + extension)));
  return hash.digest('hex').slice(0, 8);
}

const defaultFolders = (): readonly string[] => [
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'logto-iac'),
  join(tmpdir(), 'logto-iac'),
];

async function readArchive(path: string): Promise<Blob | undefined> {
  try {
    const archive = gunzipSync(await readFile(path));
    return isWholeTar(archive) ? new Blob([archive]) : undefined;
  } catch {
    // Not there, or damaged: it is made anew.
    return undefined;
  }
}

/** PGlite ends the process when it is given something else. A tar names its format, and ends with two empty blocks. */
const isWholeTar = (archive: Buffer): boolean =>
  archive.toString('latin1', 257, 262) === 'ustar' && archive.subarray(-1024).every((byte) => byte === 0);

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

const week = 7 * 24 * 60 * 60 * 1000;

/** Archives of other versions, and what a start left behind that was killed; those that may be in use are left alone. */
async function removeOldArchives(folder: string): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const isOld = name.startsWith('emulator-') && Date.now() - (await stat(path)).mtimeMs > week;
      if (isOld) await rm(path, { force: true });
    }
  } catch {
    // Another start removed it at the same moment, or the folder cannot be read: it stays as it is.
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
