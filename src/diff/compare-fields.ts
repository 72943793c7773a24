import { isObject, jsonEqual, member, objectOrEmpty, type Json, type JsonObject } from '../json.js';
import type { Field } from '../kinds/field.js';
import { looksSecret } from '../kinds/secret-names.js';
import type { Kind } from '../kinds/kind.js';
import { unescapeExpressions as unescaped } from '../manifest/expression.js';
import { maskSecrets } from '../manifest/problems.js';
import { sameValue } from '../plan/compare.js';
import type { FieldDifference } from './comparison.js';
import type { Both } from './match-objects.js';

/** How to read what a description says of a tenant's object. */
export interface Reading {
  /** The value of a text; of an expression, the secret that it stands for. */
  readonly valueOf: (text: string) => string;
  /** Whether a text is an expression for a secret. */
  readonly isSecret: (text: string) => boolean;
  /** Secrets to hide wherever they stand. */
  readonly secrets: readonly string[];
  /** What the tenant holds where the description is silent: what Logto stores when nothing is stated. */
  readonly usualAt: (path: readonly string[]) => Json | undefined;
}

const hidden = '(sensitive)';

/**
 * What two descriptions of one object say differently: lists without an order as sets, objects key by key. Moments are
 * no difference: each tenant has its own.
 */
export function compareFields(
  { fields }: Kind,
  stated: Both<JsonObject>,
  reading: Both<Reading>,
): readonly FieldDifference[] {
  const names = Object.keys(fields).filter((name) => name in stated.from || name in stated.to);
  return names.flatMap((name) =>
    compare(fields[name], { from: stated.from[name], to: stated.to[name] }, [name], reading),
  );
}

/** What one description says, field by field. */
export function showFields(
  { fields }: Kind,
  stated: JsonObject,
  side: keyof Both<unknown>,
  reading: Reading,
): readonly FieldDifference[] {
  return Object.entries(stated).map(([name, value]) => ({
    path: [name],
    [side]: masked(value, [name], isFree(fields[name]), reading),
  }));
}

type Values = Both<Json | undefined>;

function compare(
  field: Field | undefined,
  { from, to }: Values,
  path: readonly string[],
  reading: Both<Reading>,
  inFree = false,
): readonly FieldDifference[] {
  if (field?.type === 'time') return [];
  const free = inFree || isFree(field);
  if ((isObject(from) || isObject(to)) && isObject(from ?? {}) && isObject(to ?? {})) {
    const [left, right] = [objectOrEmpty(from), objectOrEmpty(to)];
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.flatMap((name) => {
      const values = { from: member(left, name), to: member(right, name) };
      return compare(fieldIn(field, name), values, [...path, unescaped(name)], reading, free);
    });
  }
  const plain = { from: revealed(from, reading.from), to: revealed(to, reading.to) };
  if (sameValue(field, plain.from ?? null, plain.to)) return [];
  return [show({ from, to }, path, free, reading)];
}

function show(
  values: Values,
  path: readonly string[],
  free: boolean,
  reading: Both<Reading>,
): FieldDifference {
  const from = showValue(values.from, path, free, reading.from);
  const to = showValue(values.to, path, free, reading.to);
  const shown = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return jsonEqual(shown.from, shown.to) ? { path, sensitive: true } : { path, ...shown };
}

function showValue(
  value: Json | undefined,
  path: readonly string[],
  free: boolean,
  reading: Reading,
): Json | undefined {
  if (value !== undefined) return masked(value, path, free, reading);
  const usual = reading.usualAt(path);
  // It comes from Logto itself, so nothing in it is an expression.
  const plain = { ...reading, valueOf: (text: string) => text, isSecret: () => false };
  return usual === undefined ? undefined : masked(usual, path, free, plain);
}

function fieldIn(field: Field | undefined, name: string): Field | undefined {
  if (field?.type === 'record' || field?.type === 'map') return field.items;
  return field?.type === 'object' ? member(field.fields, name) : undefined;
}

/** JSON of people's own: what is secret in it is told by its name alone. Phrases and templates hold none. */
const isFree = (field: Field | undefined): boolean =>
  field?.type === 'any' || (field?.type === 'json' && field.content === undefined);

/** The values themselves: for comparing, never for showing. */
function revealed(value: Json | undefined, reading: Reading): Json | undefined {
  if (typeof value === 'string') return reading.valueOf(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => revealed(item, reading) ?? null);
  if (!isObject(value)) return value;
  return mapMembers(value, (name, inner) => [unescaped(name), revealed(inner, reading) ?? null]);
}

/** The values as they may be shown. */
function masked(value: Json, path: readonly string[], free: boolean, reading: Reading): Json {
  if (typeof value === 'string') {
    const isHidden = reading.isSecret(value) || (free && looksSecret(path.at(-1) ?? ''));
    return isHidden ? hidden : maskSecrets(reading.valueOf(value), reading.secrets);
  }
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item) => masked(item, path, free, reading));
  if (!isObject(value)) return value;
  return mapMembers(value, (name, inner) => {
    const plain = unescaped(name);
    return [plain, masked(inner, [...path, plain], free, reading)];
  });
}

const mapMembers = (
  value: JsonObject,
  change: (name: string, inner: Json) => readonly [string, Json],
): JsonObject => Object.fromEntries(Object.entries(value).map(([name, inner]) => change(name, inner)));
