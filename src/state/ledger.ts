import type { JsonObject } from '../json.js';

/** What the ledger knows of one address: the object is ours. */
export interface LedgerEntry {
  readonly id: string;
  /** It existed before it was declared. */
  readonly adopted?: true;
  /** Of the fields as last applied, keyed; tells a changed tenant from a manifest that is not applied yet. */
  readonly hash?: string;
  /** Where it is declared, `file:line`. */
  readonly source?: string;
}

/** Written before a creation: this address is about to come into being. */
export interface Intent {
  /** Epoch milliseconds by the server's clock: what is created for this address is not older. */
  readonly since: number;
}

/** Which address owns which object, for one stack. */
export interface Ledger {
  readonly stack: string;
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  readonly intents: ReadonlyMap<string, Intent>;
  /** The ids of all entries. */
  readonly owned: ReadonlySet<string>;
  /** Objects that other stacks own: id → name of the stack. */
  readonly foreign: ReadonlyMap<string, string>;
}

export function makeLedger(
  stack: string,
  entries: ReadonlyMap<string, LedgerEntry> = new Map(),
  intents: ReadonlyMap<string, Intent> = new Map(),
  foreign: ReadonlyMap<string, string> = new Map(),
): Ledger {
  return { stack, entries, intents, foreign, owned: new Set([...entries.values()].map(({ id }) => id)) };
}

/** Where ledgers are kept. */
export interface LedgerHome {
  /** For messages: "the custom data of application …". */
  readonly description: string;
  read(stack: string): Promise<Ledger>;
  /** Writes what differs from what was read; other stacks' ledgers are not touched. */
  write(before: Ledger, after: Ledger): Promise<void>;
}

/** The kind part of an address's ledger key: `applications.worker` → `applications`; scopes are kept with their parent. */
export const ledgerSection = (address: string): string => /^[A-Za-z0-9]+/.exec(address)?.[0] ?? address;

/** One section of a ledger as it is stored. Short names, for the size: applications carry it in every list. */
export interface StoredSection extends JsonObject {
  /** address → [id, hash, source, adopted] */
  readonly entries: { readonly [address: string]: readonly (string | null | boolean)[] };
  /** address → since */
  readonly intents: { readonly [address: string]: number };
}

/** Splits a ledger into its sections. */
export function toSections(ledger: Ledger): ReadonlyMap<string, StoredSection> {
  const sections = new Map<
    string,
    { entries: Record<string, (string | null | boolean)[]>; intents: Record<string, number> }
  >();
  const section = (address: string) => {
    const name = ledgerSection(address);
    const found = sections.get(name) ?? { entries: {}, intents: {} };
    sections.set(name, found);
    return found;
  };
  for (const address of [...ledger.entries.keys()].sort()) {
    const entry = ledger.entries.get(address);
    if (!entry) continue;
    section(address).entries[address] = [
      entry.id,
      entry.hash ?? null,
      entry.source ?? null,
      entry.adopted ?? false,
    ];
  }
  for (const address of [...ledger.intents.keys()].sort()) {
    section(address).intents[address] = ledger.intents.get(address)?.since ?? 0;
  }
  return sections;
}

/** The inverse, for one section; what it cannot read it leaves out. */
export function readSection(section: StoredSection): Pick<Ledger, 'entries' | 'intents'> {
  const entries = new Map<string, LedgerEntry>();
  for (const [address, [id, hash, source, adopted]] of Object.entries(section.entries)) {
    if (typeof id !== 'string') continue;
    entries.set(address, {
      id,
      ...(typeof hash === 'string' && { hash }),
      ...(typeof source === 'string' && { source }),
      ...(adopted === true && { adopted }),
    });
  }
  const intents = new Map(Object.entries(section.intents).map(([address, since]) => [address, { since }]));
  return { entries, intents };
}
