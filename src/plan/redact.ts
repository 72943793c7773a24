import type { Field } from '../kinds/field.js';
import type { Manifest } from '../manifest/manifest.js';
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
    (manifest.sensitivePaths.get(resource.address) ?? []).some((secret) => startsWith(path, secret))
  );
}

function hasSensitiveTrait(resource: Resource, path: readonly string[]): boolean {
  let fields: Readonly<Record<string, Field>> | undefined = resource.kind.fields;
  for (const name of path) {
    const field: Field | undefined = fields?.[name];
    if (field?.sensitive) return true;
    fields = field?.type === 'object' ? field.fields : undefined;
  }
  return false;
}

/** The one place where a difference becomes something that may be shown: a sensitive one loses its values. */
export function showDifference(difference: Difference, resource: Resource, manifest: Manifest): Change {
  const { path, before, after, immutable, sensitive } = difference;
  const secretBelow = (manifest.sensitivePaths.get(resource.address) ?? []).some((secret) =>
    startsWith(secret, path),
  );
  const forces = immutable && { forcesReplacement: true as const };
  if (sensitive || secretBelow || isSensitive(resource, path, manifest))
    return { path, sensitive: true, ...forces };
  return {
    path,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...forces,
  };
}
