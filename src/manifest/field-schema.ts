import type { Field, Fields, TextField } from '../kinds/field.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * `strict` describes values after variables are put in. `published` is for editors, which see `${var.name}` where a
 * value of any type may come from, and show descriptions.
 */
export type Flavour = 'strict' | 'published';

/** What an editor accepts in place of a value that is no text. */
export const expressionSchema: JsonSchema = {
  type: 'string',
  pattern: '^\\$\\{var\\.[A-Za-z0-9_-]+\\}$',
  patternErrorMessage: 'Expected another type of value, or an expression such as ${var.name}.',
};

/** The JSON Schema of a field, with its own keywords `patternMeans` and `insteadOfNull` for messages. */
export function fieldSchema(field: Field, flavour: Flavour): JsonSchema {
  const schema = orNull(typeSchema(field, flavour), field);
  if (flavour === 'strict') return { ...schema, ...forMessages(field) };
  const published = field.type === 'text' && !refusesExpressions(field) ? schema : orExpression(schema);
  const isContent = (field.type === 'text' || field.type === 'json') && field.content;
  return { ...documentation(field), ...(isContent ? orFile(published) : published) };
}

/** A text in which a variable may stand, unless it has to look like something else. */
const refusesExpressions = ({ pattern }: TextField): boolean =>
  pattern !== undefined && !new RegExp(pattern).test('${var.name}');

/** An object of fields; what it may hold besides them is in `more`. */
export function fieldsSchema(
  fields: Fields,
  flavour: Flavour,
  more: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, fieldSchema(field, flavour)]),
  );
  const required = Object.keys(fields).filter((name) => fields[name]?.required);
  return {
    type: 'object',
    additionalProperties: false,
    properties: { ...properties, ...more },
    ...(required.length > 0 && { required }),
  };
}

function typeSchema(field: Field, flavour: Flavour): JsonSchema {
  switch (field.type) {
    case 'text':
      return textSchema(field);
    case 'flag':
      return { type: 'boolean' };
    case 'number':
      return {
        type: field.integer ? 'integer' : 'number',
        ...(field.minimum !== undefined && { minimum: field.minimum }),
        ...(field.maximum !== undefined && { maximum: field.maximum }),
      };
    case 'choice':
      return { type: 'string', enum: field.choices };
    case 'list':
      return { type: 'array', items: fieldSchema(field.items, flavour) };
    case 'object':
      return fieldsSchema(field.fields, flavour);
    case 'map':
      return { type: 'object', additionalProperties: fieldSchema(field.items, flavour) };
    case 'json':
      return { type: 'object' };
    case 'record':
      return { type: 'object', additionalProperties: recordItem(field.items, flavour) };
    case 'any':
      return {};
    case 'time':
      return {
        type: ['integer', 'string'],
        pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d))?$',
        patternErrorMessage: 'It must be a moment such as 2027-01-31T00:00:00Z, or epoch milliseconds.',
      };
  }
}

/** null takes the key away. */
function recordItem(items: Field, flavour: Flavour): JsonSchema {
  return fieldSchema({ ...items, nullable: true }, flavour);
}

/** Also the schema of a key that is the name of what it holds. */
export function textSchema(field: Field): JsonSchema {
  if (field.type === 'choice') return { enum: field.choices };
  if (field.type !== 'text') throw new Error('the key of a resource is a text');
  return {
    type: 'string',
    ...(field.minLength !== undefined && { minLength: field.minLength }),
    ...(field.maxLength !== undefined && { maxLength: field.maxLength }),
    ...(field.pattern !== undefined && { pattern: field.pattern }),
    ...(field.patternMeans !== undefined && { patternErrorMessage: `It ${field.patternMeans}.` }),
  };
}

function orNull(schema: JsonSchema, { nullable }: Field): JsonSchema {
  if (!nullable || schema.type === undefined) return schema;
  const { enum: choices } = schema;
  return {
    ...schema,
    type: [schema.type, 'null'].flat(),
    ...(Array.isArray(choices) && { enum: [...(choices as readonly unknown[]), null] }),
  };
}

/** `{ file: ./path }` in place of what is written in the manifest itself. */
const orFile = (schema: JsonSchema): JsonSchema => ({
  anyOf: [
    schema,
    {
      type: 'object',
      additionalProperties: false,
      required: ['file'],
      properties: {
        file: { type: 'string', description: 'A file in the folder of the manifest that holds the value.' },
      },
    },
  ],
});

/** Keywords bind to types, so `pattern` can stand beside the limits of a number or the items of a list. */
export function orExpression(schema: JsonSchema): JsonSchema {
  // What may be anything may be an expression.
  if (schema.type === undefined && !('enum' in schema)) return schema;
  if ('enum' in schema) return { anyOf: [schema, expressionSchema] };
  const types = [schema.type].flat();
  // Two patterns cannot stand beside each other.
  if (types.includes('string')) return { anyOf: [schema, expressionSchema] };
  return { ...schema, ...expressionSchema, type: [...types, 'string'] };
}

const forMessages = ({ insteadOfNull, ...field }: Field): JsonSchema => ({
  ...(insteadOfNull !== undefined && { insteadOfNull }),
  ...(field.default !== undefined && { usually: field.default }),
});

function documentation(field: Field): JsonSchema {
  const { description } = field;
  const notes = [
    ...(field.immutable ? ['Cannot be changed in place: a change replaces the resource.'] : []),
    ...((field.type === 'text' || field.type === 'json') && field.content
      ? ['May be given as { file: ./path }, relative to the manifest.']
      : []),
    ...(field.sensitive ? ['Sensitive: give it by a variable.'] : []),
    ...(field.type === 'list' && field.unordered ? ['Order means nothing.'] : []),
    ...(field.default === undefined ? [] : [`Logto's default: \`${JSON.stringify(field.default)}\`.`]),
  ];
  const examples = field.type === 'text' ? field.examples : undefined;
  return {
    ...(description !== undefined && {
      description: [description, ...notes].join(' ').replaceAll('`', ''),
      markdownDescription: [description, ...notes].join('\n\n'),
    }),
    ...(field.default !== undefined && { default: field.default }),
    ...(examples && { examples }),
  };
}
