import { kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';

/**
 * Steps of a later phase begin when all those before have ended, however they ended. What tells others of every change
 * (a webhook) goes before all other changes and comes after them, so that an apply makes no noise; deletes come last.
 */
export const phases = { deletedFirst: 0, declared: 1, declaredLast: 2, deleted: 3 } as const;

/** What refers to others is deleted before what is referred to; the order of the kinds says which is which. */
export function deletionPhase(kind: Kind): number {
  if (kind.comesLast) return phases.deletedFirst;
  const section = kind.name.split('.')[0];
  // Children that go alone and their former parents may go at once: neither refers to the other.
  return phases.deleted + kinds.length - 1 - kinds.findIndex(({ name }) => name === section);
}
