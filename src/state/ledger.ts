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
  /** `lifecycle.protect` as last applied: it must be taken out before the resource is. */
  readonly protect?: true;
  /** `lifecycle.onRemove: release` as last applied. */
  readonly release?: true;
  /** `lifecycle.deletable` as last applied. */
  readonly deletable?: true;
  /** Follows another one of its name, as `rotate` says. */
  readonly generation?: true;
}

/** Written before a creation: this address is about to come into being. */
export interface Intent {
  /** Epoch milliseconds by the server's clock: what is created for this address is not older. */
  readonly since: number;
  /**
   * The unique key, or the name, of what is created: finds it again when the address is no longer declared. Of a link
   * its ends `from` and `to`, each an `id`, or the `address` of what is created by the same apply.
   */
  readonly fields: JsonObject;
  /** Of a replacement: what the new object takes over from the old one, which may be gone already. Sealed. */
  readonly carried?: string;
}

/** Whose an object is that is not ours. */
export interface ForeignOwner {
  readonly stack: string;
  /** The application that keeps its ledger, when it is another one than ours. */
  readonly applicationId?: string;
}

/** Which address owns which object, for one stack. */
export interface Ledger {
  readonly stack: string;
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  readonly intents: ReadonlyMap<string, Intent>;
  /** The ids of all entries, with their addresses. */
  readonly owned: ReadonlyMap<string, string>;
  /** Objects that other stacks own: id → name of the stack. */
  readonly foreign: ReadonlyMap<string, ForeignOwner>;
}

export function makeLedger(
  stack: string,
  entries: ReadonlyMap<string, LedgerEntry> = new Map(),
  intents: ReadonlyMap<string, Intent> = new Map(),
  foreign: ReadonlyMap<string, ForeignOwner> = new Map(),
): Ledger {
  return {
    stack,
    entries,
    intents,
    foreign,
    owned: new Map([...entries].map(([address, { id }]) => [id, address])),
  };
}

/** Where ledgers are kept. */
export interface LedgerHome {
  /** For messages: "the custom data of application …". */
  readonly description: string;
  /** False where nothing is kept: then what exists already is simply used, and never becomes ours. */
  readonly remembers: boolean;
  /** The application that keeps it, which is therefore never touched. */
  readonly applicationId?: string;
  read(stack: string): Promise<Ledger>;
  /** Writes what differs from what was read; other stacks' ledgers are not touched. */
  write(before: Ledger, after: Ledger): Promise<void>;
}

/** The kind part of an address's ledger key: `applications.worker` → `applications`; scopes are kept with their parent. */
export const ledgerSection = (address: string): string => /^[A-Za-z0-9]+/.exec(address)?.[0] ?? address;

/** One section of a ledger as it is stored. Short, because applications carry it in every list. */
export interface StoredSection extends JsonObject {
  /** address → [id, hash, source, flags]; flags: a adopted, p protect, r release, d deletable, g generation */
  readonly entries: { readonly [address: string]: readonly (string | null)[] };
  /** address → [since, fields, carried] */
  readonly intents: { readonly [address: string]: StoredIntent };
}

const flagLetters = [
  ['adopted', 'a'],
  ['protect', 'p'],
  ['release', 'r'],
  ['deletable', 'd'],
  ['generation', 'g'],
] as const;

type StoredIntent = readonly [number, JsonObject] | readonly [number, JsonObject, string];

/** Splits a ledger into its sections. */
export function toSections(ledger: Ledger): ReadonlyMap<string, StoredSection> {
  const sections = new Map<
    string,
    { entries: Record<string, (string | null)[]>; intents: Record<string, StoredIntent> }
  >();
  const section = (address: string) => {
    const name = ledgerSection(address);
    const found = sections.get(name) ?? { entries: {}, intents: {} };
    sections.set(name, found);
    return found;
  };
  for (const [address, { id, hash, source, ...flags }] of sorted(ledger.entries)) {
    const letters = flagLetters.map(([name, letter]) => (flags[name] ? letter : '')).join('');
    section(address).entries[address] = [
      id,
      hash ?? null,
      source ?? null,
      ...(letters === '' ? [] : [letters]),
    ];
  }
  for (const [address, { since, fields, carried }] of sorted(ledger.intents)) {
    section(address).intents[address] = carried === undefined ? [since, fields] : [since, fields, carried];
  }
  return sections;
}

const sorted = <T>(byAddress: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...byAddress].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));

/** The inverse, for one section. */
export function readSection(section: StoredSection): Pick<Ledger, 'entries' | 'intents'> {
  const entries = new Map<string, LedgerEntry>();
  for (const [address, [id, hash, source, flags]] of Object.entries(section.entries)) {
    if (typeof id !== 'string') continue;
    entries.set(address, {
      id,
      ...(typeof hash === 'string' && { hash }),
      ...(typeof source === 'string' && { source }),
      ...Object.fromEntries(
        flagLetters.flatMap(([name, letter]) => (flags?.includes(letter) ? [[name, true] as const] : [])),
      ),
    });
  }
  const intents = new Map(
    Object.entries(section.intents).map(([address, [since, fields, carried]]) => [
      address,
      { since, fields, ...(carried !== undefined && { carried }) },
    ]),
  );
  return { entries, intents };
}

/** The ledger of one stack out of the stored sections of all: stack → section → what is stored. */
export function ledgerFromSections(
  stack: string,
  stacks: Readonly<Record<string, Readonly<Record<string, StoredSection>>>>,
): Ledger {
  const foreign = new Map<string, ForeignOwner>();
  for (const [owner, sections] of Object.entries(stacks)) {
    if (owner === stack) continue;
    for (const section of Object.values(sections)) {
      for (const { id } of readSection(section).entries.values()) foreign.set(id, { stack: owner });
    }
  }
  const own = Object.values(stacks[stack] ?? {}).map(readSection);
  return makeLedger(
    stack,
    new Map(own.flatMap(({ entries }) => [...entries])),
    new Map(own.flatMap(({ intents }) => [...intents])),
    foreign,
  );
}
