import { formatAddress } from '../address.js';
import { isObject, type Json } from '../json.js';
import type { ExportedResource, ExportedTenant } from '../export/exported.js';
import { kinds } from '../kinds/index.js';
import type { Kind, TenantLists, TenantObject } from '../kinds/kind.js';
import { unescapeExpressions } from '../manifest/expression.js';
import { shortestUnmistakable } from '../manifest/sensitive.js';
import type { Reading } from './compare-fields.js';
import type { Translate } from './same-text.js';

/** A description, ready to be compared: resources by address, and what their texts mean. */
export interface DescribedTenant {
  readonly resources: ReadonlyMap<string, ExportedResource>;
  readonly readingOf: (resource: ExportedResource) => Omit<Reading, 'secrets'>;
  /** Values that must not be shown, wherever they stand. */
  readonly secrets: readonly string[];
}

/**
 * Prepares a description for comparing. What there is one of is in it also where the export says nothing of it, because
 * it is as in a new tenant.
 *
 * @param translate gives a text of this tenant as the other one has it
 */
export function describedTenant(
  { resources, secrets }: ExportedTenant,
  lists: TenantLists,
  translate: Translate,
): DescribedTenant {
  const valueByExpression = new Map(secrets.map(({ name, value }) => [`\${var.${name}}`, value]));
  const silent = kinds.flatMap((kind) =>
    kind.singleton ? (lists.get(kind.name) ?? []).map((object) => asUsual(kind, object)) : [],
  );
  return {
    resources: new Map(
      [...silent, ...resources].map((resource) => [formatAddress(resource.path), resource] as const),
    ),
    readingOf: (resource) => ({
      valueOf: (text) => valueByExpression.get(text) ?? translate(unescapeExpressions(text)),
      isSecret: (text) => valueByExpression.has(text),
      usualAt: (path) => usualAt(resource, path),
    }),
    secrets: secrets.map(({ value }) => value).filter(({ length }) => length >= shortestUnmistakable),
  };
}

const asUsual = (kind: Kind, object: TenantObject): ExportedResource => ({
  kind,
  path: [kind.name],
  object,
  spec: {},
});

/** What is stored at a path, for fields of which the object itself tells. */
function usualAt({ kind, object }: ExportedResource, path: readonly string[]): Json | undefined {
  const [name = ''] = path;
  const field = kind.fields[name];
  if (!field || field.sensitive || field.relation || kind.parts?.[name]) return undefined;
  // Settings of which some are secret are shown by what the description says of them, and by nothing else.
  if (field.type === 'object' && Object.values(field.fields).some(({ sensitive }) => sensitive))
    return undefined;
  const value = path.reduce<Json | undefined>(
    (inner, segment) => (isObject(inner) && Object.hasOwn(inner, segment) ? inner[segment] : undefined),
    object.fields,
  );
  return value ?? undefined;
}
