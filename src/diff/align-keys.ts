import { formatAddress, parseAddress } from '../address.js';
import { chooseKeys } from '../export/choose-keys.js';
import { kindNamed } from '../kinds/index.js';
import type { Kind, TenantObject } from '../kinds/kind.js';
import { makeLedger, type Ledger } from '../state/ledger.js';
import type { LedgerNames } from './ledger-names.js';
import type { Both, ObjectMatching, Pair } from './match-objects.js';

/** Objects by the address that they have in the descriptions of both tenants. */
export type AlignedPairs = ReadonlyMap<string, Pair>;

/**
 * Gives what is the same object in both tenants one address: that of the ledgers, else one from its name, as an export
 * does.
 *
 * @param matchings by the name of their kind
 */
export function alignKeys(
  matchings: ReadonlyMap<string, ObjectMatching>,
  ledgers: Both<LedgerNames>,
): AlignedPairs {
  const aligned = [...matchings].flatMap(([kindName, { pairs }]) => {
    const kind = kindNamed(kindName);
    if (kind.singleton) return pairs.map((pair) => [kindName, pair] as const);
    const keys = keysOf(kind, pairs, ledgers);
    return pairs.map((pair, index) => [formatAddress([kindName, keys[index] ?? '']), pair] as const);
  });
  return new Map(aligned);
}

/** A ledger by which a description gives the objects of one tenant these addresses. */
export const ledgerOf = (pairs: AlignedPairs, side: keyof Both<unknown>): Ledger =>
  makeLedger(
    '',
    new Map([...pairs].flatMap(([address, { [side]: object }]) => (object ? [[address, object]] : []))),
  );

function keysOf(kind: Kind, pairs: readonly Pair[], ledgers: Both<LedgerNames>): readonly string[] {
  const known = pairs.flatMap((pair, index) => {
    const key = ledgerKey(kind, pair, ledgers);
    return key === undefined ? [] : [[String(index), key] as const];
  });
  const objects = pairs.map((pair, index) => ({ ...objectOf(pair), id: String(index) }));
  const keys = chooseKeys(kind, objects, new Set(Object.keys(kind.builtIns ?? {})), new Map(known));
  return objects.map(({ id }) => keys.get(id) ?? '');
}

/** One of the two is there. */
const objectOf = ({ from, to }: Pair): TenantObject => from ?? to ?? { id: '', fields: {} };

function ledgerKey(kind: Kind, { from, to }: Pair, ledgers: Both<LedgerNames>): string | undefined {
  const name = (from && ledgers.from.get(from.id)) ?? (to && ledgers.to.get(to.id));
  const [section, key, ...below] = parseAddress(name?.address ?? '') ?? [];
  return section === kind.name && below.length === 0 ? key : undefined;
}
