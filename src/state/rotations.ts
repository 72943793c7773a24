import { isObject, textOf, type JsonObject } from '../json.js';
import type { TenantLists } from '../kinds/kind.js';
import { endFrom, generationName, rotationOf, type Rotation } from '../kinds/rotation.js';
import {
  asResource,
  declaredAddress,
  generationAddress,
  generationsOf,
  type Generations,
} from './generations.js';
import type { Manifest } from '../manifest/manifest.js';
import type { Ledger } from './ledger.js';
import type { Matching } from './matching.js';
import type { Resource, State } from './resource.js';
import { timelineOf, type Ending, type Generation, type Timeline } from './timeline.js';

/** What the plan says of something that is made because of a rotation. */
export interface Making {
  readonly reason?: string;
  readonly consequences: readonly string[];
}

/** What an apply will do, once its time has come. */
export interface Scheduled {
  readonly type: 'create' | 'delete';
  readonly address: string;
  /** ISO 8601; the first apply after it does it. */
  readonly at: string;
}

/** The desired state at one moment: with a resource for each generation of what is rotated. */
export interface Rotations {
  readonly desired: State;
  /** By address. */
  readonly making: ReadonlyMap<string, Making>;
  /** Addresses of the ledger whose time is over, and why. */
  readonly ended: ReadonlyMap<string, string>;
  /** What comes first is first. */
  readonly scheduled: readonly Scheduled[];
}

export const noRotations = (desired: State): Rotations => ({
  desired,
  making: new Map(),
  ended: new Map(),
  scheduled: [],
});

/**
 * Puts the generations that there are to be in the place of what is rotated. Pure: the same tenant at the same moment gives
 * the same, so a run that was cut off is taken up by the next.
 *
 * @param now epoch milliseconds, by the server's clock
 */
export function withGenerations(
  desired: State,
  lists: TenantLists,
  ledger: Ledger,
  matching: Pick<Matching, 'matches'>,
  now: number,
): Rotations {
  const followed = new Set(
    [...ledger.entries].flatMap(([address, entry]) =>
      entry.generation ? [declaredAddress(address).base] : [],
    ),
  );
  const parts = [...desired.values()].map((resource): Rotations => {
    const { kind, fields, address, external } = resource;
    if (kind.rotatesBy === undefined || external) return noRotations(new Map([[address, resource]]));
    const rotation = rotationOf(fields[kind.rotatesBy]);
    if (!rotation && !followed.has(address)) {
      const plain = asResource(resource, { number: 1, address, name: resource.key }, resource.lifecycle);
      return noRotations(new Map([[address, plain]]));
    }
    const generations = generationsOf(resource, lists, ledger, matching, rotation !== undefined);
    return rotation ? rotated(resource, rotation, generations, now) : rotatedNoMore(resource, generations);
  });
  return {
    desired: new Map(parts.flatMap((part) => [...part.desired])),
    making: new Map(parts.flatMap((part) => [...part.making])),
    ended: new Map(parts.flatMap((part) => [...part.ended])),
    scheduled: parts.flatMap((part) => part.scheduled).sort(byMoment),
  };
}

/** The manifest as it is to be now. What is not declared itself stands where that stands which it follows. */
export const inTheirTime = (manifest: Manifest, { desired }: Rotations): Manifest => ({
  ...manifest,
  desired,
  locate: (address, path) =>
    manifest.locate(address, path) ??
    (desired.get(address)?.generation && manifest.locate(declaredAddress(address).base, path)),
});

const stateOf = (resources: readonly Resource[]): State =>
  new Map(resources.map((resource) => [resource.address, resource]));

function rotated(
  resource: Resource,
  rotation: Rotation,
  { known, nextNumber }: Generations,
  now: number,
): Rotations {
  const timeline = timelineOf(known, rotation, now);
  const { newest, ending, ended } = timeline;
  const isDue = now >= timeline.dueAt;
  const next = generation(resource, newest ? nextNumber : 1);
  const made = newest && !isDue ? [] : [next];
  const words = wordsOf(resource);
  const initial = endFrom(now, rotation);
  // To be protected, or to stay when nobody declares it any more, is for the one that is in use.
  const older = [...ending.map((one) => one.generation), ...(newest && isDue ? [newest] : [])];
  const current = [...(newest && !isDue ? [newest] : []), ...made];
  return {
    desired: stateOf([
      ...older.map((one) => asResource(resource, one, {}, initial)),
      ...current.map((one) => asResource(resource, one, resource.lifecycle, initial)),
    ]),
    making: new Map(made.map((one) => [one.address, makingOf(one, timeline, words)])),
    ended: new Map(ended.map((one) => [one.generation.address, endedReason(one, words)])),
    scheduled: [
      ...ending
        .filter(({ at }) => at < Infinity)
        .map(({ generation: { address }, at }) => scheduled('delete', address, at)),
      ...(!isDue && timeline.dueAt < Infinity ? [scheduled('create', next.address, timeline.dueAt)] : []),
    ],
  };
}

/** Where `rotate` was taken out, the newest one is what is declared: everything signs in with it. */
function rotatedNoMore(resource: Resource, { known }: Generations): Rotations {
  const newest = known.at(-1) ?? generation(resource, 1);
  const reason = `it is rotated no more, and ${JSON.stringify(newest.name)} is the newest`;
  return {
    ...noRotations(stateOf([asResource(resource, newest, resource.lifecycle)])),
    ended: new Map(known.slice(0, -1).map(({ address }) => [address, reason])),
  };
}

const generation = ({ key, address }: Resource, number: number): Generation => ({
  number,
  address: generationAddress(address, number),
  name: generationName(key, number),
});

const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();

const byMoment = (left: Scheduled, right: Scheduled): number => (left.at < right.at ? -1 : 1);

const scheduled = (type: Scheduled['type'], address: string, at: number): Scheduled => ({
  type,
  address,
  at: moment(at),
});

/** The durations as they are written. */
interface Words {
  readonly every: string;
  readonly overlap: string;
  readonly lifetime?: string;
}

function wordsOf({ kind, fields }: Resource): Words {
  const stated = fields[kind.rotatesBy ?? ''];
  const { every, overlap, lifetime }: JsonObject = isObject(stated) ? stated : {};
  return {
    every: textOf(every),
    overlap: textOf(overlap),
    ...(lifetime !== undefined && { lifetime: textOf(lifetime) }),
  };
}

function makingOf({ name }: Generation, { newest, dueAt }: Timeline, words: Words): Making {
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

const endedReason = ({ follower, at }: Ending, { overlap }: Words): string =>
  `${JSON.stringify(follower.name)} has taken its place, and the overlap of ${overlap} is over since ${moment(at)}`;
