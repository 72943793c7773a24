import { Ajv, type ValidateFunction } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { checkedSchemas } from './checked-schemas.js';

const compiler = makeCompiler();

/** The validator of a schema in {@link checkedSchemas}. */
export function compileSchema(name: string): ValidateFunction {
  const schema = checkedSchemas.get(name);
  if (!schema) throw new Error(`there is no schema "${name}"`);
  return compiler.compile(schema());
}

/** The same as the source of a CommonJS module, which needs nothing but itself. */
export const validatorSource = (name: string): string => standaloneCode(compiler, compileSchema(name));

function makeCompiler(): Ajv {
  // `unicode: false` counts UTF-16 units, as Logto does. Ajv calls the option deprecated, hence no logger.
  const made = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    unicode: false,
    logger: false,
    code: { source: true },
  });
  made.addVocabulary(['patternErrorMessage', 'insteadOfNull', 'usually', 'keyField']);
  return made;
}
