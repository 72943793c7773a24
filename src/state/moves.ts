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
  for (const { from, to } of moves) {
    if (entries.has(from) && !entries.has(to)) moved.set(to, from);
    else if (!intents.has(from) || intents.has(to)) continue;
    entries = rename<LedgerEntry>(entries, from, to);
    intents = rename<Intent>(intents, from, to);
  }
  return { ledger: makeLedger(ledger.stack, entries, intents, ledger.foreign), moved };
}

function rename<T>(byAddress: ReadonlyMap<string, T>, from: string, to: string): ReadonlyMap<string, T> {
  return new Map(
    [...byAddress].map(([address, value]) => {
      const isBelow = address === from || address.startsWith(`${from}.`) || address.startsWith(`${from}[`);
      return [isBelow ? to + address.slice(from.length) : address, value];
    }),
  );
}
