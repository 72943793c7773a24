import type { Ledger } from '../state/ledger.js';
import type { State } from '../state/resource.js';
import { fieldsHash, isHashOf } from './digest.js';
import type { Action } from './plan.js';

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
  if (!resource || !entry?.hash) return 'manifest';
  if (!isHashOf(hashKey, entry.hash)) return 'unknown';
  return entry.hash === fieldsHash(hashKey, resource.fields) ? 'tenant' : 'manifest';
}
