import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.js';
import { textBefore, writeFiles } from './write-files.js';

/**
 * Writes files into a folder, all of them or none: a folder that is not there is made beside and then renamed; in one
 * that is there every file is written beside its place before the first of them is put there.
 *
 * @param files path relative to the folder → text
 * @throws {UsageError} it cannot be written; nothing has changed
 */
export async function writeFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  try {
    if (existsSync(folder)) writeInto(folder, files);
    else await writeNew(folder, files);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`cannot write ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

async function writeNew(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const beside = `${folder.replace(/[\\/]+$/, '')}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    for (const [path, text] of files) await put(join(beside, path), text);
    await rename(beside, folder);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

function writeInto(folder: string, files: ReadonlyMap<string, string>): void {
  const changes = [...files].map(([name, text]) => {
    const path = join(folder, name);
    return { path, text, before: textBefore(path) };
  });
  writeFiles(changes);
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
}
