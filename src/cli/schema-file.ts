import { join } from 'node:path';

const documents = { manifest: 'manifest.schema.json', plan: 'plan.schema.json' } as const;

/** The file of the package that holds a schema. */
export const schemaFile = (name: keyof typeof documents): string =>
  join(__dirname, '..', '..', 'schema', documents[name]);
