import type { Problem } from '../errors.js';
import type { TenantObject } from '../kinds/kind.js';

/** How an address came to its object. Only `ledger` and `intent` mean that it was ours before. */
export type MatchedBy =
  'ledger' | 'intent' | 'pinned' | 'key' | 'name' | 'singleton' | 'external' | 'built-in';

export interface Match {
  readonly by: MatchedBy;
  readonly object: TenantObject;
  /** The id of the object that holds this one. */
  readonly parentId?: string;
}

export interface Matching {
  readonly matches: ReadonlyMap<string, Match>;
  /** Addresses whose object the ledger knew and the tenant no longer has: address → id. */
  readonly gone: ReadonlyMap<string, string>;
  /** Addresses that have, by its unique key, what another address owned that is no longer declared: new → old. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

export interface MatchOptions {
  /** Take over the one object that has the name, where Logto keeps no unique key. */
  readonly adopt: boolean;
  /** The application that this run signs in with: never touched. */
  readonly ownApplicationId: string;
}

/** State while matching: what was found, and which object is taken by which address. */
export interface Findings {
  readonly matches: Map<string, Match>;
  readonly gone: Map<string, string>;
  readonly renamed: Map<string, string>;
  readonly problems: Problem[];
  readonly takenBy: Map<string, string>;
  /** The same for what is external, which several addresses may refer to. */
  readonly referredToBy: Map<string, string>;
}
