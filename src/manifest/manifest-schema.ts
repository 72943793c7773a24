import { kinds } from '../kinds/index.js';
import type { Field } from '../kinds/field.js';
import type { Kind } from '../kinds/kind.js';
import {
  fieldSchema,
  fieldsSchema,
  orExpression,
  textSchema,
  type Flavour,
  type JsonSchema,
} from './field-schema.js';
import { externalKinds } from './sections.js';

export const stackPattern = '^[A-Za-z0-9_.-]{1,64}$';

const texts: Field = { type: 'list', items: { type: 'text', minLength: 1 } };

export const variableSchema = (flavour: Flavour): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties: {
    type: {
      enum: ['string', 'number', 'boolean', 'json'],
      description: 'What a text from outside is read as. Without it: what the default is, else string.',
    },
    default: { description: 'The value when nothing else gives one. Any YAML value.' },
    env: { type: 'string', minLength: 1, description: 'The environment variable that holds the value.' },
    file: {
      type: 'string',
      minLength: 1,
      description: 'A file in the folder of the manifest whose text is the value.',
    },
    sensitive: { type: 'boolean', description: 'Never shown, logged or stored.' },
  },
  ...(flavour === 'strict' && { insteadOfNull: '{}' }),
});

export const lifecycleSchema = (flavour: Flavour, kind?: Kind): JsonSchema =>
  fieldsSchema(
    {
      protect: { type: 'flag', description: 'Never deleted, never replaced.' },
      ignore: {
        ...texts,
        description: 'Paths inside the resource that are neither compared nor written.',
      },
      exact: {
        ...texts,
        description: 'Parts that are wholly ours: what the manifest does not state in them is removed.',
      },
      onRemove: {
        type: 'choice',
        choices: ['delete', 'release'],
        default: 'delete',
        description: 'What happens when the manifest no longer names it. release: it stays in the tenant.',
      },
      ...(kind?.isKept && {
        deletable: {
          type: 'flag',
          default: false,
          description:
            'Deleted when the manifest no longer names it. Without it, it always stays in the tenant.',
        },
      }),
    },
    flavour,
  );

export const moveSchema = (flavour: Flavour): JsonSchema =>
  fieldsSchema(
    {
      from: { type: 'text', required: true, description: 'The address that it had: applications.old.' },
      to: { type: 'text', required: true, description: 'The address that it has now: applications.new.' },
    },
    flavour,
  );

const pin: Field = {
  type: 'text',
  minLength: 1,
  description: 'The id that Logto gave it: this object of the tenant and no other.',
};

export interface SchemaParts {
  readonly lifecycle: (kind: Kind) => JsonSchema;
  readonly child: (kind: Kind) => JsonSchema;
}

/** One resource of a kind, with what it holds; `parts` says how the schemas of its parts are put in. */
export function resourceSchema(kind: Kind, flavour: Flavour, parts = inlineParts(flavour)): JsonSchema {
  const { keyField } = kind;
  const fields = Object.fromEntries(Object.entries(kind.fields).filter(([name]) => name !== keyField));
  const children = Object.entries(kind.children ?? {}).map(([section, child]) => {
    const schema = {
      type: 'object',
      propertyNames: keySchema(child),
      additionalProperties: parts.child(child),
      ...(flavour === 'strict' && { insteadOfNull: '{}' }),
    };
    return [
      section,
      flavour === 'strict' ? schema : { description: child.summary, ...orNothing(schema) },
    ] as const;
  });
  const schema = fieldsSchema(fields, flavour, {
    ...Object.fromEntries(children),
    ...(!kind.link && !kind.singleton && { id: fieldSchema(pin, flavour) }),
    lifecycle: parts.lifecycle(kind),
  });
  return flavour === 'strict' && keyField !== undefined ? { ...schema, keyField } : schema;
}

/** What the key of a resource may be. */
export function keySchema({ keyField, fields }: Kind): JsonSchema {
  const field = keyField === undefined ? undefined : fields[keyField];
  return field ? textSchema(field) : { minLength: 1 };
}

const inlineParts = (flavour: Flavour): SchemaParts => ({
  lifecycle: (kind) => lifecycleSchema(flavour, kind),
  child: (kind) => resourceSchema(kind, flavour),
});

/** An object that exists already: its id, or the fields that it is found by. */
export function externalSchema(kind: Kind, flavour: Flavour): JsonSchema {
  const names = kind.lookupBy ?? [];
  const fields = Object.fromEntries(Object.entries(kind.fields).filter(([name]) => names.includes(name)));
  return { ...fieldsSchema({ ...fields, id: pin }, flavour), required: [], minProperties: 1 };
}

/** Whether a resource without any stated field is complete, so that nothing need follow its key. */
const mayBeEmpty = (kind: Kind): boolean =>
  Object.entries(kind.fields).every(([name, field]) => !field.required || name === kind.keyField);

const orNothing = (schema: JsonSchema): JsonSchema => {
  const wider = orExpression(schema);
  return { ...wider, type: [...(wider.type as readonly string[]), 'null'] };
};

/** The whole manifest, for editors: `schema/manifest.schema.json`. Draft 7, which every editor knows. */
export function manifestSchema(): JsonSchema {
  const definitions: Record<string, JsonSchema> = {
    variable: variableSchema('published'),
    lifecycle: orExpression(lifecycleSchema('published')),
    ...keptLifecycles(),
    move: moveSchema('published'),
  };
  const parts: SchemaParts = {
    lifecycle: (kind) => ({
      description: 'How the resource is handled.',
      $ref: `#/definitions/${kind.isKept ? 'keptLifecycle' : 'lifecycle'}`,
    }),
    child: (kind) => ({ $ref: `#/definitions/${kind.name}` }),
  };
  const define = (kind: Kind): void => {
    for (const child of Object.values(kind.children ?? {})) define(child);
    const schema = resourceSchema(kind, 'published', parts);
    definitions[kind.name] = {
      description: kind.summary,
      ...(mayBeEmpty(kind) ? orNothing(schema) : orExpression(schema)),
    };
  };
  kinds.forEach(define);
  for (const kind of externalKinds) {
    definitions[`external.${kind.name}`] = orExpression(externalSchema(kind, 'published'));
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'logto-iac manifest',
    description: 'The configuration of a Logto tenant.',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: topLevelSchema(),
    definitions,
  };
}

const keptLifecycles = (): Readonly<Record<string, JsonSchema>> => {
  const kept = kinds.find(({ isKept }) => isKept);
  return kept ? { keptLifecycle: orExpression(lifecycleSchema('published', kept)) } : {};
};

function topLevelSchema(): Readonly<Record<string, JsonSchema>> {
  const section = (definition: string, description: string, keys: JsonSchema): JsonSchema =>
    orNothing({
      description,
      type: 'object',
      propertyNames: keys,
      additionalProperties: { $ref: `#/definitions/${definition}` },
    });
  const external = externalKinds.map((kind) => [
    kind.name,
    section(`external.${kind.name}`, kind.summary, { minLength: 1 }),
  ]);
  const sections = kinds.map((kind) => [
    kind.name,
    kind.singleton
      ? { $ref: `#/definitions/${kind.name}` }
      : kind.link
        ? orNothing({
            description: kind.summary,
            type: 'array',
            items: { $ref: `#/definitions/${kind.name}` },
          })
        : section(kind.name, kind.summary, keySchema(kind)),
  ]);
  return {
    stack: {
      description: 'Names the ledger, which records what is ours. Letters, digits, "-", "_" and ".".',
      type: 'string',
      pattern: '^([A-Za-z0-9_.-]|\\$\\{var\\.[A-Za-z0-9_-]+\\})+$',
      default: 'default',
    },
    variables: {
      description: 'The only values that ${var.name} can stand for.',
      type: ['object', 'null'],
      propertyNames: { pattern: '^[A-Za-z0-9_-]+$' },
      additionalProperties: { anyOf: [{ $ref: '#/definitions/variable' }, { type: 'null' }] },
    },
    external: {
      description: 'What exists already: it may be referred to and is never changed.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: Object.fromEntries(external) as Readonly<Record<string, JsonSchema>>,
    },
    moved: orNothing({
      description: 'Resources whose key was changed.',
      type: 'array',
      items: { $ref: '#/definitions/move' },
    }),
    ...(Object.fromEntries(sections) as Readonly<Record<string, JsonSchema>>),
  };
}
