import { readFile } from 'node:fs/promises';
import { UsageError } from '../../errors.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { schemaFile } from '../schema-file.js';

/** Prints a JSON Schema. */
export async function schema(_flags: unknown, which: string | undefined): Promise<ExitCode> {
  if (which !== 'manifest' && which !== 'plan') {
    throw new UsageError(
      `there is no schema of "${which ?? ''}"`,
      'write `schema manifest` or `schema plan`',
    );
  }
  process.stdout.write(await readFile(schemaFile(which), 'utf8'));
  return exitCode.done;
}
