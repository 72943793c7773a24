import { parentAddress } from '../address.js';
import { isChild } from '../kinds/identity.js';
import { kindNamed, kindOfAddress } from '../kinds/index.js';
import type { Kind, TenantLists, TenantObject } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import { announcedObjects } from './announced.js';
import { exactChildren } from './exact-children.js';
import type { Ledger, LedgerEntry } from './ledger.js';
import type { Matching } from './matching.js';
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
  /** It never was ours, but stands in a part that a manifest calls wholly its own. */
  readonly isStray?: true;
  /** The manifest refers to it, or to what holds it, as external now: handed over, so it is released. */
  readonly isExternalNow?: true;
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
 * @param spared ids of what stays for now, although nobody declares it in a part that is wholly ours
 */
export async function readUndeclared(
  api: ReadApi,
  desired: State,
  ledger: Ledger,
  lists: TenantLists,
  matching: Pick<Matching, 'matches'>,
  spared: ReadonlySet<string>,
): Promise<readonly Undeclared[]> {
  const objects = indexObjects(lists);
  const entries = undeclaredEntries(desired, ledger, lists, matching, objects);
  const links = await readOwnedLinks(api, entries, lists);
  const matchedBy = new Map([...matching.matches.values()].map(({ by, object }) => [object.id, by]));
  const found: Undeclared[] = [];
  for (const [address, entry] of entries) {
    const kind = kindOfAddress(address);
    const held = objects.get(entry.id);
    const by = matchedBy.get(entry.id);
    const isExternalNow = [by, matchedBy.get(held?.parentId ?? '')].includes('external');
    // What is matched is declared: under another key.
    if (!kind || (by !== undefined && !isExternalNow)) continue;
    const isThere = kind.link ? links.has(entry.id) : held !== undefined;
    found.push({
      address,
      kind,
      entry: isExternalNow ? { ...entry, release: true } : entry,
      object: isThere ? (held?.object ?? { id: entry.id, fields: {} }) : undefined,
      ...(held?.parentId !== undefined && { parentId: held.parentId }),
      ...(isChild(kind) && { parent: parentAddress(address) }),
      ...(isExternalNow && { isExternalNow }),
    });
  }
  return [...found, ...exactChildren(desired, ledger, matching, spared)];
}

/** What each undeclared address owns: what an apply that was cut off has made for it, or else what the ledger says. */
function undeclaredEntries(
  desired: State,
  ledger: Ledger,
  lists: TenantLists,
  matching: Pick<Matching, 'matches'>,
  objects: ReadonlyMap<string, Held>,
): ReadonlyMap<string, LedgerEntry> {
  const announced = announcedObjects(ledger, lists, matching);
  const entries = new Map<string, LedgerEntry>();
  for (const address of undeclaredAddresses(desired, ledger)) {
    const entry = ledger.entries.get(address);
    const isThere = entry?.id.split('/').every((id) => objects.has(id)) === true;
    // Of a replacement that was cut off the ledger knows the old object, which may be gone.
    const madeId = isThere ? undefined : announced(address);
    const owned = madeId === undefined ? entry : { id: madeId };
    if (owned) entries.set(address, owned);
  }
  return entries;
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
  entries: ReadonlyMap<string, LedgerEntry>,
  lists: TenantLists,
): Promise<ReadonlySet<string>> {
  const owners = new Map<Kind, Set<string>>();
  for (const [address, entry] of entries) {
    const kind = kindOfAddress(address);
    if (!kind?.link) continue;
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
