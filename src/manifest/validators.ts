import type { ValidateFunction } from 'ajv';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(__filename);

/** What the build compiled: beside the folder of this file, and beside that of the bundled command line. */
const folder = join(__dirname, '..', 'validators');

const validators = new Map<string, ValidateFunction>();

/**
 * The validator of one of the checked schemas. The build has compiled it already, because loading the compiler and
 * compiling takes as long as everything else that a small manifest needs; only sources that are run as they are compile.
 */
export function validatorOf(name: string): ValidateFunction {
  const existing = validators.get(name);
  if (existing) return existing;
  const file = join(folder, `${name}.js`);
  const validate = existsSync(file) ? (load(file) as ValidateFunction) : compile(name);
  validators.set(name, validate);
  return validate;
}

function compile(name: string): ValidateFunction {
  const { compileSchema } = load('./compile-schema.js') as typeof import('./compile-schema.js');
  return compileSchema(name);
}
