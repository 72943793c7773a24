import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
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
    else await writeFile(target, text);
  } catch (cause) {
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

/** Follows links; where nothing is there, or it cannot be seen, the path is that of a file to be made. */
export async function placeOf(path: string): Promise<Place> {
  // A pipe behind /dev/stdout has no path of its own, and is there all the same.
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  return {
    target,
    isFile: found?.isFile() ?? true,
    isFolder: found?.isDirectory() ?? false,
    mode: found && found.mode & 0o7777,
  };
}
