import type { Problem } from '../errors.js';
import { jsonEqual, textOf } from '../json.js';
import { keyNames } from '../kinds/identity.js';
import type { TenantObject } from '../kinds/kind.js';
import type { Ledger } from './ledger.js';
import { ownedElsewhere } from './match-problems.js';
import type { Findings, MatchedBy, MatchOptions } from './matching.js';
import type { Resource } from './resource.js';

interface Candidate {
  readonly by: MatchedBy;
  readonly object: TenantObject;
}

/**
 * The object that a resource without a ledger entry is, if that can be said; a problem where it would be a guess.
 *
 * @param namesakes the objects with the same unique key, or the same name where Logto keeps nothing unique
 */
export function findCandidate(
  resource: Resource,
  namesakes: readonly TenantObject[],
  ledger: Ledger,
  options: MatchOptions,
  found: Findings,
): Candidate | undefined {
  return keyNames(resource.kind, resource.fields).length > 0
    ? byUniqueKey(resource, namesakes, ledger, found)
    : byName(resource, namesakes, ledger, options, found);
}

function byUniqueKey(
  resource: Resource,
  [object]: readonly TenantObject[],
  ledger: Ledger,
  found: Findings,
): Candidate | undefined {
  if (!object) return undefined;
  const owner = ledger.foreign.get(object.id);
  if (owner !== undefined) {
    found.problems.push(ownedElsewhere(resource, object, owner));
    return undefined;
  }
  const formerly = ledger.owned.get(object.id);
  if (formerly !== undefined && !found.takenBy.has(object.id)) {
    found.renamed.set(resource.address, formerly);
    return { by: 'ledger', object };
  }
  return { by: ledger.intents.has(resource.address) ? 'intent' : 'key', object };
}

function byName(
  resource: Resource,
  namesakes: readonly TenantObject[],
  ledger: Ledger,
  options: MatchOptions,
  found: Findings,
): Candidate | undefined {
  const free = namesakes.filter(
    ({ id }) =>
      !ledger.owned.has(id) &&
      !ledger.foreign.has(id) &&
      !found.takenBy.has(id) &&
      id !== options.ownApplicationId,
  );
  const intent = ledger.intents.get(resource.address);
  if (intent) {
    // An apply that was cut off announced this address: what carries its name and is not older was made by it.
    const made = free.find(
      (object) => (object.createdAt ?? 0) >= intent.since && sameImmutables(resource, object),
    );
    if (made) return { by: 'intent', object: made };
  }
  const [object, ...others] = free;
  if (!object || resource.kind.isAnonymous) return undefined;
  if (options.adopt && others.length === 0) return { by: 'name', object };
  found.problems.push(nameIsTaken(resource, free));
  return undefined;
}

function sameImmutables(resource: Resource, object: TenantObject): boolean {
  return Object.entries(resource.kind.fields).every(
    ([name, field]) =>
      !field.immutable ||
      resource.fields[name] === undefined ||
      jsonEqual(object.fields[name], resource.fields[name]),
  );
}

/** What tells an object from others of its name: `id, SPA, created 2026-01-02T03:04:05.006Z`. */
export const describeCandidate = ({ id, createdAt, fields }: TenantObject): string =>
  [id, fields.type, createdAt === undefined ? '' : `created ${new Date(createdAt).toISOString()}`]
    .filter((part) => part !== undefined && part !== '')
    .map(textOf)
    .join(', ');

function nameIsTaken(resource: Resource, candidates: readonly TenantObject[]): Problem {
  const { singular, name: kindName, title } = resource.kind;
  const list = candidates.map(describeCandidate);
  const one = candidates.length === 1;
  return {
    code: 'ambiguous-match',
    severity: 'error',
    message: `${resource.address}: the tenant already has ${one ? `one ${singular}` : `${candidates.length} ${singular}s`} named "${textOf(resource.fields[title])}" that this ledger does not know: ${list.join('; ')}`,
    hint: `${one ? 'pass --adopt to take it over, or pin it with' : 'pin one of them with'} \`id: ${candidates[0]?.id ?? ''}\`, or refer to it under external.${kindName}, or choose another name`,
    ...(resource.source && { at: resource.source }),
  };
}
