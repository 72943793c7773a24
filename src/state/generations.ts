import { formatAddress, parseAddress } from '../address.js';
import { textOf, type JsonObject } from '../json.js';
import type { TenantLists, TenantObject } from '../kinds/kind.js';
import { generationIn, generationName } from '../kinds/rotation.js';
import type { Ledger } from './ledger.js';
import type { Matching } from './matching.js';
import type { Resource, State } from './resource.js';
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
  /** By their number. */
  readonly known: readonly Generation[];
  readonly nextNumber: number;
}

/**
 * The generations of a resource: those that the ledger has, and those that Logto holds under their names. So a ledger that
 * was lost, or that an apply could not write any more, changes nothing.
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
  const siblings = siblingsOf(resource, lists, matching);
  const known = new Map<number, Generation>();
  const add = (number: number, object: TenantObject | undefined, adopted: boolean): void => {
    const name = generationName(resource.key, number);
    const address = generationAddress(resource.address, number);
    known.set(number, { number, address, name, ...(object && { object }), ...(adopted && { adopted }) });
  };
  for (const [address, { id, generation, adopted = false }] of ledger.entries) {
    const isFirst = address === resource.address;
    // One that used to follow may be declared by now.
    if (!isFirst && (!generation || desired.has(address))) continue;
    const { base, number } = declaredAddress(address);
    const object = siblings.find((sibling) => sibling.id === id);
    if (isFirst || base === resource.address) add(isFirst ? 1 : number, object, adopted);
  }
  let highest = Math.max(0, ...known.keys());
  for (const object of siblings) {
    const { base, number } = namedAfter(resource, object);
    if (base !== resource.key) continue;
    highest = Math.max(highest, number);
    // What is another's keeps its name, and its number is left out.
    const isFree = !ledger.owned.has(object.id) && !ledger.foreign.has(object.id);
    if (!isFree || (!isRotated && number > 1)) continue;
    // What an apply that was cut off has made is ours.
    const isAnnounced = ledger.intents.has(generationAddress(resource.address, number));
    add(number, object, !isAnnounced);
  }
  return {
    known: [...known.values()].sort((left, right) => left.number - right.number),
    nextNumber: highest + 1,
  };
}

function siblingsOf(
  { kind, parent = '' }: Resource,
  lists: TenantLists,
  { matches }: Pick<Matching, 'matches'>,
): readonly TenantObject[] {
  const [parentKind = '', section = ''] = kind.name.split('.');
  const parentId = matches.get(parent)?.object.id;
  return lists.get(parentKind)?.find(({ id }) => id === parentId)?.children?.[section] ?? [];
}

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
