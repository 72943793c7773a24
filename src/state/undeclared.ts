import { jsonEqual } from '../json.js';
import { kindNamed, kindOfAddress } from '../kinds/index.js';
import type { Kind, TenantLists, TenantObject } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import type { Intent, Ledger, LedgerEntry } from './ledger.js';
import type { State } from './resource.js';

/** Something that is ours and that no manifest names any more. */
export interface Undeclared {
  readonly address: string;
  readonly kind: Kind;
  readonly entry: LedgerEntry;
  /** What the tenant holds; undefined when it is gone already. A link that is there has no fields. */
  readonly object: TenantObject | undefined;
  readonly parentId?: string;
  /** Address of what holds it, where that is ours and not declared either. */
  readonly parent?: string;
}

/** Addresses of the ledger that the manifest does not name, in the order of the ledger. */
export const undeclaredAddresses = (desired: State, ledger: Ledger): readonly string[] =>
  [...new Set([...ledger.entries.keys(), ...ledger.intents.keys()])].filter((address) => {
    const resource = desired.get(address);
    return (resource === undefined || resource.external === true) && kindOfAddress(address) !== undefined;
  });

/**
 * What the stack owns and the manifest no longer names, and what the tenant holds of it.
 *
 * @param isMatched whether an id belongs to an address of the manifest (a key that was renamed)
 */
export async function readUndeclared(
  api: ReadApi,
  desired: State,
  ledger: Ledger,
  lists: TenantLists,
  isMatched: (id: string) => boolean,
): Promise<readonly Undeclared[]> {
  const objects = indexObjects(lists);
  const links = await readOwnedLinks(api, desired, ledger, lists);
  const found: Undeclared[] = [];
  for (const address of undeclaredAddresses(desired, ledger)) {
    const kind = kindOfAddress(address);
    const entry =
      ledger.entries.get(address) ?? announcedEntry(kind, ledger.intents.get(address), ledger, lists);
    if (!kind || !entry || isMatched(entry.id)) continue;
    const held = objects.get(entry.id);
    const isThere = kind.link ? links.has(entry.id) : held !== undefined;
    const parent = kind.keyField === undefined ? undefined : address.slice(0, parentLength(address));
    found.push({
      address,
      kind,
      entry,
      object: isThere ? (held?.object ?? { id: entry.id, fields: {} }) : undefined,
      ...(held?.parentId !== undefined && { parentId: held.parentId }),
      ...(parent !== undefined && { parent }),
    });
  }
  return found;
}

/** The length of the address of a child's parent: two segments less. */
function parentLength(address: string): number {
  const ending = /\.[A-Za-z]+(?:\.[^.[\]]+|\["(?:[^"\\]|\\.)*"\])$/.exec(address);
  return ending?.index ?? address.length;
}

/** What an apply that was cut off has made for an address that was taken out of the manifest since. */
function announcedEntry(
  kind: Kind | undefined,
  intent: Intent | undefined,
  ledger: Ledger,
  lists: TenantLists,
): LedgerEntry | undefined {
  if (!kind || !intent) return undefined;
  const made = lists
    .get(kind.name)
    ?.find(
      (object) =>
        !ledger.owned.has(object.id) &&
        !ledger.foreign.has(object.id) &&
        (object.createdAt ?? Infinity) >= intent.since &&
        Object.entries(intent.fields).every(([name, value]) => jsonEqual(object.fields[name] ?? null, value)),
    );
  return made && { id: made.id };
}

interface Held {
  readonly object: TenantObject;
  readonly parentId?: string;
}

function indexObjects(lists: TenantLists): ReadonlyMap<string, Held> {
  const index = new Map<string, Held>();
  for (const object of [...lists.values()].flat()) {
    index.set(object.id, { object });
    for (const child of Object.values(object.children ?? {}).flat()) {
      index.set(child.id, { object: child, parentId: object.id });
    }
  }
  return index;
}

/** The links (`from/to`) that are ours, not declared, and still there. */
async function readOwnedLinks(
  api: ReadApi,
  desired: State,
  ledger: Ledger,
  lists: TenantLists,
): Promise<ReadonlySet<string>> {
  const owners = new Map<Kind, Set<string>>();
  for (const address of undeclaredAddresses(desired, ledger)) {
    const kind = kindOfAddress(address);
    const entry = ledger.entries.get(address);
    if (!kind?.link || !entry) continue;
    owners.set(kind, (owners.get(kind) ?? new Set<string>()).add(entry.id.split('/')[0] ?? ''));
  }
  const found = new Set<string>();
  for (const [{ link }, fromIds] of owners) {
    const relation = link && kindNamed(link.from.kind).relations?.[link.from.relation];
    const present = new Set(lists.get(link?.from.kind ?? '')?.map(({ id }) => id));
    const links = await relation?.read(
      api,
      [...fromIds].filter((id) => present.has(id)),
      lists,
    );
    for (const [fromId, targets] of links ?? []) for (const { id } of targets) found.add(`${fromId}/${id}`);
  }
  return found;
}
