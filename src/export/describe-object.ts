import { isObject, jsonEqual, withoutNulls, type Json, type JsonObject } from '../json.js';
import type { Field } from '../kinds/field.js';
import { looksHarmless } from '../kinds/secret-names.js';
import type { Kind, TenantObject } from '../kinds/kind.js';
import { escapedJson, escapeExpressions } from '../manifest/expression.js';
import { isLedgerKey } from '../state/tenant-ledger.js';
import type { ContentFiles } from './content-files.js';
import type { SecretVariables } from './secret-variables.js';

/** What it takes to say what an object is in the words of a manifest. */
export interface Description {
  readonly kind: Kind;
  /** Where it stands: `['connectors', 'github']`. */
  readonly place: readonly string[];
  readonly object: TenantObject;
  /** Links and parts, in the words of the manifest already. */
  readonly further: JsonObject;
  readonly catalogue: Json;
  readonly secrets: SecretVariables;
  /** Where texts of several lines are kept apart; without it, they stand in the manifest. */
  readonly contents?: ContentFiles | undefined;
}

/**
 * The fields of an object as a person would state them: without what Logto stores when nothing is said, without what is
 * empty, secrets as expressions. Texts are escaped, so that none of them is taken for an expression.
 */
export function describeFields(description: Description): JsonObject {
  const { kind, object, further } = description;
  const fresh = kind.singleton?.defaults ?? {};
  const stated = Object.entries(kind.fields).flatMap(
    ([name, field]): readonly (readonly [string, Json])[] => {
      if (name === kind.keyField || field.creationOnly) return [];
      const value = further[name] ?? withoutLedgers(object.fields[name]);
      if (field.relation || kind.parts?.[name]) {
        const set = further[name];
        const said = set === undefined || field.type !== 'object' ? set : withoutEmpty(set);
        return said === undefined || isEmpty(said) ? [] : [[name, escapedJson(said)]];
      }
      const usual = fresh[name] ?? field.default;
      const described = describe(field, value, usual as Json | undefined, [name], description);
      return described === undefined ? [] : [[name, described]];
    },
  );
  return Object.fromEntries(stated);
}

/** Another application than the one that we sign in as may keep ledgers too: they are no configuration. */
const withoutLedgers = (value: Json | undefined): Json | undefined =>
  isObject(value) && Object.keys(value).some(isLedgerKey)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => !isLedgerKey(key)))
    : value;

/** Of a part that has several, only those in which something is: nothing is said of the others. */
const withoutEmpty = (value: Json): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, inner]) => !isEmpty(inner))) : value;

const isEmpty = (value: Json): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.values(value).every(isEmpty));

function describe(
  field: Field,
  value: Json | undefined,
  usual: Json | undefined,
  path: readonly string[],
  description: Description,
): Json | undefined {
  if (value === undefined || value === null) return undefined;
  const isUsual =
    (usual !== undefined && jsonEqual(value, usual)) ||
    (field.sameAsAbsent !== undefined && jsonEqual(value, field.sameAsAbsent)) ||
    (value === '' && (field.nullable === true || !mayBeEmpty(field)));
  if (isUsual && !field.required) return undefined;
  if (field.sensitive) return withoutSecrets(value, path, description);
  const file = contentFile(field, value, path, description);
  if (file !== undefined) return { file };
  switch (field.type) {
    case 'object':
      return isObject(value)
        ? describeObject(field.fields, value, usual, path, description, field)
        : undefined;
    case 'record':
      return isObject(value) ? describeRecord(field.items, value, path, description) : undefined;
    case 'json': {
      const kept = withoutNulls(value);
      return isObject(kept) && Object.keys(kept).length === 0 && !field.required
        ? undefined
        : escapedJson(kept);
    }
    case 'time':
      return typeof value === 'number' ? new Date(value).toISOString() : escapedJson(value);
    default:
      return escapedJson(value);
  }
}

/** Where Logto takes no empty text, one that is empty is one that nobody has given. */
const mayBeEmpty = (field: Field): boolean => field.type !== 'text' || (field.minLength ?? 0) === 0;

/** Texts of several lines, and phrases, in a file of their own where somebody wants that. */
function contentFile(
  field: Field,
  value: Json,
  path: readonly string[],
  { contents, place }: Description,
): string | undefined {
  if (!contents || (field.type !== 'text' && field.type !== 'json') || field.content === undefined)
    return undefined;
  if (field.type === 'json') {
    const kept = withoutNulls(value);
    return isEmpty(kept) ? undefined : contents.addData([...place, ...path], kept);
  }
  const isLong = typeof value === 'string' && value.trimEnd().includes('\n');
  return isLong ? contents.add([...place, ...path], field.content, value) : undefined;
}

function describeRecord(
  items: Field,
  value: JsonObject,
  path: readonly string[],
  description: Description,
): Json | undefined {
  const members = Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, Json])[] => {
    const described = describe(items, inner, undefined, [...path, name], description);
    return described === undefined ? [] : [[escapeExpressions(name), described]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function describeObject(
  fields: Readonly<Record<string, Field>>,
  value: JsonObject,
  usual: Json | undefined,
  path: readonly string[],
  description: Description,
  { required }: Field,
): Json | undefined {
  const members = Object.entries(fields).flatMap(([name, inner]): readonly (readonly [string, Json])[] => {
    const usualInside = isObject(usual) ? usual[name] : inner.default;
    const described = describe(
      inner,
      value[name],
      usualInside as Json | undefined,
      [...path, name],
      description,
    );
    return described === undefined ? [] : [[name, described]];
  });
  return members.length === 0 && !required ? undefined : Object.fromEntries(members);
}

/** Everything in a secret field that is a text and not known to be none becomes a variable. */
function withoutSecrets(value: Json, path: readonly string[], description: Description): Json {
  const { kind, object, catalogue, secrets, place } = description;
  // Among settings of which the server does not say what they are, some are told by their names.
  const isNamedPlainly = path.length > 2 && kind.isPublic !== undefined && looksHarmless(path.at(-1) ?? '');
  const isPublic = path.length > 1 && kind.isPublic?.(path, object.fields, catalogue) === true;
  if (isPublic || (isNamedPlainly && !isObject(value))) return escapedJson(withoutNulls(value));
  if (typeof value === 'string')
    return value === '' ? value : secrets.expressionFor([...place, ...path], value);
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, index) =>
      withoutSecrets(item, [...path, String(index)], description),
    );
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== null)
    .map(
      ([name, inner]) =>
        [escapeExpressions(name), withoutSecrets(inner, [...path, name], description)] as const,
    );
  return Object.fromEntries(members);
}
