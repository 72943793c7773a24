import type { Problem, SourceRange } from '../errors.js';
import type { Json, JsonObject } from '../json.js';
import type { Resource } from '../state/resource.js';
import type { Scheduled } from '../state/rotations.js';

export type ActionType = 'create' | 'update' | 'replace' | 'delete' | 'adopt' | 'move';

/** One field that changes. Values of sensitive fields are not in it: it may be printed and stored as it is. */
export interface Change {
  /** From the resource to the field: `['oidcClientMetadata', 'redirectUris']`. */
  readonly path: readonly string[];
  /** Absent when there was no value. */
  readonly before?: Json;
  /** Absent when the value goes away. */
  readonly after?: Json;
  /** The values are left out; their keyed hashes stand in the digest. */
  readonly sensitive?: true;
  /** It is this change that forces the replacement. */
  readonly forcesReplacement?: true;
  /** Where the field is stated, or else what it would stand in; absent where no manifest names the object. */
  readonly source?: SourceRange;
}

/** What happens to one resource. */
export interface Action {
  readonly type: ActionType;
  readonly address: string;
  /** The object in the tenant, where there is one already. */
  readonly id?: string;
  /** Why, where the type alone does not say it. */
  readonly reason?: string;
  /** What else follows from it, each a sentence. */
  readonly consequences: readonly string[];
  readonly changes: readonly Change[];
  readonly source?: SourceRange;
}

/** A target of a link: known by id, or by the address of something that is yet to be created. */
export interface LinkEnd {
  readonly address?: string;
  readonly id?: string;
  readonly label: string;
}

export interface LinkWork {
  readonly relation: string;
  readonly add: readonly LinkEnd[];
  readonly remove: readonly LinkEnd[];
}

/** What a delete expects to find, so that what somebody has changed in the meantime is left alone. */
export interface DeletedObject {
  readonly id: string;
  readonly parentId?: string;
  readonly expected: JsonObject;
}

/** An action with what `apply` sends for it. Values are in the clear here, so this part is never printed or stored. */
export interface Step {
  readonly action: Action;
  readonly resource: Resource;
  /** The object that holds it, where that exists already. */
  readonly parentId?: string;
  /** Body of the creation, or of the one PATCH: whole JSON columns, so that keys that are not managed survive. */
  readonly fields: JsonObject;
  /** Fields that are written right after a creation. */
  readonly lateFields: JsonObject;
  readonly links: readonly LinkWork[];
  /** The ids of what the fields refer to, by address; what is yet to be created has none. */
  readonly targets: Readonly<Record<string, string>>;
  /** Sections of a new object that are wholly ours, with the keys that are declared: what Logto makes in them goes. */
  readonly emptied: Readonly<Record<string, readonly string[]>>;
  /** Objects that Logto deletes when this one is made. */
  readonly displaced: readonly { readonly id: string; readonly title: string }[];
  /** For a resource that is one link: its owner. */
  readonly from?: LinkEnd;
  /** The object that is deleted, for good or to be made anew; absent where it goes with what holds it. */
  readonly deletes?: DeletedObject;
  /** The ledger learns of the object, and what differs is left as it is. */
  readonly onlyLedger?: true;
  /** A manifest states it; otherwise the ledger alone knows it. */
  readonly isDeclared: boolean;
  /** See phases.ts. Steps are in the order of their phases. */
  readonly phase: number;
  /** Addresses whose steps come first. */
  readonly after: readonly string[];
}

export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly adopt: number;
  readonly move: number;
  readonly unchanged: number;
}

export interface Plan {
  readonly stack: string;
  readonly endpoint: string;
  /** Hash over the actions and over what was read for them: an equal digest means that nothing relevant has changed. */
  readonly digest: string;
  readonly summary: Summary;
  readonly actions: readonly Action[];
  /** What a safety rule will refuse; `apply` does nothing while there is one. */
  readonly blocked: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** What rotations will bring, later: no part of this plan. Absent where nothing is rotated. */
  readonly scheduled?: readonly Scheduled[];
  /** In an order in which they can be applied. */
  readonly steps: readonly Step[];
}

/** The part of a plan that may be printed and stored; described by schema/plan.schema.json. */
export interface PlanDocument extends Omit<Plan, 'steps' | 'actions'> {
  readonly formatVersion: 1;
  readonly actions: readonly (Omit<Action, 'changes'> & {
    readonly changes: readonly (Omit<Change, 'path'> & { readonly path: string })[];
  })[];
}
