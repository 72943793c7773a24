import { readFile } from 'node:fs/promises';
import { UsageError } from '../../errors.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { schemaFile, schemaNames } from '../schema-file.js';

/** Prints a JSON Schema. */
export async function schema(_flags: unknown, which: string | undefined): Promise<ExitCode> {
  const name = schemaNames.find((known) => known === which);
  if (name === undefined) {
    throw new UsageError(
      `there is no schema of "${which ?? ''}"`,
      `the schemas are ${schemaNames.join(', ')}`,
    );
  }
  process.stdout.write(await readFile(schemaFile(name), 'utf8'));
  return exitCode.done;
}
