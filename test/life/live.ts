import fc from 'fast-check';
import { stringify } from 'yaml';
import { ManifestError } from '../../src/errors';
import { apply, plan, type Plan } from '../../src/index';
import { isObject, jsonEqual, type Json, type JsonObject } from '../../src/json';
import { kindNamed } from '../../src/kinds';
import type { Field, Fields } from '../../src/kinds/field';
import { escapeExpressions } from '../../src/manifest/expression';
import { parseManifest } from '../../src/manifest/load-manifest';
import type { PlanOptions, Session } from '../../src/reconcile';
import type { Life } from './life';
import { valuesOf } from './values';

/** What a life came to. */
export interface Lived {
  /** Paths of fields that were changed, each by one update or replacement that left nothing to do. */
  readonly changed: readonly string[];
  /** Values that validation or the plan refused, before anything was written. */
  readonly refused: number;
}

/** Answers like an identity provider, when a connector that names it is written. */
const issuer = process.env['LOGTO_IAC_LIFE_ISSUER'] ?? 'https://login.example.com';

/** The life with the identity provider that a connector asks when it is written. */
export function withIssuer(life: Life): Life {
  const place = (value: Json): Json =>
    JSON.parse(JSON.stringify(value).replaceAll('<<issuer>>', issuer)) as Json;
  const placed = (values: fc.Arbitrary<Json> | readonly Json[]) =>
    Array.isArray(values)
      ? (values as readonly Json[]).map(place)
      : (values as fc.Arbitrary<Json>).map(place);
  const values = Object.entries(life.values ?? {}).map(([path, of]) => [path, placed(of)] as const);
  return { ...life, full: place(life.full) as JsonObject, values: Object.fromEntries(values) };
}

/** How many values are tried for a field until one is another than the one it has, and is taken. */
const tries = 40;

/**
 * The life of a resource: create → nothing to do → each field to another value, one change each → nothing to do →
 * remove → gone. Whatever validation and plan take, the tenant has to take: a refusal in the middle fails.
 *
 * A plan with exactly the one change also says that after the change before it nothing was left to do.
 */
export async function live(life: Life, session: Session, seed: number): Promise<Lived> {
  const kind = kindNamed(life.kind);
  let spec = life.full;
  await carryOut(await planned(life, spec, session), session);
  await expectNothingToDo(life, spec, session);
  const changed: string[] = [];
  let refused = 0;
  for (const { path, field } of leavesOf(kind.fields, life)) {
    const name = path.join('.');
    for (const values of turnsOf(life, name, field, seed)) {
      const found = await changeOf(life, spec, path, field, values, session);
      if (!found)
        throw new Error(
          `${life.kind}: none of ${values.length} values of ${name} is another one that is taken`,
        );
      refused += found.refused;
      expectOneChange(name, field, found, seed);
      await carryOut(found.planned, session);
      spec = found.spec;
    }
    changed.push(name);
  }
  await expectNothingToDo(life, spec, session);
  await removeIt(life, session);
  await removeAll(session);
  return { changed, refused };
}

/** The values to try for a field, for each of the changes that it goes through: another one, and then nothing. */
function turnsOf(life: Life, name: string, field: Field, seed: number): readonly (readonly Json[])[] {
  const stated = life.values?.[name];
  if (Array.isArray(stated)) return (stated as readonly Json[]).map((value) => [value]);
  const values = (stated as fc.Arbitrary<Json> | undefined) ?? valuesOf(field, life.referable);
  const samples = fc.sample(values, { seed, numRuns: tries });
  if (stated !== undefined || field.required || life.neverEmpty?.includes(name)) return [samples];
  const isSome = (value: Json): boolean => Array.isArray(value) && value.length > 0;
  return field.type === 'list' ? [samples.filter(isSome), [[]]] : [samples];
}

/** Of what is managed key by key each key is a change; of everything else the whole is one. */
function expectOneChange(name: string, field: Field, { plan: made, value }: Change, seed: number): void {
  const own = countedChanges(made);
  const isByKey =
    ['json', 'record', 'object'].includes(field.type) || (field.type === 'map' && field.relation === true);
  // Where nothing was stated of the object around it, that is what comes.
  const isAround = (one: string): boolean => one === name || name.startsWith(`${one}.`);
  const isInside = (one: string): boolean => isByKey && one.startsWith(`${name}.`);
  const changes = own.map((one) => (isAround(one) || isInside(one) ? name : one));
  const told = { seed, name, value };
  expect({ ...told, changes: isByKey ? [...new Set(changes)] : changes }).toEqual({
    ...told,
    changes: [name],
  });
}

type Planned = Awaited<ReturnType<typeof plan>>;

const options: PlanOptions = { allowReplace: true, maxDeletes: 1000, force: ['cascade'] };

async function planned(life: Life, spec: JsonObject | undefined, session: Session): Promise<Planned> {
  const text = stringify(manifestOf(life, spec), { lineWidth: 0 });
  const manifest = await parseManifest([{ name: 'life.yaml', text }], { allowEmpty: true, environment: {} });
  return plan(manifest, session, options);
}

async function carryOut(made: Planned, session: Session): Promise<void> {
  const result = await apply(made, session, { lock: false });
  const failure = result.outcomes.find(({ status }) => status === 'failed');
  if (failure?.status === 'failed') throw failure.error;
}

async function expectNothingToDo(life: Life, spec: JsonObject, session: Session): Promise<void> {
  expect((await planned(life, spec, session)).plan.actions).toEqual([]);
}

interface Change {
  readonly spec: JsonObject;
  readonly value: Json;
  readonly planned: Planned;
  readonly plan: Plan;
  readonly refused: number;
}

/** The first of these values that is another one, and that validation and plan take. */
async function changeOf(
  life: Life,
  spec: JsonObject,
  path: readonly string[],
  field: Field,
  values: readonly Json[],
  session: Session,
): Promise<Change | undefined> {
  const stated = valueAt(spec, path);
  const before = normal(field, stated ?? null);
  let refused = 0;
  for (const value of values) {
    if (jsonEqual(normal(field, value), before)) continue;
    const changed = withValue(spec, path, value);
    try {
      const made = await planned(life, changed, session);
      // What was not stated may be so already, and a map of which other keys were stated may state nothing new.
      const isByKey = ['json', 'record', 'object'].includes(field.type);
      if ((isByKey || stated === undefined) && made.plan.actions.length === 0) continue;
      return { spec: changed, value, planned: made, plan: made.plan, refused };
    } catch (error) {
      if (!(error instanceof ManifestError)) throw error;
      refused += 1;
    }
  }
  return undefined;
}

/** The changes of a plan that are not merely what a replacement makes again, each with its path. */
function countedChanges({ actions }: Plan): readonly string[] {
  return actions
    .filter(({ reason }) => !reason?.endsWith('is replaced'))
    .flatMap(({ type, changes }) =>
      type === 'replace' ? changes.filter(({ forcesReplacement }) => forcesReplacement) : changes,
    )
    .map(({ path }) => path.join('.'));
}

async function removeIt(life: Life, session: Session): Promise<void> {
  const { singleton } = kindNamed(life.kind);
  // What there is one of is let go of, and reset with everything else at the end.
  if (singleton) return;
  const made = await planned(life, undefined, session);
  expect(new Set(made.plan.actions.map(({ type }) => type))).toEqual(new Set(['delete']));
  await carryOut(made, session);
  expect((await planned(life, undefined, session)).plan.actions).toEqual([]);
}

/** Takes away what was declared beside it; what there is one of gets the values of a new tenant. */
async function removeAll(session: Session): Promise<void> {
  const manifest = await parseManifest([{ name: 'life.yaml', text: 'stack: default' }], { allowEmpty: true });
  const destroying = { ...options, isDestroying: true, reset: true };
  await carryOut(await plan(manifest, session, destroying), session);
  expect((await plan(manifest, session, destroying)).plan.actions).toEqual([]);
}

/** The fields whose values are single, one by one. */
export function leavesOf(
  fields: Fields,
  life: Life,
): readonly { readonly path: readonly string[]; readonly field: Field }[] {
  const below = (inner: Fields, path: readonly string[]): ReturnType<typeof leavesOf> =>
    Object.entries(inner).flatMap(([name, field]) => {
      const own = [...path, name];
      const isLeftOut = life.without?.some((left) => left === own.join('.')) === true;
      const isKey = path.length === 0 && name === kindNamed(life.kind).keyField;
      if (isLeftOut || isKey || field.creationOnly) return [];
      const isWhole = life.values?.[own.join('.')] !== undefined;
      return field.type === 'object' && !isWhole ? below(field.fields, own) : [{ path: own, field }];
    });
  return below(fields, []);
}

/** All paths of a kind's fields, as `changed` of a life names them. */
export const pathsOf = (fields: Fields): readonly string[] =>
  Object.entries(fields).flatMap(([name, field]) =>
    field.type === 'object' ? pathsOf(field.fields).map((inner) => `${name}.${inner}`) : [name],
  );

/** The manifest that declares a resource with these fields, and what is beside it. */
export function manifestOf({ kind, keys, surroundings }: Life, spec: JsonObject | undefined): JsonObject {
  const [section = '', childSection] = kind.split('.');
  const [key, childKey] = keys;
  const put = (value: Json | undefined, path: readonly string[]): Json =>
    path.length === 0 || spec === undefined
      ? (spec ?? value ?? {})
      : {
          ...(isObject(value) ? value : {}),
          [path[0] ?? '']: put(isObject(value) ? value[path[0] ?? ''] : undefined, path.slice(1)),
        };
  const path = [section, ...(key === undefined ? [] : [key])];
  const whole = childSection === undefined ? path : [...path, childSection, childKey ?? ''];
  const document = spec === undefined ? surroundings : (put(surroundings, whole) as JsonObject);
  return escaped(document) as JsonObject;
}

/** What looks like an expression is meant as it is. */
function escaped(value: Json): Json {
  if (typeof value === 'string') return value === secretExpression ? value : escapeExpressions(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(escaped);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [escapeExpressions(name), escaped(inner)]),
  );
}

/** Stands for the value of a sensitive variable; a life that uses it declares the variable. */
export const secretExpression = '${var.secret}';

const valueAt = (spec: JsonObject, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), spec);

export function withValue(spec: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name = '', ...rest] = path;
  const inner = spec[name];
  return {
    ...spec,
    [name]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value),
  };
}

/** One of the values that mean the same, told apart here without asking the code that is tested. */
function normal(field: Field, value: Json): Json {
  const isNothing = (one: Json): boolean =>
    one === null || one === '' || (isObject(one) && Object.values(one).every(isNothing));
  if (field.nullable && value === '') return null;
  if (field.sameAsAbsent !== undefined && jsonEqual(value, field.sameAsAbsent)) return null;
  if (field.type === 'list' && Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => JSON.stringify(normal(field.items, item)));
    const each = field.unordered || field.distinct ? [...new Set(items)] : items;
    return field.unordered ? each.sort() : each;
  }
  if (field.type === 'text' && field.lowercase && typeof value === 'string') return value.toLowerCase();
  if (field.type === 'map' && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, normal(field.items, item)] as const)
        .filter(([, item]) => !field.emptyIsAbsent || !Array.isArray(item) || item.length > 0),
    );
  }
  // Only stated keys are managed: what states fewer keys, or clears what is not there, changes nothing.
  if (field.emptyIsAbsent && isNothing(value)) return null;
  return value;
}
