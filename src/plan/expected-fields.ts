import { pick, type JsonObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';

/**
 * What a deletion expects to find, of these fields. Links are no part of the object; and what another object may take away is left out: this very plan may
 * make another API resource the default one.
 */
export const expectedFields = (kind: Kind, fields: JsonObject, names: readonly string[]): JsonObject =>
  pick(
    fields,
    names.filter((name) => !kind.fields[name]?.exclusive && !kind.fields[name]?.relation),
  );
