import { rename, rm, writeFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';

/**
 * Writes a file whole or not at all: beside it first, then renamed.
 *
 * @param options `mode` as for chmod; `keepExisting` refuses to write over a file
 * @throws {UsageError} the file cannot be written
 */
export async function writeWholeFile(
  path: string,
  text: string,
  options: { mode?: number } = {},
): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text, { mode: options.mode ?? 0o666, flag: 'wx' });
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new UsageError(`cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
