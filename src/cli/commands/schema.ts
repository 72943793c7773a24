import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import { exitCode, type ExitCode } from '../exit-code.js';

const names = ['manifest', 'plan', 'apply', 'drift', 'validate', 'graph'] as const;
type SchemaName = (typeof names)[number];

/** The file of the package that holds a schema. */
export const schemaFile = (name: SchemaName): string =>
  join(__dirname, '..', '..', '..', 'schema', `${name}.schema.json`);

/** Prints a JSON Schema. */
export async function schema(_flags: unknown, which: string | undefined): Promise<ExitCode> {
  const name = names.find((known) => known === which);
  if (name === undefined) {
    throw new UsageError(`there is no schema of "${which ?? ''}"`, `the schemas are ${names.join(', ')}`);
  }
  process.stdout.write(await readFile(schemaFile(name), 'utf8'));
  return exitCode.done;
}
