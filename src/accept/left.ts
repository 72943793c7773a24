import type { Problem } from '../errors.js';

/** A difference that was not taken over, and why. */
export interface Left {
  readonly address: string;
  /** The field; empty for a whole resource. */
  readonly path: readonly string[];
  readonly problem: Problem;
}
