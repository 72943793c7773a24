import { formatAddress } from '../../address.js';
import { isObject, type Json, type JsonObject } from '../../json.js';
import type { Field, MapField } from '../../kinds/field.js';
import { kindNamed } from '../../kinds/index.js';
import type { Kind } from '../../kinds/kind.js';
import { parseExpressions, unescapeExpressions } from '../../manifest/expression.js';
import { call, list, object, text, word, type Code, type Member, type ObjectCode } from './code.js';
import { keyLiteral, numberLiteral } from './text-literal.js';

/** What the props of a construct may use. */
export interface Surroundings {
  /** The variable of a construct that is declared before; undefined where there is none. */
  readonly variableOf: (address: string) => string | undefined;
  /** A secret, by its name in the manifest and the place that it is for. */
  readonly secret: (name: string, path: readonly string[]) => Code;
  /** What is kept in a file of its own: a text, or data; undefined where there is no such file. */
  readonly content: (path: string, isData: boolean) => Code | undefined;
  /** A permission of an API resource that is in every tenant. */
  readonly builtInScope: (name: string) => Code;
}

/** The spec of a resource, in the words of a manifest, as the props of its construct. */
export function propsCode(
  kind: Kind,
  spec: JsonObject,
  path: readonly string[],
  surroundings: Surroundings,
): ObjectCode {
  const members = Object.entries(spec).map(([name, value]): Member => {
    const child = kind.children?.[name];
    if (child && isObject(value))
      return { key: name, value: childrenCode(child, value, [...path, name], surroundings) };
    if (name === 'id') return { key: 'pinnedId', value: plainCode(value, [...path, name], surroundings) };
    return { key: name, value: valueCode(value, kind.fields[name], [...path, name], surroundings) };
  });
  return object(members);
}

const childrenCode = (
  kind: Kind,
  held: JsonObject,
  path: readonly string[],
  surroundings: Surroundings,
): ObjectCode =>
  object(
    Object.entries(held).map(([escaped, spec]) => {
      const key = unescapeExpressions(escaped);
      const fields = isObject(spec) ? spec : {};
      return { key: keyLiteral(key), value: propsCode(kind, fields, [...path, key], surroundings) };
    }),
  );

function valueCode(
  value: Json,
  field: Field | undefined,
  path: readonly string[],
  surroundings: Surroundings,
): Code {
  const content = contentCode(value, field, surroundings);
  if (content) return content;
  if (field?.type === 'text' && field.reference && typeof value === 'string') {
    return referenceCode(field.reference.kind, value, surroundings);
  }
  if (field?.type === 'list' && Array.isArray(value)) {
    const items = value as readonly Json[];
    return list(
      items.map((item, index) => valueCode(item, field.items, [...path, String(index)], surroundings)),
    );
  }
  if (field?.type === 'map' && isObject(value)) return mapCode(value, field, path, surroundings);
  if (field?.type === 'object' && isObject(value)) {
    const members = Object.entries(value);
    return object(
      members.map(([name, inner]) => ({
        key: keyLiteral(name),
        value: valueCode(inner, field.fields[name], [...path, name], surroundings),
      })),
    );
  }
  const items = field?.type === 'record' ? field.items : undefined;
  return plainCode(value, path, surroundings, items);
}

/** A value in which nothing is referred to. */
function plainCode(value: Json, path: readonly string[], surroundings: Surroundings, items?: Field): Code {
  if (typeof value === 'string') return textCode(value, path, surroundings);
  if (typeof value === 'number') return word(numberLiteral(value));
  if (Array.isArray(value)) {
    const inner = value as readonly Json[];
    return list(inner.map((item, index) => plainCode(item, [...path, String(index)], surroundings)));
  }
  if (!isObject(value)) return word(JSON.stringify(value));
  return object(
    Object.entries(value).map(([escaped, inner]) => {
      const key = unescapeExpressions(escaped);
      return { key: keyLiteral(key), value: valueCode(inner, items, [...path, key], surroundings) };
    }),
  );
}

function textCode(value: string, path: readonly string[], { secret }: Surroundings): Code {
  const pieces = parseExpressions(value).map((piece) => {
    if (piece.type === 'wrong') throw new Error(`${formatAddress(path)} holds no expression: ${piece.text}`);
    return piece.type === 'literal' ? piece.text : secret(piece.name, path);
  });
  const [first = ''] = pieces;
  if (pieces.length > 1) return { type: 'template', pieces };
  return typeof first === 'string' ? text(first) : first;
}

function contentCode(value: Json, field: Field | undefined, { content }: Surroundings): Code | undefined {
  const holdsContent = (field?.type === 'text' || field?.type === 'json') && field.content !== undefined;
  if (!holdsContent || !isObject(value) || typeof value.file !== 'string') return undefined;
  return content(value.file, field.type === 'json');
}

/** A construct, or the key of what is declared later. */
function referenceCode(kind: string, key: string, { variableOf }: Surroundings): Code {
  const plain = unescapeExpressions(key);
  const variable = variableOf(formatAddress([kind, plain]));
  return variable === undefined ? text(plain) : word(variable);
}

/** Permissions know what they are of, so a list of them is enough, unless there are none of something. */
function mapCode(
  value: JsonObject,
  field: MapField,
  path: readonly string[],
  surroundings: Surroundings,
): Code {
  const entries = Object.entries(value).map(([key, targets]) => [unescapeExpressions(key), targets] as const);
  const { items, keys } = field;
  const isOfScopes =
    items.type === 'list' && items.items.type === 'text' && items.items.reference?.childOfMapKey;
  if (isOfScopes) {
    const scopes = entries.map(([key, targets]) => scopesCode(keys.kind, key, targets, surroundings));
    if (scopes.every((some) => some !== undefined)) return list(scopes.flat());
  }
  return object(
    entries.map(([key, targets]) => {
      const variable = surroundings.variableOf(formatAddress([keys.kind, key]));
      return {
        key: variable === undefined ? keyLiteral(key) : `[${variable}.key]`,
        value: valueCode(targets, items, [...path, key], surroundings),
      };
    }),
  );
}

/** `orders.scope('orders:read')` for each; undefined where there is none, or no construct to ask. */
function scopesCode(
  kind: string,
  key: string,
  targets: Json,
  { variableOf, builtInScope }: Surroundings,
): readonly Code[] | undefined {
  const variable = variableOf(formatAddress([kind, key]));
  const isBuiltIn = Object.hasOwn(kindNamed(kind).builtIns ?? {}, key);
  if (!Array.isArray(targets) || targets.length === 0 || (variable === undefined && !isBuiltIn))
    return undefined;
  return (targets as readonly string[])
    .map(unescapeExpressions)
    .map((name) => (variable === undefined ? builtInScope(name) : call(`${variable}.scope`, text(name))));
}
