import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';

/**
 * Writes a file whole or not at all: beside it first, then renamed. What is no regular file, such as a pipe, is written to
 * as it is.
 *
 * @param options `mode` as for chmod, of a file that is made anew
 * @throws {UsageError} the file cannot be written
 */
export async function writeWholeFile(
  path: string,
  text: string,
  options: { mode?: number } = {},
): Promise<void> {
  try {
    const { target, isFile } = await placeOf(path);
    if (isFile) await replace(target, text, options.mode ?? 0o666);
    else await writeFile(target, text);
  } catch (cause) {
    throw new UsageError(`cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

async function replace(target: string, text: string, mode: number): Promise<void> {
  const beside = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text, { mode, flag: 'wx' });
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
}

export async function placeOf(path: string): Promise<Place> {
  // A pipe behind /dev/stdout has no path of its own, and is there all the same.
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  return { target, isFile: found?.isFile() ?? true, isFolder: found?.isDirectory() ?? false };
}
