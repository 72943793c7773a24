import { isWithin } from '../address.js';
import { kindOfAddress } from '../kinds/index.js';
import { declaredAddress, generationAddress } from './generations.js';
import { makeLedger, type Intent, type Ledger, type LedgerEntry } from './ledger.js';
import type { Move } from './resource.js';

/** A ledger after the moves of a manifest, and which address came from where: new → old. */
export interface MovedLedger {
  readonly ledger: Ledger;
  readonly moved: ReadonlyMap<string, string>;
}

/** Gives what an address owned, and what it held below it, to its new address. Moves that were made before do nothing. */
export function applyMoves(ledger: Ledger, moves: readonly Move[]): MovedLedger {
  const moved = new Map<string, string>();
  let entries = ledger.entries;
  let intents = ledger.intents;
  for (const move of moves) {
    for (const { from, to } of [move, ...movesOfGenerations(move, entries, intents)]) {
      if (entries.has(from) && !entries.has(to)) moved.set(to, from);
      else if (!intents.has(from) || intents.has(to)) continue;
      entries = rename<LedgerEntry>(entries, from, to);
      intents = rename<Intent>(intents, from, to);
    }
  }
  return { ledger: makeLedger(ledger.stack, entries, intents, ledger.foreign), moved };
}

/** What follows a resource, as `rotate` says, goes with it. */
function movesOfGenerations(
  { from, to }: Pick<Move, 'from' | 'to'>,
  entries: ReadonlyMap<string, LedgerEntry>,
  intents: ReadonlyMap<string, Intent>,
): readonly Pick<Move, 'from' | 'to'>[] {
  if (kindOfAddress(from)?.rotatesBy === undefined) return [];
  const recorded = [...entries].flatMap(([address, entry]) => (entry.generation ? [address] : []));
  return [...new Set([...recorded, ...intents.keys()])].flatMap((address) => {
    const { base, number } = declaredAddress(address);
    return base === from && number > 1 ? [{ from: address, to: generationAddress(to, number) }] : [];
  });
}

function rename<T>(byAddress: ReadonlyMap<string, T>, from: string, to: string): ReadonlyMap<string, T> {
  return new Map(
    [...byAddress].map(([address, value]) => {
      return [isWithin(address, from) ? to + address.slice(from.length) : address, value];
    }),
  );
}
