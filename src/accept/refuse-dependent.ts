import { parentAddress } from '../address.js';
import type { Problem } from '../errors.js';
import { referencesOf } from '../kinds/references.js';
import type { Manifest } from '../manifest/manifest.js';
import { startsWith } from '../plan/compare.js';
import type { Wanted } from './edit-and-check.js';
import { fieldName, wouldNotDo } from './why-not.js';

/**
 * Refuses what is wanted only together with something else that is refused, and what would be taken out while something
 * that stays still names it.
 *
 * @param refused filled in
 */
export function refuseDependent(
  wanted: readonly Wanted[],
  refused: Map<Wanted, Problem>,
  manifest: Manifest,
): void {
  const made = wanted.filter((one) => !refused.has(one));
  const stays = new Set(
    [...refused.keys()].filter(({ path }) => path.length === 0).map(({ address }) => address),
  );
  const named = stillNamed(made, manifest);
  for (const one of made) {
    const origin = one.with?.find((address) => isWithinOneOf(address, stays));
    const namedBy = one.edit.isDeletion ? named.get(one.address) : undefined;
    const why = origin === undefined ? namedBy && `${namedBy} still names it` : `it goes with ${origin}`;
    if (why === undefined) continue;
    const at = manifest.locate(one.address, one.path);
    refused.set(one, wouldNotDo(manifest, at, fieldName(one.address, one.path), why));
  }
}

/** The addresses that would be taken out and are named by a field that says so also then: address → that field. */
function stillNamed(made: readonly Wanted[], { desired }: Manifest): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  const going = new Set(made.filter(({ edit }) => edit.isDeletion).map(({ address }) => address));
  if (going.size === 0) return named;
  const edits = new Map<string, Wanted[]>();
  for (const one of made) edits.set(one.address, [...(edits.get(one.address) ?? []), one]);
  for (const { address, fields, kind } of desired.values()) {
    if (isWithinOneOf(address, going)) continue;
    for (const reference of referencesOf(fields, kind.fields)) {
      const own = edits.get(address) ?? [];
      const isTakenOut = own.some(
        (one) => startsWith(reference.path, one.path) && one.with?.includes(reference.address) === true,
      );
      if (isTakenOut) continue;
      for (const target of holdersOf(reference.address)) {
        if (going.has(target)) named.set(target, fieldName(address, withoutIndex(reference.path)));
      }
    }
  }
  return named;
}

const isWithinOneOf = (address: string, others: ReadonlySet<string>): boolean =>
  holdersOf(address).some((holder) => others.has(holder));

const holdersOf = (address: string): readonly string[] => [address, parentAddress(address)];

const withoutIndex = (path: readonly string[]): readonly string[] =>
  /^\d+$/.test(path.at(-1) ?? '') ? path.slice(0, -1) : path;
