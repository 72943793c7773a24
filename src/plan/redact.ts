import { isObject, type Json, type JsonObject } from '../json.js';
import type { Field } from '../kinds/field.js';
import { maskSecrets } from '../manifest/problems.js';
import { shortestUnmistakable } from '../manifest/sensitive.js';
import type { Resource } from '../state/resource.js';
import { startsWith, type Difference } from './compare.js';
import type { PlanInput } from './plan-input.js';
import type { Change } from './plan.js';

/** What decides whether a value may be shown. */
export type Disclosure = Pick<PlanInput, 'manifest' | 'catalogues'>;

/**
 * Whether the value at a path is secret: by the trait of its field, or because it came from a sensitive variable, in
 * whole or in a part.
 */
export function isSensitive(resource: Resource, path: readonly string[], disclosure: Disclosure): boolean {
  return (
    hasSensitiveTrait(resource, path, disclosure) ||
    secretPaths(resource, disclosure).some((secret) => startsWith(path, secret))
  );
}

const secretPaths = ({ address }: Resource, { manifest }: Disclosure): readonly (readonly string[])[] =>
  manifest.secretPaths.get(address) ?? [];

function hasSensitiveTrait(
  { kind, fields: stated }: Resource,
  path: readonly string[],
  { catalogues }: Disclosure,
): boolean {
  let fields: Readonly<Record<string, Field>> | undefined = kind.fields;
  for (const name of path) {
    const field: Field | undefined = fields?.[name];
    if (field?.sensitive) return !kind.isPublic?.(path, stated, catalogues.get(kind.name) ?? {});
    fields = field?.type === 'object' ? field.fields : undefined;
  }
  return false;
}

/** The one place where a difference becomes something that may be shown: what is sensitive in it loses its values. */
export function showDifference(difference: Difference, resource: Resource, disclosure: Disclosure): Change {
  const { path, before, after, immutable } = difference;
  const forces = immutable && { forcesReplacement: true as const };
  // The items of a list have no names, so a secret among them cannot be told from the others.
  const holdsSecrets = secretPaths(resource, disclosure).some((secret) => startsWith(secret, path));
  const isSecretList = holdsSecrets && (Array.isArray(before) || Array.isArray(after));
  // Of an object of which some is public, that is shown, and the rest hidden key by key.
  const isMixed = resource.kind.isPublic !== undefined && path.length === 1 && isObject(after);
  if (isSecretList || (isSensitive(resource, path, disclosure) && !isMixed))
    return { path, sensitive: true, ...forces };
  const masked = (value: Json): Json => maskValue(inWords(value, path, resource), path, resource, disclosure);
  return {
    path,
    ...(before !== undefined && { before: masked(before) }),
    ...(after !== undefined && { after: masked(after) }),
    ...forces,
  };
}

/** The stated fields as they may be shown: what is sensitive in them is masked. */
export const shownFields = (resource: Resource, disclosure: Disclosure): JsonObject =>
  Object.fromEntries(
    Object.entries(resource.fields).map(([name, value]) => [
      name,
      maskValue(value, [name], resource, disclosure),
    ]),
  );

/** A moment as in ISO 8601: Logto has epoch milliseconds, which tell people nothing. */
function inWords(value: Json, path: readonly string[], { kind }: Resource): Json {
  const isMoment = path.length === 1 && kind.fields[path[0] ?? '']?.type === 'time';
  return isMoment && typeof value === 'number' ? new Date(value).toISOString() : value;
}

const hidden = '(sensitive)';

/**
 * A value with `(sensitive)` for everything below that is secret, and for every text that holds a secret of the manifest:
 * what the tenant has may be the secret of yesterday, under another key.
 */
function maskValue(value: Json, path: readonly string[], resource: Resource, disclosure: Disclosure): Json {
  const isMixed = resource.kind.isPublic !== undefined && path.length === 1 && isObject(value);
  if (isSensitive(resource, path, disclosure) && !isMixed) return hidden;
  if (typeof value === 'string') {
    return maskSecrets(
      value,
      disclosure.manifest.secrets.filter(({ length }) => length >= shortestUnmistakable),
    );
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(
      ([name, inner]) => [name, maskValue(inner, [...path, name], resource, disclosure)] as const,
    );
    return Object.fromEntries(members);
  }
  const isHolding = secretPaths(resource, disclosure).some((secret) => startsWith(secret, path));
  if (!Array.isArray(value)) return value;
  return isHolding
    ? hidden
    : (value as readonly Json[]).map((item) => maskValue(item, path, resource, disclosure));
}
