import { canonicalJson, pick, type Json, type JsonObject } from '../json.js';
import { keyNames, titleOf, valuesAt } from '../kinds/identity.js';
import type { Kind, TenantObject } from '../kinds/kind.js';
import type { Ambiguity } from './comparison.js';
import type { LedgerName, LedgerNames } from './ledger-names.js';
import type { Translate } from './same-text.js';

/** What is the same object in two tenants; or an object that is in one of them only. */
export interface Pair {
  readonly from?: TenantObject;
  readonly to?: TenantObject;
}

/** The same of both tenants. */
export interface Both<T> {
  readonly from: T;
  readonly to: T;
}

export interface ObjectMatching {
  /** Every object, once. */
  readonly pairs: readonly Pair[];
  /** Which of them only seem to be in one tenant: it cannot be told. */
  readonly ambiguous: readonly Ambiguity[];
}

/**
 * Finds which object of one tenant is which of the other: by the address that a ledger has for it in both, else by what
 * Logto keeps unique, else by name. What that leaves open is not guessed.
 *
 * @param translate gives a text of the first tenant as the second has it
 */
export function matchObjects(
  kind: Kind,
  objects: Both<readonly TenantObject[]>,
  ledgers: Both<LedgerNames>,
  translate: Translate,
): ObjectMatching {
  const fieldsIn = (side: keyof Both<unknown>, { fields }: TenantObject): JsonObject =>
    side === 'from' ? (textsIn(fields, translate) as JsonObject) : fields;
  const byName: Identity = (side, object) => titleOf(kind, fieldsIn(side, object));
  const identities: readonly Identity[] = [
    (side, { id }) => ledgerName(ledgers[side].get(id)),
    (side, object) => uniqueKey(kind, fieldsIn(side, object)),
    byName,
  ];
  const pairs: Both<TenantObject>[] = [];
  let left = objects;
  const take = (found: readonly Both<TenantObject>[]): void => {
    pairs.push(...found);
    left = without(left, found);
  };
  for (const identity of identities) take(onesOf(groupsOf(left, identity)));
  const content: Identity = (side, object) =>
    canonicalJson(pick(fieldsIn(side, object), Object.keys(kind.fields)));
  take([...groupsOf(left, byName).values()].flatMap((group) => equalOnes(group, content)));
  take(onesOf(groupsOf(left, byName)));
  const ambiguous = [...groupsOf(left, byName)]
    .filter(([, { from, to }]) => from.length > 0 && to.length > 0)
    .map(([name, { from, to }]) => ({ kind: kind.name, name, from: idsOf(from), to: idsOf(to) }));
  return {
    pairs: [...pairs, ...left.from.map((from) => ({ from })), ...left.to.map((to) => ({ to }))],
    ambiguous,
  };
}

/** What an object is known by; undefined where it is not known by that. */
type Identity = (side: keyof Both<unknown>, object: TenantObject) => string | undefined;

type Group = Both<readonly TenantObject[]>;

function groupsOf(objects: Group, identity: Identity): ReadonlyMap<string, Group> {
  const groups = new Map<string, Both<TenantObject[]>>();
  for (const side of ['from', 'to'] as const) {
    for (const object of objects[side]) {
      const name = identity(side, object);
      if (name === undefined) continue;
      const group = groups.get(name) ?? { from: [], to: [] };
      group[side].push(object);
      groups.set(name, group);
    }
  }
  return groups;
}

/** Where there is one object in each tenant, and no other. */
const onesOf = (groups: ReadonlyMap<string, Group>): readonly Both<TenantObject>[] =>
  [...groups.values()].flatMap(({ from: [from, ...fromOthers], to: [to, ...toOthers] }) =>
    from && to && fromOthers.length + toOthers.length === 0 ? [{ from, to }] : [],
  );

/** Of several with one name, those that hold the same in both tenants. */
const equalOnes = (group: Group, content: Identity): readonly Both<TenantObject>[] =>
  [...groupsOf(group, content).values()].flatMap(({ from, to }) =>
    from.flatMap((object, index) => {
      const other = to[index];
      return other ? [{ from: object, to: other }] : [];
    }),
  );

function without({ from, to }: Group, pairs: readonly Both<TenantObject>[]): Group {
  const taken = new Set(pairs.flatMap((pair) => [pair.from, pair.to]));
  const isLeft = (object: TenantObject): boolean => !taken.has(object);
  return { from: from.filter(isLeft), to: to.filter(isLeft) };
}

const ledgerName = (name: LedgerName | undefined): string | undefined =>
  name && JSON.stringify([name.stack, name.address]);

function uniqueKey(kind: Kind, fields: JsonObject): string | undefined {
  const names = keyNames(kind, fields);
  return names.length === 0 ? undefined : canonicalJson([names, valuesAt(fields, names)]);
}

const idsOf = (objects: readonly TenantObject[]): readonly string[] => objects.map(({ id }) => id);

/** The same value with every text in it changed. */
function textsIn(value: Json, change: Translate): Json {
  if (typeof value === 'string') return change(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => textsIn(item, change));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, textsIn(inner, change)] as const),
  );
}
