import type { Edit, Wording } from './edit.js';
import type { Intention, Obstacle, Obstacles } from './obstacles.js';
import type { Splice } from './splice.js';
import type { Style } from './style.js';

/** The edit of one document, under way. */
export interface Editing {
  readonly text: string;
  readonly style: Style;
  readonly wording: Wording;
  readonly obstacles: Obstacles;
  /** The map at the top has sections. */
  readonly hasSections: boolean;
  /** What is to be done to the text; filled in. */
  readonly splices: Splice[];
  /** Told of an edit that something stands in the way of. */
  readonly onObstacle: (of: Edit, obstacle: Obstacle) => void;
}

/** Tells of what stands in the way, if anything does. */
export function isBlocked(editing: Editing, of: Edit, obstacle: Obstacle | undefined): boolean {
  if (obstacle) editing.onObstacle(of, obstacle);
  return obstacle !== undefined;
}

/** What is meant with a value that goes. */
export const removalBy = ({ isDeletion }: Edit): Intention => (isDeletion ? 'delete' : 'remove');
