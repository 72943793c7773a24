import { formatAddress } from '../address.js';
import { describeTenant } from '../export/describe-tenant.js';
import type { ExportedTenant } from '../export/exported.js';
import type { Everything } from '../export/read-everything.js';
import type { ExportScope } from '../export/scope.js';
import { kindNamed, kindOfAddress, kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import { alignKeys, ledgerOf, type AlignedPairs } from './align-keys.js';
import type { Ambiguity, Comparison, ResourceDifference } from './comparison.js';
import { compareResource, type ResourcePair } from './compare-resource.js';
import { describedTenant, type DescribedTenant } from './described-tenant.js';
import type { LedgerNames } from './ledger-names.js';
import { matchObjects, type Both, type ObjectMatching, type Pair } from './match-objects.js';
import type { Translate } from './same-text.js';

/** One of the tenants, as it was read. */
export interface TenantRead {
  readonly name: string;
  readonly everything: Everything;
  readonly ledgerNames: LedgerNames;
  /** Objects that the run itself stands on. */
  readonly isOurs: (id: string) => boolean;
}

export interface CompareOptions {
  readonly scope: ExportScope;
  /** Gives a text of the first tenant as the second has it. */
  readonly translate: Translate;
  /** Let secrets that differ count; otherwise they are listed apart. */
  readonly secretsCount: boolean;
}

/** Compares what two tenants hold, in the words of a manifest. Pure. */
export function compareTenants(
  { from, to }: Both<TenantRead>,
  { scope, translate, secretsCount }: CompareOptions,
): Omit<Comparison, 'from' | 'to'> {
  const ledgers = { from: from.ledgerNames, to: to.ledgerNames };
  const matchings = matchEverything({ from, to }, ledgers, translate);
  const pairs = alignKeys(matchings, ledgers);
  const words = { from: describe(from, pairs, 'from'), to: describe(to, pairs, 'to') };
  const tenants = {
    from: describedTenant(words.from, from.everything.lists, translate),
    to: describedTenant(words.to, to.everything.lists, (text) => text),
  };
  const ambiguous = [...matchings.values()]
    .flatMap((matching) => matching.ambiguous)
    .filter(({ kind }) => scope.kinds.has(kind));
  const addresses = comparedAddresses(pairs, scope, ambiguous, { from, to });
  const compared = resourcePairs(tenants)
    .filter((pair) => addresses.has(topOf(pair)))
    .map((pair) => compareResource(pair, tenants, secretsCount));
  const differences = compared.flatMap(({ difference }) => difference ?? []);
  return {
    summary: summaryOf(differences, compared.length),
    differences,
    ambiguous,
    secrets: secretsCount ? [] : compared.flatMap(({ secrets }) => secrets),
    notes: [...notesOf(from, words.from, scope), ...notesOf(to, words.to, scope)],
  };
}

function matchEverything(
  tenants: Both<TenantRead>,
  ledgers: Both<LedgerNames>,
  translate: Translate,
): ReadonlyMap<string, ObjectMatching> {
  const [from, to] = [tenants.from.everything.lists, tenants.to.everything.lists];
  const names = kinds.map(({ name }) => name).filter((name) => from.has(name) || to.has(name));
  return new Map(
    names.map((name) => {
      const objects = { from: from.get(name) ?? [], to: to.get(name) ?? [] };
      return [name, matchObjects(kindNamed(name), objects, ledgers, translate)];
    }),
  );
}

/** What others refer to is described too, so that it has the same key in both tenants. */
const describe = (
  { everything }: TenantRead,
  pairs: AlignedPairs,
  side: keyof Both<unknown>,
): ExportedTenant =>
  describeTenant(everything, {
    stack: '',
    scope: { kinds: new Set(everything.lists.keys()), isWanted: () => true },
    ledger: ledgerOf(pairs, side),
    isOurs: () => false,
  });

/** The addresses of objects that are compared, as far as `scope` wants it and it can be told which is which. */
function comparedAddresses(
  pairs: AlignedPairs,
  scope: ExportScope,
  ambiguous: readonly Ambiguity[],
  tenants: Both<TenantRead>,
): ReadonlySet<string> {
  const unclear = new Set(ambiguous.flatMap(({ from, to }) => [...from, ...to]));
  const isIn = (kind: Kind, { from, to }: Pair): boolean => {
    const objects = [from, to].filter((object) => object !== undefined);
    const isOurs = tenants.from.isOurs(from?.id ?? '') || tenants.to.isOurs(to?.id ?? '');
    const isUnclear = objects.length === 1 && objects.some(({ id }) => unclear.has(id));
    return !isOurs && !isUnclear && objects.some((object) => scope.isWanted(kind, object));
  };
  const wanted = [...pairs].filter(([address, pair]) => {
    const kind = kindOfAddress(address);
    return kind !== undefined && scope.kinds.has(kind.name) && isIn(kind, pair);
  });
  return new Set(wanted.map(([address]) => address));
}

/** What stands at each address, by kind and then by address. */
function resourcePairs({ from, to }: Both<DescribedTenant>): readonly ResourcePair[] {
  const addresses = new Set([...from.resources.keys(), ...to.resources.keys()]);
  return [...addresses]
    .map((address) => ({ from: from.resources.get(address), to: to.resources.get(address) }))
    .sort((left, right) => comparePaths(pathOf(left), pathOf(right)));
}

const pathOf = ({ from, to }: ResourcePair): readonly string[] => (from ?? to)?.path ?? [];

/** The address of the object itself, or of what holds it. */
const topOf = (pair: ResourcePair): string => formatAddress(pathOf(pair).slice(0, 2));

function comparePaths(
  [leftKind = '', ...left]: readonly string[],
  [rightKind = '', ...right]: readonly string[],
): number {
  const byKind = indexOf(leftKind) - indexOf(rightKind);
  if (byKind !== 0) return byKind;
  const different = left.findIndex((segment, index) => segment !== right[index]);
  if (different < 0) return left.length - right.length;
  return (left[different] ?? '') < (right[different] ?? '') ? -1 : 1;
}

const indexOf = (kindName: string): number => kinds.findIndex(({ name }) => name === kindName);

function summaryOf(differences: readonly ResourceDifference[], compared: number): Comparison['summary'] {
  const ofType = (wanted: ResourceDifference['type']): number =>
    differences.filter(({ type }) => type === wanted).length;
  return {
    onlyInFrom: ofType('only-in-from'),
    onlyInTo: ofType('only-in-to'),
    different: ofType('different'),
    same: compared - differences.length,
  };
}

/** What one of the tenants does not tell, or what cannot be said of it. */
const notesOf = (
  { name }: TenantRead,
  { omissions }: ExportedTenant,
  scope: ExportScope,
): readonly string[] =>
  omissions
    .filter(({ what }) => scope.kinds.has(what) || !kinds.some((kind) => kind.name === what))
    .map(({ what, why }) => `${name}: left out: ${what}: ${why}`);
