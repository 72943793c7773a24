import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../errors.js';
import type { Json } from '../json.js';
import type { TenantLists } from '../kinds/kind.js';
import type { Manifest } from '../manifest/manifest.js';
import type { CurrentState } from '../state/current-state.js';
import type { Ledger } from '../state/ledger.js';
import type { Matching } from '../state/matching.js';
import type { Rotations } from '../state/rotations.js';
import type { Targets } from '../state/targets.js';
import type { Undeclared } from '../state/undeclared.js';

/** The safety rules that `--force` can set aside, each by its name. */
export const rules = ['protect', 'replace', 'limit', 'cascade'] as const;
export type Rule = (typeof rules)[number];

export interface PlanLimits {
  /** Replacements may be applied. */
  readonly allowReplace: boolean;
  /** How many resources may go, replacements included; takes the place of the 30 % rule. */
  readonly maxDeletes?: number;
  /** Everything is meant to go: the 30 % rule does not count. */
  readonly isDestroying: boolean;
  /** What there is one of in each tenant gets the values of a new tenant when it is no longer declared. */
  readonly reset: boolean;
  /** Only what exists already is made ours, and nothing in the tenant is changed. */
  readonly onlyAdopt: boolean;
  /** Rules that the user has set aside by name. */
  readonly force: readonly Rule[];
}

export interface PlanInput {
  readonly manifest: Manifest;
  readonly endpoint: string;
  readonly lists: TenantLists;
  readonly matching: Matching;
  readonly current: CurrentState;
  readonly targets: Targets;
  readonly ledger: Ledger;
  /** False where no ledger is kept: then nothing can become ours. */
  readonly remembers: boolean;
  /** Where the ledger is kept, in words: a plan made for one home is not applied to another. */
  readonly ledgerHome: string;
  /** What the ledger owns and the manifest no longer names. */
  readonly undeclared: readonly Undeclared[];
  /** What the server says of the sorts of objects of a kind. */
  readonly catalogues: ReadonlyMap<string, Json>;
  /** What was found while reading and is no mistake. */
  readonly warnings: readonly Problem[];
  /** Of what is only adopted: which resource is none of the objects for sure. The others are shown all the same. */
  readonly unclear: readonly Problem[];
  /** Addresses that took over the ledger entry of another one: new → old. */
  readonly moved: ReadonlyMap<string, string>;
  /** Why what is rotated is made and goes now, and what will be next. */
  readonly rotations: Pick<Rotations, 'making' | 'ended' | 'scheduled'>;
  /** Key for hashes of sensitive values: the secret of the tool's own application. */
  readonly hashKey: string;
  readonly limits: PlanLimits;
}

/**
 * Whether two inputs are the same, and so their plans. Exact where it says yes: what is rotated has another manifest at
 * each moment, and counts as different.
 */
export function sameInput(left: PlanInput, right: PlanInput): boolean {
  const names = Object.keys(right) as (keyof PlanInput)[];
  // Targets are made of the manifest and the matching, and are functions, which nobody can compare.
  const isSame = (name: keyof PlanInput): boolean =>
    name === 'targets' || isDeepStrictEqual(left[name], right[name]);
  return left.manifest === right.manifest && names.every(isSame);
}
