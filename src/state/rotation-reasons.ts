import type { Problem } from '../errors.js';
import { isObject, textOf, type JsonObject } from '../json.js';
import type { Resource } from './resource.js';
import type { Ending, Generation, Timeline } from './timeline.js';

/** What the plan says of something that is made because of a rotation. */
export interface Making {
  readonly reason?: string;
  readonly consequences: readonly string[];
}

/** What the plan says of something that goes because of a rotation. */
export interface Ended {
  readonly reason: string;
  readonly consequences: readonly string[];
  /** Its time is over, so that nobody has to be asked. */
  readonly isDue: boolean;
}

/** The durations as they are written. */
export interface Words {
  readonly every: string;
  readonly overlap: string;
  readonly lifetime?: string;
}

/** What a resource states of its rotation. */
export function wordsOf({ kind, fields }: Resource): Words {
  const stated = fields[kind.rotatesBy ?? ''];
  const { every, overlap, lifetime }: JsonObject = isObject(stated) ? stated : {};
  return {
    every: textOf(every),
    overlap: textOf(overlap),
    ...(lifetime !== undefined && { lifetime: textOf(lifetime) }),
  };
}

/** As in JSON and in messages: ISO 8601. */
export const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Why a new one is made, and what follows from it. */
export function makingOf({ name }: Generation, { newest, dueAt }: Timeline, words: Words): Making {
  const { every, overlap, lifetime } = words;
  const end = lifetime === undefined ? [] : [`it ends by itself ${lifetime} after it is made`];
  const follower = `it is followed by a new one ${every} after it is made`;
  if (!newest) return { consequences: [follower, ...end] };
  const former = JSON.stringify(newest.name);
  return {
    reason: `rotation is due since ${moment(dueAt)}`,
    consequences: [
      `${former} stays good for ${overlap} after ${JSON.stringify(name)} is made, and is deleted then`,
      follower,
      ...end,
    ],
  };
}

/** Why one goes whose overlap is over. */
export const endedInTime = ({ follower, at }: Ending, { overlap }: Words): Ended => ({
  reason: `${JSON.stringify(follower?.name)} has taken its place, and the overlap of ${overlap} is over since ${moment(at)}`,
  consequences: [],
  isDue: true,
});

/** Where `rotate` was taken out: how long the overlap was to be is no longer said. */
export function endedByHand({ name, object }: Generation): Ended {
  const newest = JSON.stringify(name);
  const since =
    object?.createdAt === undefined ? [] : [`${newest} is there since ${moment(object.createdAt)}`];
  return {
    reason: `it is rotated no more, and ${newest} is the newest`,
    consequences: [...since, 'who still signs in with the old one is locked out'],
    isDue: false,
  };
}

/** What a rotation leaves to whoever made it: nobody else would tell that it is there. */
export const leftAlone = (resource: Resource, generation: Generation): Problem =>
  notMade(resource, generation, 'it stays');

/** The same where nothing stays that is not declared: only for now, as clients may have nothing else. */
export const leftForNow = (resource: Resource, generation: Generation, { overlap }: Words): Problem =>
  notMade(resource, generation, `it stays until one of ours has followed it for ${overlap}`);

const notMade = ({ key, source }: Resource, { address }: Generation, sequel: string): Problem => ({
  code: 'ambiguous-match',
  severity: 'warning',
  message: `${address}: nothing says that the rotation of "${key}" has made it, so ${sequel}`,
  hint: 'delete it by hand when nothing signs in with it any more',
  ...(source && { at: source }),
});
