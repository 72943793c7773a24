import type { Json } from '../json.js';

/** A field that two tenants hold differently. Values of secrets are not in it: it may be printed as it is. */
export interface FieldDifference {
  /** From the resource to the field: `['oidcClientMetadata', 'redirectUris']`. */
  readonly path: readonly string[];
  /** What the first tenant holds; absent where that is nothing. */
  readonly from?: Json;
  readonly to?: Json;
  /** Both hold a secret, and not the same one; the values are left out. */
  readonly sensitive?: true;
}

/** A resource that is in one of the tenants only, or not the same in both. */
export interface ResourceDifference {
  readonly type: 'only-in-from' | 'only-in-to' | 'different';
  /** As in an export of either tenant: `roles.auditor`. */
  readonly address: string;
  readonly fromId?: string;
  readonly toId?: string;
  readonly fields: readonly FieldDifference[];
}

/** Objects of one name of which nothing tells which of the one tenant is which of the other. */
export interface Ambiguity {
  readonly kind: string;
  readonly name: string;
  /** Their ids in the first tenant. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** A secret that both tenants hold, each with a value of its own. */
export interface SecretDifference {
  readonly address: string;
  readonly path: readonly string[];
}

export interface ComparedTenant {
  /** What people call it: `dev`. */
  readonly name: string;
  readonly endpoint: string;
}

/** What is different between two tenants. Holds no secret. */
export interface Comparison {
  readonly from: ComparedTenant;
  readonly to: ComparedTenant;
  readonly summary: {
    readonly onlyInFrom: number;
    readonly onlyInTo: number;
    readonly different: number;
    readonly same: number;
  };
  /** By kind, then by address. */
  readonly differences: readonly ResourceDifference[];
  readonly ambiguous: readonly Ambiguity[];
  /** Secrets that differ and do not count, as every environment has its own. */
  readonly secrets: readonly SecretDifference[];
  /** What could not be compared, or only in part: each a sentence. */
  readonly notes: readonly string[];
}

/** Whether the tenants are the same, as far as anything was compared. */
export const isSame = ({ differences, ambiguous }: Comparison): boolean =>
  differences.length === 0 && ambiguous.length === 0;
