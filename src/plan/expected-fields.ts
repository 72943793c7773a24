import { pick, type JsonObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';

/**
 * What a deletion expects to find, of these fields. Links and parts are not in the object itself; and what another object
 * may take away is left out: this very plan may make another API resource the default one.
 */
export const expectedFields = (kind: Kind, fields: JsonObject, names: readonly string[]): JsonObject =>
  pick(
    fields,
    names.filter((name) => {
      const field = kind.fields[name];
      return field && !field.exclusive && !field.relation && !field.creationOnly && !kind.parts?.[name];
    }),
  );
