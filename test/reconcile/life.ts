import type { Json, JsonObject } from '../../src/json';

/** A resource of each kind with every field that can be stated, and for each field another value. */
export interface Life {
  readonly section: string;
  readonly key: string;
  /** What the resource refers to. */
  readonly surroundings: JsonObject;
  readonly full: JsonObject;
  /** By path; a value that differs from `full` and is as valid. */
  readonly changes: Readonly<Record<string, Json>>;
  /** Fields that cannot be set on this resource, and why. */
  readonly leftOut?: Readonly<Record<string, string>>;
}
