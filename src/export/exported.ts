import type { JsonObject } from '../json.js';
import type { Kind, TenantObject } from '../kinds/kind.js';
import type { SecretVariable } from './secret-variables.js';

/** One resource of an exported manifest. */
export interface ExportedResource {
  readonly kind: Kind;
  /** Where it stands: `['roles', 'auditor']`, `['apiResources', 'orders', 'scopes', 'read']`, `['signInExperience']`. */
  readonly path: readonly string[];
  readonly object: TenantObject;
  /** As a manifest states it; expressions in place of secrets. */
  readonly spec: JsonObject;
  /** The same with texts in files of their own, where manifests are brought up to date and somebody wants that. */
  readonly specWithFiles?: JsonObject;
}

/** What is not in the export although the tenant holds it, and why: each a sentence. */
export interface Omission {
  readonly what: string;
  readonly why: string;
}

/** A tenant in the words of a manifest, before it is written down. */
export interface ExportedTenant {
  readonly stack: string;
  readonly resources: readonly ExportedResource[];
  /** What is referred to and not exported: section → key → how it is found. */
  readonly external: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly secrets: readonly SecretVariable[];
  readonly omissions: readonly Omission[];
}
