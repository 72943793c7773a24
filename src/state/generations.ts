import { formatAddress, parseAddress } from '../address.js';
import { textOf, type JsonObject } from '../json.js';
import type { TenantLists, TenantObject } from '../kinds/kind.js';
import { generationIn, generationName } from '../kinds/rotation.js';
import type { Ledger } from './ledger.js';
import type { Matching } from './matching.js';
import type { Resource, State } from './resource.js';
import { siblingsIn } from './siblings.js';
import type { Generation } from './timeline.js';

/** The address of a generation, from that which is declared. */
export function generationAddress(address: string, number: number): string {
  const segments = parseAddress(address) ?? [];
  return formatAddress([...segments.slice(0, -1), generationName(segments.at(-1) ?? '', number)]);
}

/** The address that is declared, and the number, from the address of a generation. */
export function declaredAddress(address: string): { readonly base: string; readonly number: number } {
  const segments = parseAddress(address) ?? [];
  const { base, number } = generationIn(segments.at(-1) ?? '');
  return { base: formatAddress([...segments.slice(0, -1), base]), number };
}

/** The generations of a resource, and a number that is free for the next. */
export interface Generations {
  /** Ours, by their number, and the first one, whoever has made it before the second. */
  readonly known: readonly Generation[];
  /** Others that nothing says are ours: made by somebody else, or by a stack whose ledger was lost. */
  readonly unowned: readonly Generation[];
  readonly nextNumber: number;
}

/**
 * The generations of a resource: those that the ledger has or has announced, and at first the one of the very name that is
 * declared. Those of others stay theirs, but are told of: after a ledger was lost, clients use the newest of them.
 *
 * @param isRotated otherwise only the ledger says which objects follow
 */
export function generationsOf(
  resource: Resource,
  desired: State,
  lists: TenantLists,
  ledger: Ledger,
  matching: Pick<Matching, 'matches'>,
  isRotated: boolean,
): Generations {
  const parentId = matching.matches.get(resource.parent ?? '')?.object.id;
  const siblings = siblingsIn(lists, resource.kind, parentId);
  const known = new Map<number, Generation>();
  const unowned: Generation[] = [];
  const generation = (number: number, object?: TenantObject, adopted = false): Generation => ({
    number,
    address: generationAddress(resource.address, number),
    name: generationName(resource.key, number),
    ...(object && { object }),
    ...(adopted && { adopted }),
  });
  for (const [address, { id, generation: follows, adopted }] of ledger.entries) {
    const isFirst = address === resource.address;
    // One that used to follow may be declared by now.
    if (!isFirst && (!follows || desired.has(address))) continue;
    const { base, number } = declaredAddress(address);
    const object = siblings.find((sibling) => sibling.id === id);
    if (!isFirst && base !== resource.address) continue;
    const own = generation(isFirst ? 1 : number, object, adopted);
    known.set(own.number, own);
  }
  // Once one of ours has followed, a first one that turns up is not what it has followed.
  const isFollowed = [...known.keys()].some((number) => number > 1);
  let highest = Math.max(0, ...known.keys());
  for (const object of siblings) {
    const { base, number } = namedAfter(resource, object);
    if (base !== resource.key) continue;
    highest = Math.max(highest, number);
    // What is another's keeps its name, and its number is left out.
    const isFree = !ledger.owned.has(object.id) && !ledger.foreign.has(object.id);
    if (!isFree || (!isRotated && number > 1)) continue;
    // What an apply that was cut off has made is ours.
    const intent = ledger.intents.get(generationAddress(resource.address, number));
    const isAnnounced = intent !== undefined && (object.createdAt ?? Infinity) >= intent.since;
    const found = generation(number, object, !isAnnounced);
    if (isAnnounced || (number === 1 && !isFollowed)) known.set(number, found);
    else unowned.push(found);
  }
  return {
    known: [...known.values()].sort(byNumber),
    unowned: unowned.sort(byNumber),
    nextNumber: highest + 1,
  };
}

const byNumber = (left: Generation, right: Generation): number => left.number - right.number;

/** What is declared may itself be called `main:2`. */
function namedAfter({ kind, key }: Resource, { fields }: TenantObject): ReturnType<typeof generationIn> {
  const name = textOf(fields[kind.keyField ?? kind.title]);
  return name === key ? { base: name, number: 1 } : generationIn(name);
}

/** A generation as a resource of its own, which everything else treats like any other. */
export function asResource(
  resource: Resource,
  { number, address, name }: Generation,
  lifecycle: Resource['lifecycle'],
  initial?: JsonObject,
): Resource {
  const { kind } = resource;
  const fields = Object.entries(resource.fields).filter(([field]) => field !== kind.rotatesBy);
  return {
    ...resource,
    address,
    key: name,
    fields: { ...Object.fromEntries(fields), [kind.keyField ?? kind.title]: name },
    lifecycle,
    ...(initial && { initial }),
    ...(number > 1 && { generation: true as const }),
  };
}
