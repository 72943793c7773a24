import type { SourceRange } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';

export interface Lifecycle {
  /** Never deleted, never replaced. */
  readonly protect?: boolean;
  /** Paths inside the resource that are neither compared nor written, such as `customData` or `customData.team`. */
  readonly ignore?: readonly string[];
  /** Parts that are wholly ours: what the manifest does not state in them is removed. */
  readonly exact?: readonly string[];
  /** What happens when the manifest no longer names it. */
  readonly onRemove?: 'delete' | 'release';
  /** For what is kept otherwise: deleted when the manifest no longer names it. */
  readonly deletable?: boolean;
}

/** One thing that the manifest declares, in the shape in which desired and current state are compared. */
export interface Resource {
  readonly kind: Kind;
  readonly address: string;
  /** The last segment of the address. */
  readonly key: string;
  /** The address of what holds it (the API resource of a scope). */
  readonly parent?: string;
  /**
   * Stated fields only, with Logto's names; children and `id`, `lifecycle` are not among them. References are keys as
   * written. A child's key field (the name of a scope) is filled in.
   */
  readonly fields: JsonObject;
  readonly lifecycle: Lifecycle;
  /** `id:` in the manifest: this object of the tenant and no other. */
  readonly pinnedId?: string;
  /** Exists already and is never changed; `fields` say how to find it. */
  readonly external?: true;
  /** Not declared itself: follows what is declared, as `rotate` says. */
  readonly generation?: true;
  /** Another has taken its place, so it is there for some time only: never made anew when it goes with its parent. */
  readonly followed?: true;
  /** Sent when it is made, and compared never: what hangs on the moment in which that happens. */
  readonly initial?: JsonObject;
  readonly source?: SourceRange;
}

/** By address, in the order of the manifest. */
export type State = ReadonlyMap<string, Resource>;

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly source?: SourceRange;
}
