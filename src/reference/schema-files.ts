import { manifestSchema } from '../manifest/manifest-schema.js';

/** What lies in `schema/` about manifests, by file name. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map([['manifest.schema.json', `${JSON.stringify(manifestSchema(), null, 2)}\n`]]);
