import type { Ledger } from '../state/ledger.js';
import type { State } from '../state/resource.js';
import { fieldsHash, isHashOf } from './digest.js';
import type { Action, Plan, Step } from './plan.js';

/**
 * Why tenant and manifest differ: `tenant`, somebody changed the tenant after the last apply; `manifest`, it is not
 * applied yet; `unknown`, the hash in the ledger was made with another key (the secret of the tool's own application).
 */
export type Cause = 'tenant' | 'manifest' | 'unknown';

/**
 * Tells the cause of an action by the hash of the fields as last applied: the same hash means that the manifest has
 * not changed since, so the tenant has.
 */
export function causeOf(action: Action, desired: State, ledger: Ledger, hashKey: string): Cause {
  const resource = desired.get(action.address);
  const entry = ledger.entries.get(action.address);
  // Without a hash it was never applied to its end.
  if (!resource || !entry?.hash || isForLedger(action)) return 'manifest';
  if (!isHashOf(hashKey, entry.hash)) return 'unknown';
  return entry.hash === fieldsHash(hashKey, resource.fields) ? 'tenant' : 'manifest';
}

/** Nothing of it is in the tenant: a key was renamed, or `lifecycle` says something else. */
const isForLedger = ({ type, changes }: Action): boolean =>
  (type === 'move' || type === 'update') && changes.every(({ path }) => path[0] === 'lifecycle');

/**
 * The causes of all actions of a plan. What differs only because of what happens to something else (a permission of an
 * API resource that is replaced, the links to it) has the cause of that.
 */
export function causesOf(
  { steps }: Plan,
  desired: State,
  ledger: Ledger,
  hashKey: string,
): ReadonlyMap<string, Cause> {
  const causes = new Map<string, Cause>();
  const replaced = new Set(
    steps.filter(({ action }) => action.type === 'replace').map(({ action }) => action.address),
  );
  for (const step of steps) {
    const own = causeOf(step.action, desired, ledger, hashKey);
    const origin = own === 'tenant' ? originOf(step, (address) => replaced.has(address)) : undefined;
    causes.set(step.action.address, (origin !== undefined && causes.get(origin)) || own);
  }
  return causes;
}

/** The address of the replacement that alone makes a step necessary. */
function originOf(step: Step, isReplaced: (address: string) => boolean): string | undefined {
  const { action, resource, links, from } = step;
  const { parent, kind } = resource;
  if (parent !== undefined && isReplaced(parent)) return action.changes.length === 0 ? parent : undefined;
  const ends = [...(from ? [from] : []), ...links.flatMap(({ add }) => add)].map(
    ({ address = '' }) => address,
  );
  if (kind.link) return ends.find(isReplaced);
  const relations = links.map(({ relation }) => relation);
  const isOnlyLinks = action.changes.every(({ path: [name = ''] }) => relations.includes(name));
  const isOnlyAgain = links.every(({ remove }) => remove.length === 0) && ends.every(isReplaced);
  return isOnlyLinks && isOnlyAgain ? ends[0] : undefined;
}
