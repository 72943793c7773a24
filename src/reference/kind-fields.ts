import type { Field } from '../kinds/field.js';
import type { Kind } from '../kinds/kind.js';

/** What the page of a kind lists: how its resources are told apart, and every field, also of what it holds. */
export function fieldsOf(kind: Kind, level = 2): string {
  const children = Object.entries(kind.children ?? {});
  return [
    ...facts(kind),
    table(kind),
    ...children.flatMap(([name, child]) => [
      `${'#'.repeat(level + 1)} ${name}`,
      child.summary,
      fieldsOf(child, level + 1),
    ]),
  ].join('\n\n');
}

const table = (kind: Kind): string =>
  [
    '| field | type | notes | description |',
    '| --- | --- | --- | --- |',
    ...Object.entries(kind.fields)
      .filter(([name]) => name !== kind.keyField)
      .flatMap(([name, field]) => rows(name, field)),
  ].join('\n');

/** What tells one resource of the kind from another, and what else is true of all of them. */
function facts(kind: Kind): readonly string[] {
  const { lookupBy, builtIns, replacement } = kind;
  const found = lookupBy && ['id', ...lookupBy].map(code);
  return [
    identity(kind),
    ...(found ? [`\`external.${kind.name}.<key>\` finds one that exists by ${anyOf(found)}.`] : []),
    ...Object.entries(builtIns ?? {}).map(
      ([name, { summary }]) => `Always there as ${code(name)}: ${summary}`,
    ),
    ...(replacement ? [`When it is replaced: ${replacement.join('; ')}.`] : []),
  ];
}

function identity({ name, key, keyOf, keyField, fields, link, singleton }: Kind): string {
  if (singleton) return `There is one in each tenant, so \`${name}\` is one map without keys.`;
  if (link) return 'A list; each item is one link.';
  if (keyField !== undefined) return `Its key is its ${code(keyField)} (${cell(notes(fields[keyField]))}).`;
  if (keyOf) return 'Known by the first that is stated of what Logto keeps unique about it.';
  return key.length > 0
    ? `Unique in the tenant by ${key.map(code).join(' and ')}.`
    : 'Logto keeps nothing about it unique.';
}

const anyOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;

function rows(path: string, field: Field): readonly string[] {
  const row = `| ${code(path)} | ${typeName(field)} | ${cell(notes(field))} | ${cell(field.description ?? '')} |`;
  const inner = innerFields(path, field);
  return [row, ...inner.flatMap(([name, innerField]) => rows(name, innerField))];
}

function innerFields(path: string, field: Field): readonly (readonly [string, Field])[] {
  if (field.type === 'list') return innerFields(`${path}[]`, field.items);
  if (field.type !== 'object') return [];
  return Object.entries(field.fields).map(([name, inner]) => [`${path}.${name}`, inner] as const);
}

function typeName(field: Field): string {
  switch (field.type) {
    case 'text':
      return field.reference ? `key of ${code(field.reference.kind)}` : 'text';
    case 'flag':
      return 'true or false';
    case 'number':
      return field.integer ? 'whole number' : 'number';
    case 'choice':
      return field.choices.map(code).join(', ');
    case 'list':
      return `list of ${typeName(field.items)}`;
    case 'map':
      return `map: key of ${code(field.keys.kind)} → ${typeName(field.items)}`;
    case 'object':
      return 'map';
    case 'json':
      return 'JSON map';
    case 'record':
      return `map of ${typeName(field.items)}`;
    case 'any':
      return 'any JSON';
    case 'time':
      return 'time';
  }
}

function notes(field: Field | undefined): string {
  if (!field) return '';
  return [
    ...(field.required ? ['required'] : []),
    ...limits(field),
    ...(field.immutable ? ['a change replaces'] : []),
    ...(field.nullable ? ['null clears'] : []),
    ...(field.insteadOfNull === undefined ? [] : [`to clear, write ${field.insteadOfNull}`]),
    ...(field.sensitive ? ['sensitive'] : []),
    ...(field.onlyFromSecret ? ['only by a sensitive variable'] : []),
    ...(field.creationOnly ? ['sent when it is made, and never again'] : []),
    ...((field.type === 'text' || field.type === 'json') && field.content ? ['or `{ file: ./path }`'] : []),
    ...(field.type === 'list' && field.unordered ? ['order means nothing'] : []),
    ...(field.default === undefined ? [] : [`default ${code(JSON.stringify(field.default))}`]),
  ].join('; ');
}

function limits(field: Field): readonly string[] {
  if (field.type === 'text') {
    const { minLength = 0, maxLength, patternMeans } = field;
    const length =
      maxLength === undefined ? (minLength > 0 ? 'not empty' : '') : `${minLength}–${maxLength} characters`;
    return [length, patternMeans ?? ''].filter((limit) => limit !== '');
  }
  if (field.type !== 'number') return [];
  const { minimum, maximum } = field;
  if (minimum !== undefined && maximum !== undefined) return [`${minimum}–${maximum}`];
  if (minimum !== undefined) return [`${minimum} or more`];
  return maximum === undefined ? [] : [`${maximum} or less`];
}

const code = (text: string): string => `\`${text}\``;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
