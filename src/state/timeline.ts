import type { TenantObject } from '../kinds/kind.js';
import { endOf, type Rotation } from '../kinds/rotation.js';
import type { Clocks } from './clocks.js';

/** One of those that follow each other: `main`, `main:2`, … */
export interface Generation {
  readonly number: number;
  readonly address: string;
  readonly name: string;
  /** What the tenant holds; undefined where the ledger knows of it and it is gone. */
  readonly object?: TenantObject;
  /** Somebody else has made it: nobody knows whether it has taken the place of anything. */
  readonly adopted?: true;
}

/** One whose time is over, or will be. */
export interface Ending {
  readonly generation: Generation;
  /** The one that took its place; undefined as long as there is none. */
  readonly follower: Generation | undefined;
  /** Epoch milliseconds: its overlap is over then. Infinity where nothing says when. */
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
 * What a rotation comes to. Pure: hangs on nothing but what Logto tells, and on the time. One ends only when another that
 * we have made, and that is there, has been there for the whole overlap, by both clocks.
 *
 * @param generations by their number
 */
export function timelineOf(
  generations: readonly Generation[],
  rotation: Rotation,
  { server, own }: Clocks,
): Timeline {
  const surely = Math.min(server, own);
  const newest = generations.at(-1);
  const there = generations.filter(({ object }) => object !== undefined);
  const older = there
    .filter((generation) => generation !== newest)
    .map((generation): Ending => {
      const follower = there.find(({ number, adopted }) => number > generation.number && !adopted);
      return { generation, follower, at: follower ? madeAt(follower) + rotation.overlap : Infinity };
    });
  return {
    newest,
    dueAt: newest?.object ? dueAt(newest, rotation) : Infinity,
    ending: older.filter(({ at }) => surely < at),
    ended: older.filter(({ at }) => surely >= at),
  };
}

/** Where Logto did not tell when, nothing is ever due, rather than at every apply. */
const madeAt = ({ object }: Generation): number => object?.createdAt ?? Infinity;

/** One that ends by itself is followed early enough for its overlap. */
function dueAt(newest: Generation, { every, overlap }: Rotation): number {
  return Math.min(madeAt(newest) + every, endOf(newest.object?.fields ?? {}) - overlap);
}
