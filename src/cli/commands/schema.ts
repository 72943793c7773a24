import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import { exitCode, type ExitCode } from '../exit-code.js';

const documents = {
  manifest: 'manifest.schema.json',
  plan: 'plan.schema.json',
  diff: 'diff.schema.json',
} as const;

/** The file of the package that holds a schema. */
export const schemaFile = (name: keyof typeof documents): string =>
  join(__dirname, '..', '..', '..', 'schema', documents[name]);

/** Prints a JSON Schema. */
export async function schema(_flags: unknown, which: string | undefined): Promise<ExitCode> {
  if (which !== 'manifest' && which !== 'plan' && which !== 'diff') {
    throw new UsageError(
      `there is no schema of "${which ?? ''}"`,
      'write `schema manifest`, `schema plan` or `schema diff`',
    );
  }
  process.stdout.write(await readFile(schemaFile(which), 'utf8'));
  return exitCode.done;
}
