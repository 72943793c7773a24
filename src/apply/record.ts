import { ApiError } from '../errors.js';
import { fieldsHash } from '../plan/digest.js';
import { jsonEqual, pick, type JsonObject } from '../json.js';
import { knownBy, valueAt } from '../kinds/identity.js';
import type { Manifest } from '../manifest/manifest.js';
import type { LinkEnd, Step } from '../plan/plan.js';
import { isSensitive } from '../plan/redact.js';
import { seal } from '../plan/sealed.js';
import { makeLedger, type Intent, type Ledger, type LedgerEntry } from '../state/ledger.js';
import type { Resource } from '../state/resource.js';
import type { ApplyInput } from './apply-input.js';
import type { Outcome } from './events.js';

/** The server that stamps objects and the one that answers may differ a little in what time it is. */
const clockMarginMilliseconds = 60_000;

/** The ledger with an intent for each object that is about to be created. */
export function announce({ ledger, plan, serverTime, hashKey, manifest }: ApplyInput): Ledger {
  const intents = new Map(ledger.intents);
  for (const step of plan.steps) {
    const { action } = step;
    if (action.type !== 'create' && action.type !== 'replace') continue;
    // What an earlier run has announced, and perhaps made, is older than now.
    const earlier = intents.get(action.address);
    const carried = action.type === 'replace' ? carriedFields(step, hashKey) : earlier?.carried;
    intents.set(action.address, {
      since: Math.min(earlier?.since ?? Infinity, serverTime - clockMarginMilliseconds),
      fields: earlier?.fields ?? announcedFields(step, manifest),
      ...(carried !== undefined && { carried }),
    });
  }
  return makeLedger(ledger.stack, ledger.entries, intents, ledger.foreign);
}

/** What the new object takes over from the old one: an apply that is cut off in between would lose it. */
function carriedFields({ resource, fields, lateFields }: Step, hashKey: string): string | undefined {
  const all = Object.entries({ ...fields, ...lateFields });
  const carried = all.filter(([name, value]) => !jsonEqual(value, resource.fields[name]));
  return carried.length === 0 ? undefined : seal(hashKey, Object.fromEntries(carried));
}

/**
 * What finds the object again when its address is no longer declared: its unique key, its name, or the ends of the link
 * that it is. Where that is a secret, nothing: the ledger holds none.
 */
function announcedFields({ resource, from, links }: Step, manifest: Manifest): JsonObject {
  const { kind, fields } = resource;
  if (kind.link) return linkFields(from, links[0]?.add[0]);
  // It is where it always is.
  if (kind.singleton) return {};
  const names = knownBy(kind, fields);
  if (names.some((name) => isSensitive(resource, name.split('.'), { manifest, catalogues: new Map() })))
    return {};
  return Object.fromEntries(names.map((name) => [name, valueAt(fields, name)]));
}

const linkFields = (from: LinkEnd | undefined, to: LinkEnd | undefined): JsonObject => ({
  from: endFields(from),
  to: endFields(to),
});

/** By id where the end exists; what is external has no other trace in the ledger. */
const endFields = (end: LinkEnd | undefined): JsonObject =>
  end?.id === undefined ? { address: end?.address ?? '' } : { id: end.id };

type RecordInput = Pick<ApplyInput, 'manifest' | 'hashKey' | 'plan' | 'onlyAdopt'>;

/** The ledger after an apply: what each address owns now, and intents only where nobody knows how a creation ended. */
export function record(
  ledger: Ledger,
  { manifest: { desired }, hashKey, plan, onlyAdopt }: RecordInput,
  outcomes: readonly Outcome[],
  made: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): Ledger {
  const entries = new Map(ledger.entries);
  const stepped = new Set(plan.steps.map(({ action }) => action.address));
  const untold = onlyAdopt ? [...ledger.intents].filter(([address]) => !stepped.has(address)) : [];
  const intents = new Map<string, Intent>(untold);
  for (const address of gone) entries.delete(address);
  const given = new Set(
    plan.steps
      .filter(({ isDeclared, action }) => !isDeclared || action.type === 'delete')
      .map(({ action }) => action.address),
  );
  const differing = new Set(
    plan.steps
      .filter(({ onlyLedger, action }) => onlyLedger && action.consequences.length > 0)
      .map(({ action }) => action.address),
  );
  const lostItsObject = new Set([
    ...gone,
    ...plan.steps
      .filter(({ resource: { parent } }) => parent !== undefined && gone.has(parent))
      .map(({ action }) => action.address),
  ]);
  // An earlier run announced it and this one found it, so it is ours, whatever became of its step.
  const isFound = ({ action: { id, address } }: Outcome): boolean =>
    id !== undefined && !ledger.entries.has(address) && !lostItsObject.has(address);
  for (const outcome of outcomes) {
    const { action } = outcome;
    const resource = desired.get(action.address);
    const intent = ledger.intents.get(action.address);
    if (given.has(action.address)) {
      // No longer ours: deleted, released, or gone before. What could not be deleted stays ours.
      if (outcome.status === 'done') entries.delete(action.address);
      else if (intent) intents.set(action.address, intent);
    } else if (outcome.status === 'done' && resource) {
      const entry = entryFor(resource, outcome.id, hashKey, isAdopted(outcome, ledger));
      entries.set(action.address, differing.has(action.address) ? withoutHash(entry) : entry);
    } else {
      const id = made.get(action.address);
      // Created, but not finished: ours, and without a hash, so that nobody takes it for applied.
      if (id !== undefined)
        entries.set(action.address, { id, ...(resource?.generation && { generation: true }) });
      else if (intent && (isUncertain(outcome) || isFound(outcome) || mayHaveCome(resource, made))) {
        intents.set(action.address, intent);
      } else if (intent?.carried !== undefined && lostItsObject.has(action.address)) {
        // Nothing has been made, so nothing that there is by now is it.
        intents.set(action.address, { ...intent, since: Number.MAX_SAFE_INTEGER });
      }
    }
  }
  for (const [address, entry] of onlyAdopt ? [] : entries) {
    const resource = desired.get(address);
    if (resource && !stepped.has(address)) {
      entries.set(address, entryFor(resource, entry.id, hashKey, entry.adopted === true));
    }
  }
  return makeLedger(ledger.stack, entries, intents, ledger.foreign);
}

function entryFor(resource: Resource, id: string, hashKey: string, adopted: boolean): LedgerEntry {
  const { source, lifecycle } = resource;
  return {
    id,
    hash: fieldsHash(hashKey, resource.fields),
    ...(source && { source: `${source.file}:${source.line}` }),
    ...(adopted && { adopted }),
    ...(lifecycle.protect && { protect: true }),
    ...(lifecycle.onRemove === 'release' && { release: true }),
    ...(lifecycle.deletable && { deletable: true }),
    ...(resource.generation && { generation: true }),
  };
}

/** Ours, but not as stated: nothing has been applied to it yet. */
const withoutHash = ({ id, adopted, generation }: LedgerEntry): LedgerEntry => ({
  id,
  ...(adopted && { adopted }),
  ...(generation && { generation }),
});

/** Adopted once, adopted for ever: a later removal has to say so. What a cut-off apply made was never anybody else's. */
function isAdopted({ action }: Outcome, ledger: Ledger): boolean {
  if (action.type === 'create' || action.type === 'replace') return false;
  if (action.type === 'adopt') return !ledger.intents.has(action.address);
  return ledger.entries.get(action.address)?.adopted === true;
}

/** Whether Logto has perhaps made it by itself with what holds it, which we made: then it is not somebody else's. */
function mayHaveCome(resource: Resource | undefined, made: ReadonlyMap<string, string>): boolean {
  const { kind, parent } = resource ?? {};
  const parentId = parent === undefined ? undefined : made.get(parent);
  if (!resource || !kind?.comesWithParent || kind.isAnonymous || parentId === undefined) return false;
  const known = knownBy(kind, resource.fields);
  const unset = Object.fromEntries(Object.keys(kind.fields).map((name) => [name, null]));
  const fields = { ...unset, ...pick(resource.fields, known) };
  return kind.comesWithParent({ id: '', fields }, { id: parentId, fields: {} });
}

const isUncertain = (outcome: Outcome): boolean =>
  outcome.status === 'failed' && outcome.error instanceof ApiError && outcome.error.uncertain;
