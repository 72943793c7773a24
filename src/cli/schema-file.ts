import { join } from 'node:path';

export const schemaNames = ['manifest', 'plan', 'apply', 'drift', 'validate', 'graph'] as const;

/** The file of the package that holds a schema. */
export const schemaFile = (name: (typeof schemaNames)[number]): string =>
  join(__dirname, '..', '..', 'schema', `${name}.schema.json`);
