import type { Field } from '../kinds/field.js';
import { kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';

/** `schema/reference.md`: every section and field of a manifest, as the kinds declare them. */
export const referencePage = (): string =>
  [
    '# Manifest reference',
    '',
    'Generated from `src/kinds`. Every entry of a section may also have',
    '`id` (the id that Logto gave it: this object and no other) and',
    '`lifecycle: { protect, ignore, exact, onRemove }`. A field that is left out is not managed.',
    ...kinds.flatMap((kind) => kindPart(kind, 2)),
    '',
  ].join('\n');

function kindPart(kind: Kind, level: number): readonly string[] {
  const children = Object.values(kind.children ?? {});
  return [
    '',
    `${'#'.repeat(level)} ${kind.name}`,
    '',
    kind.summary,
    ...facts(kind).flatMap((fact) => ['', fact]),
    '',
    '| field | type | notes | description |',
    '| --- | --- | --- | --- |',
    ...Object.entries(kind.fields)
      .filter(([name]) => name !== kind.keyField)
      .flatMap(([name, field]) => rows(name, field)),
    ...children.flatMap((child) => kindPart(child, level + 1)),
  ];
}

function facts(kind: Kind): readonly string[] {
  const { key, keyField, lookupBy, link, builtIns, replacement } = kind;
  const unique = key.map(code).join(', ');
  return [
    ...(keyField === undefined
      ? []
      : [`Its key is its ${code(keyField)} (${cell(notes(kind.fields[keyField]))}).`]),
    ...(link || keyField !== undefined
      ? []
      : [key.length > 0 ? `Unique in the tenant by ${unique}.` : 'Logto keeps nothing about it unique.']),
    ...(link ? ['A list; each item is one link.'] : []),
    ...(lookupBy
      ? [`\`external.${kind.name}.<key>\` finds it by ${['id', ...lookupBy].map(code).join(' or ')}.`]
      : []),
    ...Object.entries(builtIns ?? {}).map(
      ([name, { summary }]) => `Always there as ${code(name)}: ${summary}`,
    ),
    ...(replacement ? [`When it is replaced: ${replacement.join('; ')}.`] : []),
  ];
}

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
