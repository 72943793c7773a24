import type fc from 'fast-check';
import type { Json, JsonObject } from '../../src/json';
import type { Referable } from './values';

/** One resource of a kind, in one of the shapes that the kind has, and how its fields may change. */
export interface Life {
  /** Its kind: `applications`, or `applications.secrets`. */
  readonly kind: string;
  /** Which of its shapes, for the name of the test. */
  readonly shape?: string;
  /** The keys on the way to it: `['worker']`, `['worker', 'spare']`; none for a singleton. */
  readonly keys: readonly string[];
  /** What is declared beside it: sections of a manifest. What holds a child is among it. */
  readonly surroundings: JsonObject;
  readonly referable: Referable;
  /** What it is at first: everything that can be stated of this shape, or what has to be. */
  readonly full: JsonObject;
  /** Fields, by path, that this shape does not have or that another life changes. */
  readonly without?: readonly string[];
  /**
   * Values of a field, by path, where its declaration alone does not say what Logto takes together. One of them is
   * lived; of a list each, in turn.
   */
  readonly values?: Readonly<Record<string, fc.Arbitrary<Json> | readonly Json[]>>;
  /** Lists, by path, that Logto does not let be empty. */
  readonly neverEmpty?: readonly string[];
}
