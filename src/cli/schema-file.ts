import { join } from 'node:path';

export const schemaNames = [
  'manifest',
  'plan',
  'apply',
  'drift',
  'drift-tenants',
  'validate',
  'graph',
  'diff',
  'doctor',
] as const;
type SchemaName = (typeof schemaNames)[number];

/** The file of the package that holds a schema. */
export const schemaFile = (name: SchemaName): string =>
  join(__dirname, '..', '..', 'schema', `${name}.schema.json`);
