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
  /** Those that are not ours, while clients may have nothing else: none of ours has followed them for a whole overlap. */
  readonly spared: readonly Generation[];
}

/**
 * What a rotation comes to. Pure: hangs on nothing but what Logto tells, and on the time. One ends only when another that
 * we have made, and that is there, has been there for the whole overlap, by both clocks.
 *
 * @param known ours, by their number
 * @param unowned numbered ones of others: never ended, but while the youngest of them would do, no new one is made.
 *   Otherwise each apply that does not know the ledger of the last would make another
 */
export function timelineOf(
  known: readonly Generation[],
  unowned: readonly Generation[],
  rotation: Rotation,
  { server, own }: Clocks,
): Timeline {
  const surely = Math.min(server, own);
  const newest = known.at(-1);
  const there = known.filter(({ object }) => object !== undefined);
  const ending = (generation: Generation): Ending => {
    const follower = there.find(({ number }) => number > generation.number);
    return { generation, follower, at: follower ? madeAt(follower) + rotation.overlap : Infinity };
  };
  const older = there.filter((generation) => generation !== newest).map(ending);
  return {
    newest,
    dueAt: newest?.object ? nextAt(newest, unowned, rotation) : Infinity,
    ending: older.filter(({ at }) => surely < at),
    ended: older.filter(({ at }) => surely >= at),
    spared: unowned.filter((generation) => surely < ending(generation).at),
  };
}

/** When the next one has to be there. What others have made delays it, but not beyond the end of one that we have made. */
function nextAt(newest: Generation, unowned: readonly Generation[], rotation: Rotation): number {
  const later = unowned.filter(({ number }) => number > newest.number);
  const youngestDueAt = Math.max(...[newest, ...later].map((generation) => dueAt(generation, rotation)));
  return newest.adopted ? youngestDueAt : Math.min(youngestDueAt, endOfIts(newest) - rotation.overlap);
}

/** Where Logto did not tell when, nothing is ever due, rather than at every apply. */
const madeAt = ({ object }: Generation): number => object?.createdAt ?? Infinity;

/** One that ends by itself is followed early enough for its overlap. */
function dueAt(generation: Generation, { every, overlap }: Rotation): number {
  return Math.min(madeAt(generation) + every, endOfIts(generation) - overlap);
}

const endOfIts = ({ object }: Generation): number => endOf(object?.fields ?? {});
