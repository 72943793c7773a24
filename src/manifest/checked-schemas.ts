import { kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import type { JsonSchema } from './field-schema.js';
import { externalSchema, keySchema, moveSchema, resourceSchema, variableSchema } from './manifest-schema.js';
import { externalKinds } from './sections.js';
import { tenantSchema } from './tenant-schema.js';

type Named = readonly [name: string, schema: () => JsonSchema];

/**
 * Every schema that a part of a manifest or of a file of tenants is checked against, by name: `variable`, `move`, `tenant`, `roles` for a role,
 * `external.roles` for one that exists already, and `keys.domains` where the key of a resource is its name.
 */
export const checkedSchemas: ReadonlyMap<string, () => JsonSchema> = new Map<string, () => JsonSchema>([
  ['variable', () => variableSchema('strict')],
  ['move', () => moveSchema('strict')],
  ['tenant', () => tenantSchema()],
  ...kinds.map((kind): Named => [kind.name, () => resourceSchema(kind, 'strict')]),
  ...kinds.filter(({ keyField }) => keyField !== undefined).map(keysOf),
  ...externalKinds.map((kind): Named => [`external.${kind.name}`, () => externalSchema(kind, 'strict')]),
]);

function keysOf(kind: Kind): Named {
  return [`keys.${kind.name}`, () => ({ type: 'object', propertyNames: keySchema(kind) })];
}
