import { isObject, type Json } from '../json.js';

export type VariableType = 'string' | 'number' | 'boolean' | 'json';

/** What a variable without a stated type is: what its default is, and without one a text. */
export function typeOf(value: Json | undefined): VariableType {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return value === undefined || typeof value === 'string' ? 'string' : 'json';
}

const expected: Readonly<Record<VariableType, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  json: 'JSON',
};

/** Text from outside (an option, the environment, a file) as a value of the type. Never says what the text was. */
export function convertText(
  type: VariableType,
  text: string,
): { readonly value: Json } | { readonly expected: string } {
  const trimmed = text.trim();
  switch (type) {
    case 'string':
      return { value: text };
    case 'number': {
      const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
      return Number.isFinite(value) ? { value } : { expected: expected.number };
    }
    case 'boolean':
      return trimmed === 'true' || trimmed === 'false'
        ? { value: trimmed === 'true' }
        : { expected: expected.boolean };
    case 'json':
      return parseJson(trimmed);
  }
}

const maximumDepth = 50;

function parseJson(text: string): { readonly value: Json } | { readonly expected: string } {
  try {
    const value = JSON.parse(text) as Json;
    return isHarmless(value, 0)
      ? { value }
      : { expected: 'JSON of a sensible depth without the key __proto__' };
  } catch {
    // The parser's message quotes the text, which may be sensitive.
    return { expected: expected.json };
  }
}

function isHarmless(value: Json, depth: number): boolean {
  if (depth > maximumDepth) return false;
  if (typeof value !== 'object' || value === null) return true;
  if (isObject(value) && Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((inner) => isHarmless(inner, depth + 1));
}

/** What a default should be when it is not of the stated type. */
export function wrongDefault(
  type: VariableType,
  value: Json,
): { readonly expected: string; readonly hint: string } | undefined {
  if (type === 'json' || typeof value === type) return undefined;
  const hint =
    type === 'string'
      ? 'put it in quotes, or state another type'
      : 'write it without quotes, or state another type';
  return { expected: expected[type], hint };
}
