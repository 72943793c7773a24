import type { ErrorObject } from 'ajv';
import { formatAddress } from '../address.js';
import type { ProblemCode } from '../errors.js';
import { textOf } from '../json.js';
import type { SchemaCheck } from './check-schema.js';
import { closest, didYouMean } from './did-you-mean.js';
import type { Located } from './located.js';
import { addressBelow } from './sections.js';

export interface SchemaProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The key below the value that the problem is about, instead of the value itself. */
  readonly key?: string;
}

/** What a failed check of the schema means, in the words of the manifest. */
export function schemaProblem(
  error: ErrorObject,
  check: SchemaCheck,
  path: readonly string[],
  value: Located,
): SchemaProblem {
  const what = nameOf(check, path);
  if (error.propertyName !== undefined) {
    const name = error.propertyName;
    const rule = ruleOf(error, name) ?? 'is not possible';
    return { code: 'wrong-value', message: `the key "${name}" in ${what} ${rule}`, key: name };
  }
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(error, what);
    case 'required':
      return {
        code: 'missing-field',
        message: `${what} has no ${String(error.params.missingProperty)}`,
        hint: requiredHint(error),
      };
    case 'minProperties':
      return {
        code: 'missing-field',
        message: `${what} says nothing`,
        hint: `state ${listOf(fieldNames(error))}`,
      };
    case 'type':
      return wrongType(error, what, value);
    case 'enum':
      return wrongChoice(error, what, value);
    default: {
      const rule = ruleOf(error, error.data) ?? error.message ?? 'is not possible';
      return { code: 'wrong-value', message: `${what} ${rule}` };
    }
  }
}

/** `oidcClientMetadata.redirectUris of applications.web`; the address alone for the resource itself. */
function nameOf({ subject, childSections = [] }: SchemaCheck, path: readonly string[]): string {
  const [section = ''] = path;
  const isChild = path.length > 1 && childSections.includes(section);
  const owner = isChild ? addressBelow(subject, path.slice(0, 2)) : subject;
  const inside = isChild ? path.slice(2) : path;
  return inside.length === 0 ? owner : `${formatAddress(inside)} of ${owner}`;
}

function unknownField(error: ErrorObject, what: string): SchemaProblem {
  const name = String(error.params.additionalProperty);
  const { keyField } = error.parentSchema as { readonly keyField?: string };
  const names = fieldNames(error);
  const hint =
    name === keyField
      ? `its key is its ${keyField}`
      : (didYouMean(name, names) ?? `the fields are ${names.join(', ')}`);
  return { code: 'unknown-field', message: `${what} has no field "${name}"`, hint, key: name };
}

const fieldNames = ({ parentSchema }: ErrorObject): readonly string[] =>
  Object.keys((parentSchema as { readonly properties?: object }).properties ?? {});

function requiredHint(error: ErrorObject): string {
  const name = String(error.params.missingProperty);
  const { properties } = error.parentSchema as {
    readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  };
  const choices = properties?.[name]?.enum;
  return choices ? `add ${name}: ${listOf(choices)}` : `add ${name}:`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
};

function wrongType(error: ErrorObject, what: string, value: Located): SchemaProblem {
  const types = [error.params.type as string | readonly string[]].flat();
  const expected = listOf(types.map((type) => typeNames[type] ?? type));
  if (error.data === null) return notClearable(error, what, expected);
  const found = foundName(value);
  return {
    code: 'wrong-type',
    message: `${what} must be ${expected}, not ${found}`,
    hint: typeHint(types, error),
  };
}

function notClearable(error: ErrorObject, what: string, expected: string): SchemaProblem {
  const { insteadOfNull, usually } = error.parentSchema as {
    readonly insteadOfNull?: string;
    readonly usually?: unknown;
  };
  const instead =
    insteadOfNull ?? (usually === undefined ? expected : `its usual value ${JSON.stringify(usually)}`);
  return {
    code: 'not-clearable',
    message: `${what} cannot be null`,
    hint: `write ${instead}; or leave it out, and it stays as it is`,
  };
}

function foundName(value: Located): string {
  if (value.type === 'list') return 'a list';
  if (value.type === 'map') return 'a map';
  if (value.type === 'removal' || value.value === null) return 'null';
  if (value.secret) return `a ${typeof value.value === 'string' ? 'text' : typeof value.value} (sensitive)`;
  if (typeof value.value !== 'string') return String(value.value);
  return `the text ${JSON.stringify(shortened(value.value))}`;
}

function typeHint(types: readonly string[], { data, parentSchema }: ErrorObject): string | undefined {
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    const { pattern, patternErrorMessage } = parentSchema as Readonly<Record<string, string | undefined>>;
    const isRight = pattern === undefined || new RegExp(pattern).test(String(data));
    return isRight ? 'put it in quotes' : patternErrorMessage?.replace(/^It (.*)\.$/, 'it $1');
  }
  if (typeof data !== 'string') return undefined;
  if (types.includes('array')) return 'write [ ] around it, or - before each item';
  const isNumber = data.trim() !== '' && Number.isFinite(Number(data));
  if (types.some((type) => type === 'number' || type === 'integer') && isNumber)
    return 'write it without quotes';
  if (types.includes('boolean') && /^(true|false|yes|no|on|off)$/i.test(data)) {
    return `write ${/^(true|yes|on)$/i.test(data) ? 'true' : 'false'}`;
  }
  return undefined;
}

function wrongChoice(error: ErrorObject, what: string, value: Located): SchemaProblem {
  const choices = (error.params.allowedValues as readonly unknown[]).map(textOf);
  const written =
    value.type === 'scalar' && !value.secret ? ` "${shortened(textOf(value.value))}"` : ' this value';
  const meant = typeof error.data === 'string' ? closest(error.data, choices) : undefined;
  return {
    code: 'wrong-value',
    message: `${what} cannot be${written}`,
    hint: meant === undefined ? `write ${listOf(choices)}` : `did you mean "${meant}"?`,
  };
}

function ruleOf(error: ErrorObject, data: unknown): string | undefined {
  const { limit } = error.params as { readonly limit?: number };
  const { patternErrorMessage } = error.parentSchema as { readonly patternErrorMessage?: string };
  const length = typeof data === 'string' ? data.length : 0;
  switch (error.keyword) {
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have at least ${String(limit)} characters`;
    case 'maxLength': {
      const counted =
        typeof data === 'string' && /[\u{10000}-\u{10FFFF}]/u.test(data)
          ? ' (an emoji counts as 2 or more)'
          : '';
      return `has ${length} characters${counted}; Logto takes ${String(limit)} at most`;
    }
    case 'minimum':
      return `must be ${String(limit)} or more`;
    case 'maximum':
      return `must be ${String(limit)} or less`;
    case 'enum':
      return `is none of ${(error.params.allowedValues as readonly unknown[]).map(textOf).join(', ')}`;
    case 'pattern':
      return patternErrorMessage?.replace(/^It (.*)\.$/, '$1') ?? 'is not written in the right way';
    default:
      return undefined;
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

const listOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
