import type { JsonObject } from '../json.js';
import type { Resource } from '../state/resource.js';
import { placeOf, walk, type LocatedEntry } from './located.js';
import { rangeOf, type Place } from './source-text.js';
import type { SourceRange } from '../errors.js';

/** A resource together with where it is written. */
export interface Declared {
  readonly resource: Resource;
  /** Its key and its spec, children included. */
  readonly entry: LocatedEntry;
  /** Fields whose value is wrong or unknown, so that no rule can be applied to them. */
  readonly wrongFields: ReadonlySet<string>;
}

/** By address, in the order of the desired state. */
export type Declarations = ReadonlyMap<string, Declared>;

/** The place of a field, or of the nearest thing around it that is written. */
export function placeIn({ entry }: Declared, path: readonly string[]): Place {
  if (path.length === 0) return entry.key;
  const step = walk(entry, path);
  return step.found ? placeOf(step) : step.key;
}

export const rangeIn = (declared: Declared, path: readonly string[]): SourceRange =>
  rangeOf(placeIn(declared, path));

/** What rules may rely on: the stated fields without those that are wrong already. */
export function soundFields({ resource, wrongFields }: Declared): JsonObject {
  if (wrongFields.size === 0) return resource.fields;
  return Object.fromEntries(Object.entries(resource.fields).filter(([name]) => !wrongFields.has(name)));
}
