import type { Problem } from '../errors.js';
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
import { clockWarnings, type Clocks } from './clocks.js';
import type { Ledger } from './ledger.js';
import type { Matching } from './matching.js';
import type { Resource, State } from './resource.js';
import {
  endedByHand,
  endedInTime,
  leftAlone,
  leftForNow,
  makingOf,
  moment,
  wordsOf,
  type Ended,
  type Making,
} from './rotation-reasons.js';
import { timelineOf, type Generation } from './timeline.js';

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
  /** Addresses of the ledger that go now. */
  readonly ended: ReadonlyMap<string, Ended>;
  /** Ids of what is not ours and stays for now, also in a part that is wholly ours: clients may use it. */
  readonly spared: ReadonlySet<string>;
  /** What comes first is first. */
  readonly scheduled: readonly Scheduled[];
  /** Doubts about the time, where anything is rotated, and about what looks like a generation. */
  readonly warnings: readonly Problem[];
}

export const noRotations = (desired: State): Rotations => ({
  desired,
  making: new Map(),
  ended: new Map(),
  spared: new Set(),
  scheduled: [],
  warnings: [],
});

/**
 * Puts the generations that there are to be in the place of what is rotated. Pure: the same tenant at the same moment gives
 * the same, so a run that was cut off is taken up by the next.
 */
export function withGenerations(
  desired: State,
  lists: TenantLists,
  ledger: Ledger,
  matching: Pick<Matching, 'matches'>,
  clocks: Clocks,
): Rotations {
  // Most manifests have nothing that could be rotated, and some have thousands of resources.
  if (![...desired.values()].some(mayRotate)) return noRotations(desired);
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
    const generations = generationsOf(resource, desired, lists, ledger, matching, rotation !== undefined);
    if (!rotation) return rotatedNoMore(resource, generations);
    return rotated(resource, rotation, generations, { clocks, isExact: isExact(resource, desired) });
  });
  return {
    desired: new Map(parts.flatMap((part) => [...part.desired])),
    making: new Map(parts.flatMap((part) => [...part.making])),
    ended: new Map(parts.flatMap((part) => [...part.ended])),
    spared: new Set(parts.flatMap((part) => [...part.spared])),
    scheduled: parts.flatMap((part) => part.scheduled).sort(byMoment),
    warnings: [
      ...([...desired.values()].some(isRotated) ? clockWarnings(clocks) : []),
      ...parts.flatMap((part) => part.warnings),
    ],
  };
}

const mayRotate = ({ kind, external }: Resource): boolean => kind.rotatesBy !== undefined && !external;

const isRotated = ({ kind, fields, external }: Resource): boolean =>
  kind.rotatesBy !== undefined && !external && rotationOf(fields[kind.rotatesBy]) !== undefined;

/** Whether what is not ours beside it goes anyway. */
const isExact = ({ kind, parent = '' }: Resource, desired: State): boolean =>
  desired.get(parent)?.lifecycle.exact?.includes(kind.name.split('.')[1] ?? '') === true;

/** The manifest as it is to be now. What is not declared itself stands where that stands which it follows. */
export function inTheirTime(manifest: Manifest, { desired }: Rotations): Manifest {
  if (desired === manifest.desired) return manifest;
  return {
    ...manifest,
    desired,
    locate: (address, path) =>
      manifest.locate(address, path) ??
      (desired.get(address)?.generation && manifest.locate(declaredAddress(address).base, path)),
  };
}

const stateOf = (resources: readonly Resource[]): State =>
  new Map(resources.map((resource) => [resource.address, resource]));

function rotated(
  resource: Resource,
  rotation: Rotation,
  { known, unowned, nextNumber }: Generations,
  { clocks, isExact }: { readonly clocks: Clocks; readonly isExact: boolean },
): Rotations {
  const timeline = timelineOf(known, unowned, rotation, clocks);
  const { newest, ending, ended } = timeline;
  const isDue = clocks.server >= timeline.dueAt;
  const next = generation(resource, newest ? nextNumber : 1);
  const made = newest && !isDue ? [] : [next];
  const words = wordsOf(resource);
  const initial = endFrom(clocks.server, rotation);
  // To be protected, or to stay when nobody declares it any more, is for the one that is in use.
  const older = [...ending.map((one) => one.generation), ...(newest && isDue ? [newest] : [])];
  const current = [...(newest && !isDue ? [newest] : []), ...made];
  return {
    desired: stateOf([
      ...older.map((one) => ({ ...asResource(resource, one, {}, initial), followed: true as const })),
      ...current.map((one) => asResource(resource, one, resource.lifecycle, initial)),
    ]),
    making: new Map(made.map((one) => [one.address, makingOf(one, timeline, words)])),
    ended: new Map(ended.map((one) => [one.generation.address, endedInTime(one, words)])),
    spared: new Set(timeline.spared.flatMap(({ object }) => object?.id ?? [])),
    scheduled: [
      ...ending
        .filter(({ at }) => at < Infinity)
        .map(({ generation: { address }, at }) => scheduled('delete', address, at)),
      ...(!isDue && timeline.dueAt < Infinity ? [scheduled('create', next.address, timeline.dueAt)] : []),
    ],
    warnings: isExact
      ? timeline.spared.map((one) => leftForNow(resource, one, words))
      : unowned.map((one) => leftAlone(resource, one)),
  };
}

/** Where `rotate` was taken out, the newest one that is there is what is declared: everything signs in with it. */
function rotatedNoMore(resource: Resource, { known }: Generations): Rotations {
  const there = known.filter(({ object }) => object !== undefined);
  const newest = there.at(-1) ?? known.at(-1) ?? generation(resource, 1);
  const others = known.filter(({ number }) => number !== newest.number);
  const ended = endedByHand(newest);
  return {
    ...noRotations(stateOf([asResource(resource, newest, resource.lifecycle)])),
    ended: new Map(others.map(({ address }) => [address, ended])),
  };
}

const generation = ({ key, address }: Resource, number: number): Generation => ({
  number,
  address: generationAddress(address, number),
  name: generationName(key, number),
});

const byMoment = (left: Scheduled, right: Scheduled): number => (left.at < right.at ? -1 : 1);

const scheduled = (type: Scheduled['type'], address: string, at: number): Scheduled => ({
  type,
  address,
  at: moment(at),
});
