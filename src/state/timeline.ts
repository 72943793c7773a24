import type { TenantObject } from '../kinds/kind.js';
import { endOf, type Rotation } from '../kinds/rotation.js';

/** One of those that follow each other: `main`, `main:2`, … */
export interface Generation {
  readonly number: number;
  readonly address: string;
  readonly name: string;
  /** What the tenant holds; undefined where the ledger knows of it and it is gone. */
  readonly object?: TenantObject;
}

/** One whose time is over, or will be. */
export interface Ending {
  readonly generation: Generation;
  /** The one that took its place. */
  readonly follower: Generation;
  /** Epoch milliseconds: its overlap is over then. */
  readonly at: number;
}

/** What is to be at one moment of those that follow each other. */
export interface Timeline {
  /** The newest that there is, or was until somebody deleted it; undefined before the first. */
  readonly newest: Generation | undefined;
  /** When it has to be followed by another: epoch milliseconds. Infinity where nothing says when. */
  readonly dueAt: number;
  /** Older ones that stay for now. */
  readonly ending: readonly Ending[];
  /** Older ones whose time is over. */
  readonly ended: readonly Ending[];
}

/**
 * What a rotation comes to. Pure: hangs on nothing but what Logto tells, and on the time.
 *
 * @param generations by their number
 * @param now epoch milliseconds, by the server's clock
 */
export function timelineOf(generations: readonly Generation[], rotation: Rotation, now: number): Timeline {
  const newest = generations.at(-1);
  const there = generations.filter(({ object }) => object !== undefined);
  const endings = there.flatMap((generation, index): readonly Ending[] => {
    const follower = there[index + 1];
    // As long as the newest is gone and not made again, nothing has taken its place.
    if (!follower) return [{ generation, follower: newest ?? generation, at: Infinity }];
    return [{ generation, follower, at: madeAt(follower) + rotation.overlap }];
  });
  const older = endings.filter(({ generation }) => generation !== newest);
  return {
    newest,
    dueAt: newest?.object ? dueAt(newest, rotation) : Infinity,
    ending: older.filter(({ at }) => now < at),
    ended: older.filter(({ at }) => now >= at),
  };
}

/** Where Logto did not tell when, nothing is ever due, rather than at every apply. */
const madeAt = ({ object }: Generation): number => object?.createdAt ?? Infinity;

/** One that ends by itself is followed early enough for its overlap. */
function dueAt(newest: Generation, { every, overlap }: Rotation): number {
  return Math.min(madeAt(newest) + every, endOf(newest.object?.fields ?? {}) - overlap);
}
