import { chmod, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../errors.js';

/**
 * Writes a file whole or not at all: beside it first, then renamed. What is no regular file, such as a pipe, is written to
 * as it is.
 *
 * @param options `mode` as for chmod; without one, a file that is there keeps its own
 * @throws {UsageError} the file cannot be written
 */
export async function writeWholeFile(
  path: string,
  text: string,
  options: { mode?: number } = {},
): Promise<void> {
  try {
    const { target, isFile, mode } = await placeOf(path);
    if (isFile) await replace(target, text, options.mode ?? mode);
    // Where standard output is a file, what stands in it already is of somebody else.
    else await writeFile(target, text, { flag: 'a' });
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

async function replace(target: string, text: string, mode: number | undefined): Promise<void> {
  const beside = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text, { flag: 'wx', ...(mode !== undefined && { mode }) });
    // The umask has been taken off what a new file is made with.
    if (mode !== undefined) await chmod(beside, mode);
    await rename(beside, target);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}

/** Where a path leads to. */
export interface Place {
  /** What is written, not the link that leads to it. */
  readonly target: string;
  /** A regular file, or nothing yet. */
  readonly isFile: boolean;
  readonly isFolder: boolean;
  /** As for chmod; undefined where there is nothing yet. */
  readonly mode: number | undefined;
}

/**
 * Follows links; where nothing is there, or it cannot be seen, the path is that of a file to be made.
 *
 * @throws {UsageError} links lead in a circle
 */
export async function placeOf(path: string): Promise<Place> {
  // What /dev/stdout leads to is open already: a pipe without a path of its own, or a file that others write to as well.
  const isOpen = /^\/(?:dev|proc)\//.test(resolve(path));
  const target = isOpen ? path : await leadsTo(path);
  const found = await stat(target).catch(() => undefined);
  return {
    target,
    isFile: !isOpen && (found?.isFile() ?? true),
    isFolder: found?.isDirectory() ?? false,
    mode: found && found.mode & 0o7777,
  };
}

/** The end of all links, also where nothing is there yet. */
async function leadsTo(path: string): Promise<string> {
  let end = path;
  for (let links = 0; links <= mostLinks; links += 1) {
    const real = await realpath(end).catch(() => undefined);
    if (real !== undefined) return real;
    const next = await readlink(end).catch(() => undefined);
    if (next === undefined) return end;
    end = resolve(dirname(end), next);
  }
  throw new UsageError(`cannot write ${path}: its links lead in a circle`);
}

/** As many as Linux follows; links that lead in a circle have no end. */
const mostLinks = 40;
