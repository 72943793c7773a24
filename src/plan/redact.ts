import { isObject, type Json } from '../json.js';
import type { Field } from '../kinds/field.js';
import type { Manifest } from '../manifest/manifest.js';
import { maskSecrets } from '../manifest/problems.js';
import { shortestUnmistakable } from '../manifest/sensitive.js';
import type { Resource } from '../state/resource.js';
import { startsWith, type Difference } from './compare.js';
import type { Change } from './plan.js';

/**
 * Whether the value at a path is secret: by the trait of its field, or because it came from a sensitive variable, in
 * whole or in a part.
 */
export function isSensitive(resource: Resource, path: readonly string[], manifest: Manifest): boolean {
  return (
    hasSensitiveTrait(resource, path) ||
    secretPaths(resource, manifest).some((secret) => startsWith(path, secret))
  );
}

const secretPaths = ({ address }: Resource, manifest: Manifest): readonly (readonly string[])[] =>
  manifest.sensitivePaths.get(address) ?? [];

function hasSensitiveTrait(resource: Resource, path: readonly string[]): boolean {
  let fields: Readonly<Record<string, Field>> | undefined = resource.kind.fields;
  for (const name of path) {
    const field: Field | undefined = fields?.[name];
    if (field?.sensitive) return true;
    fields = field?.type === 'object' ? field.fields : undefined;
  }
  return false;
}

/** The one place where a difference becomes something that may be shown: what is sensitive in it loses its values. */
export function showDifference(difference: Difference, resource: Resource, manifest: Manifest): Change {
  const { path, before, after, immutable, sensitive } = difference;
  const forces = immutable && { forcesReplacement: true as const };
  // The items of a list have no names, so a secret among them cannot be told from the others.
  const holdsSecrets = secretPaths(resource, manifest).some((secret) => startsWith(secret, path));
  const isSecretList = holdsSecrets && (Array.isArray(before) || Array.isArray(after));
  if (sensitive || isSecretList || isSensitive(resource, path, manifest))
    return { path, sensitive: true, ...forces };
  const masked = (value: Json): Json => maskValue(value, path, resource, manifest);
  return {
    path,
    ...(before !== undefined && { before: masked(before) }),
    ...(after !== undefined && { after: masked(after) }),
    ...forces,
  };
}

const hidden = '(sensitive)';

/**
 * A value with `(sensitive)` for everything below that is secret, and for every text that holds a secret of the manifest:
 * what the tenant has may be the secret of yesterday, under another key.
 */
function maskValue(value: Json, path: readonly string[], resource: Resource, manifest: Manifest): Json {
  if (isSensitive(resource, path, manifest)) return hidden;
  if (typeof value === 'string') {
    return maskSecrets(
      value,
      manifest.secrets.filter(({ length }) => length >= shortestUnmistakable),
    );
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(
      ([name, inner]) => [name, maskValue(inner, [...path, name], resource, manifest)] as const,
    );
    return Object.fromEntries(members);
  }
  const isHolding = secretPaths(resource, manifest).some((secret) => startsWith(secret, path));
  if (!Array.isArray(value)) return value;
  return isHolding
    ? hidden
    : (value as readonly Json[]).map((item) => maskValue(item, path, resource, manifest));
}
