import { parseAddress } from '../address.js';
import type { Edit } from '../edit/edit.js';
import type { Problem } from '../errors.js';
import { isObject, sameStatement, type Json, type JsonObject } from '../json.js';
import { referencesOf } from '../kinds/references.js';
import { compareFields, startsWith, type Difference } from '../plan/compare.js';
import { compareLinks } from '../plan/links.js';
import type { Change } from '../plan/plan.js';
import { showDifference } from '../plan/redact.js';
import { compareOptions } from '../plan/replacements.js';
import type { Planned } from '../reconcile.js';
import type { CurrentResource } from '../state/current-state.js';
import type { Resource } from '../state/resource.js';
import { fieldOf, tenantValue, type Keeps } from './tenant-value.js';
import { isKeyOfIts, isSecret, isUndeclared } from './why-not.js';

/** A field in which the tenant differs from a manifest, and what the manifest would say to have it so. */
export interface TenantDifference {
  readonly address: string;
  readonly path: readonly string[];
  /** As a plan shows it: `before` is the tenant's. */
  readonly change: Change;
  readonly edit: Edit;
  /** Addresses that are named by what is stated there. */
  readonly names: readonly string[];
  /** What the tenant's value names and no manifest declares. */
  readonly undeclared: readonly string[];
  /** Why it is not taken over. */
  readonly refusal?: Problem;
}

/** What was planned, and which of the targets that are gone stay stated all the same. */
export interface Comparison {
  readonly planned: Pick<Planned, 'manifest' | 'current' | 'targets' | 'catalogues'>;
  readonly keeps: Keeps;
}

/** Every stated field of a resource that the tenant has otherwise. */
export function differencesOf(resource: Resource, comparison: Comparison): readonly TenantDifference[] {
  const { planned } = comparison;
  const current = planned.current.get(resource.address);
  if (!current || resource.kind.link) return [];
  const options = compareOptions(resource);
  const columns = compareFields(resource.kind.fields, resource.fields, current.fields, options);
  const { changes } = compareLinks(resource, current, planned.targets, () => false);
  return [
    ...columns.map((difference) => columnDifference(resource, current, difference, comparison)),
    ...changes.map((change) => linkDifference(resource, change, comparison)),
  ].filter(({ edit: { before, after }, refusal }) => refusal !== undefined || !sameStatement(before, after));
}

function columnDifference(
  resource: Resource,
  current: CurrentResource,
  difference: Difference,
  { planned, keeps }: Comparison,
): TenantDifference {
  const { kind, address } = resource;
  const { path, before } = difference;
  const change = showDifference(difference, resource, planned);
  const field = fieldOf(kind.fields, path);
  const { place, stated } = statementOf(resource, path, planned);
  const isHidden = change.sensitive === true || !isShownWhole(change, before);
  const undeclared = undeclaredIn(resource, path, current.fields, planned);
  const refusal =
    path[0] === kind.keyField
      ? isKeyOfIts(resource, change, planned.manifest)
      : isHidden
        ? isSecret(resource, path, planned.manifest)
        : undeclared.length > 0
          ? isUndeclared(resource, path, undeclared, planned.manifest)
          : undefined;
  const after = isHidden ? stated : tenantValue(field, stated, before, keeps);
  const edit = { path: place, before: stated, after };
  const names = namesIn(resource, path);
  return { address, path, change, edit, names, undeclared, ...(refusal && { refusal }) };
}

/** A plan shows a moment in words; whatever else it shows otherwise holds a secret. */
const isShownWhole = ({ before: shown }: Change, before: Json | undefined): boolean =>
  (typeof before === 'number' && typeof shown === 'string') || sameStatement(shown, before);

function linkDifference(
  resource: Resource,
  change: Change,
  { planned, keeps }: Comparison,
): TenantDifference {
  const { kind, address } = resource;
  const { path } = change;
  const [relation = '', group] = path;
  const field = fieldOf(kind.fields, path);
  const { place, stated } = statementOf(resource, path, planned);
  const found = change.before ?? [];
  const inWords: JsonObject = { [relation]: group === undefined ? found : { [group]: found } };
  const undeclared = undeclaredIn(resource, path, inWords, planned);
  const refusal =
    undeclared.length > 0 ? isUndeclared(resource, path, undeclared, planned.manifest) : undefined;
  const value = tenantValue(field, stated, found, keeps, group) ?? [];
  // Of the permissions of an API resource that nothing is left of, nothing need be said.
  const isEmptyGroup = group !== undefined && Array.isArray(value) && value.length === 0;
  const edit = { path: place, before: stated, after: isEmptyGroup ? undefined : value };
  const names = namesIn(resource, path);
  return { address, path, change, edit, names, undeclared, ...(refusal && { refusal }) };
}

/** The addresses of what a resource names in a field, or anywhere. */
export const namesIn = ({ kind, fields }: Resource, path: readonly string[]): readonly string[] =>
  referencesOf(fields, kind.fields)
    .filter((reference) => startsWith(reference.path, path))
    .flatMap(({ address, parent }) => [address, ...(parent ? [parent.address] : [])]);

/** What the tenant's value names and no manifest knows, by name and id. What manifests declare may be gone from it. */
function undeclaredIn(
  { kind }: Resource,
  path: readonly string[],
  inWords: JsonObject,
  { manifest, targets }: Comparison['planned'],
): readonly string[] {
  const unknown = referencesOf(inWords, kind.fields)
    .filter((reference) => startsWith(reference.path, path) || startsWith(path, reference.path))
    .filter(({ address }) => targets.idOf(address) === undefined && !manifest.desired.has(address));
  return [...new Set(unknown.map(({ key }) => key))];
}

/** Where a field of a resource stands in the merged manifest, and what is stated there. */
function statementOf(
  { address }: Pick<Resource, 'address'>,
  path: readonly string[],
  { manifest }: Pick<Planned, 'manifest'>,
): { readonly place: readonly string[]; readonly stated: Json | undefined } {
  const place = placeOf(address, path);
  return { place, stated: valueAt(manifest.document, place) };
}

/** The path of a field from the top of a manifest. */
export const placeOf = (address: string, path: readonly string[] = []): readonly string[] => [
  ...(parseAddress(address) ?? [address]),
  ...path,
];

export const valueAt = (document: JsonObject, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    document,
  );
