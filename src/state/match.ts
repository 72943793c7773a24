import { canonicalJson, jsonEqual, textOf } from '../json.js';
import { knownBy, valuesAt } from '../kinds/identity.js';
import type { TenantLists, TenantObject } from '../kinds/kind.js';
import { kinds } from '../kinds/index.js';
import { describeCandidate, findCandidate } from './candidates.js';
import { conflict, ownedElsewhere, pinContradicts, pinNotFound } from './match-problems.js';
import type { Findings, MatchedBy, Matching, MatchOptions } from './matching.js';
import type { Ledger } from './ledger.js';
import type { Resource, State } from './resource.js';

/**
 * Finds the object of each address: by the ledger, by a pinned id, by the key that Logto keeps unique, and only where
 * the user allows it by name. Never a guess: what is not certain becomes a problem.
 */
export function matchResources(
  desired: State,
  lists: TenantLists,
  ledger: Ledger,
  options: MatchOptions,
): Matching {
  const found: Findings = {
    matches: new Map(),
    gone: new Map(),
    renamed: new Map(),
    problems: [],
    takenBy: new Map(),
    referredToBy: new Map(),
  };
  const siblings = groupSiblings(desired);
  for (const kind of kinds) {
    const objects = lists.get(kind.name);
    if (kind.link || !objects) continue;
    matchBuiltIns(kind.name, kind.builtIns ?? {}, objects, found);
    const own = siblings.get(kind.name) ?? [];
    if (kind.singleton) {
      for (const resource of own) matchSingleton(resource, objects, ledger, found);
      continue;
    }
    for (const resource of own.filter(({ external }) => external)) matchExternal(resource, objects, found);
    matchSiblings(
      own.filter(({ external }) => !external),
      objects,
      ledger,
      options,
      found,
    );
    for (const [section, child] of Object.entries(kind.children ?? {})) {
      for (const { address } of own) {
        const parent = found.matches.get(address)?.object;
        const children = siblings.get(`${child.name} ${address}`) ?? [];
        matchSiblings(children, parent?.children?.[section] ?? [], ledger, options, found, parent?.id);
      }
    }
  }
  return found;
}

/** Resources by kind and, for children, by kind and parent. */
function groupSiblings(desired: State): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of desired.values()) {
    const group =
      resource.parent === undefined ? resource.kind.name : `${resource.kind.name} ${resource.parent}`;
    const members = groups.get(group);
    if (members) members.push(resource);
    else groups.set(group, [resource]);
  }
  return groups;
}

function matchSiblings(
  resources: readonly Resource[],
  objects: readonly TenantObject[],
  ledger: Ledger,
  options: MatchOptions,
  found: Findings,
  parentId?: string,
): void {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const take = (resource: Resource, by: MatchedBy, object: TenantObject): void => {
    const other = found.takenBy.get(object.id) ?? found.referredToBy.get(object.id);
    if (other !== undefined) {
      found.problems.push(conflict(resource, other, object));
      return;
    }
    found.takenBy.set(object.id, resource.address);
    found.matches.set(resource.address, { by, object, ...(parentId !== undefined && { parentId }) });
  };
  const takePinned = (resource: Resource, object: TenantObject): void => {
    const owner = ledger.foreign.get(object.id);
    if (owner !== undefined) {
      found.problems.push(ownedElsewhere(resource, object, owner));
      return;
    }
    const formerly = ledger.owned.get(object.id);
    const { address } = resource;
    const owned = ledger.entries.get(address)?.id;
    if (formerly === undefined || formerly === address) {
      take(resource, formerly === undefined ? 'pinned' : 'ledger', object);
    } else if (owned !== undefined) found.problems.push(pinContradicts(resource, owned));
    else {
      // A key that was renamed: the pin says what `moved` would say. Two that are declared contradict each other.
      if (!resources.some((other) => other.address === formerly)) found.renamed.set(address, formerly);
      take(resource, 'ledger', object);
    }
  };
  // What is certain comes first, so that no object is taken by its name from the address that owns it.
  const uncertain = resources.filter((resource) => {
    const entry = ledger.entries.get(resource.address);
    if (resource.pinnedId !== undefined) {
      const object = byId.get(resource.pinnedId);
      if (entry && entry.id !== resource.pinnedId && byId.has(entry.id)) {
        found.problems.push(pinContradicts(resource, entry.id));
      } else if (object) takePinned(resource, object);
      else found.problems.push(pinNotFound(resource));
      return false;
    }
    const object = entry && byId.get(entry.id);
    if (object) take(resource, 'ledger', object);
    else if (entry) found.gone.set(resource.address, entry.id);
    return !object;
  });
  const namesakes = namesakesAmong(objects);
  for (const resource of uncertain) {
    const candidate = findCandidate(resource, namesakes(resource), ledger, options, found);
    if (candidate) take(resource, candidate.by, candidate.object);
  }
}

/** A look-up of the objects that have what a resource is known by: its unique key, else its name. */
function namesakesAmong(objects: readonly TenantObject[]) {
  const indexes = new Map<string, ReadonlyMap<string, readonly TenantObject[]>>();
  return ({ kind, fields }: Resource): readonly TenantObject[] => {
    const names = knownBy(kind, fields);
    const name = names.join(' ');
    const index = indexes.get(name) ?? indexBy(objects, names);
    indexes.set(name, index);
    return index.get(canonicalJson(valuesAt(fields, names))) ?? [];
  };
}

function indexBy(
  objects: readonly TenantObject[],
  names: readonly string[],
): ReadonlyMap<string, readonly TenantObject[]> {
  const index = new Map<string, TenantObject[]>();
  for (const object of objects) {
    const values = canonicalJson(valuesAt(object.fields, names));
    const equals = index.get(values);
    if (equals) equals.push(object);
    else index.set(values, [object]);
  }
  return index;
}

/** There is one in each tenant, so it cannot be another one's: any stack may state a part of it. */
function matchSingleton(
  { address }: Resource,
  [object]: readonly TenantObject[],
  ledger: Ledger,
  found: Findings,
): void {
  const entry = ledger.entries.get(address);
  if (object) found.matches.set(address, { by: entry ? 'ledger' : 'singleton', object });
  else if (entry) found.gone.set(address, entry.id);
}

function matchExternal(resource: Resource, objects: readonly TenantObject[], found: Findings): void {
  const { pinnedId, fields } = resource;
  const candidates = objects.filter((object) =>
    pinnedId === undefined
      ? Object.entries(fields).every(([name, value]) => jsonEqual(object.fields[name], value))
      : object.id === pinnedId,
  );
  const [object, ...others] = candidates;
  const selector =
    pinnedId === undefined
      ? Object.entries(fields)
          .map(([name, value]) => `${name} "${textOf(value)}"`)
          .join(' and ')
      : `id ${pinnedId}`;
  if (!object) {
    found.problems.push({
      code: 'not-found',
      severity: 'error',
      message: `${resource.address}: the tenant has no ${resource.kind.singular} with ${selector}`,
      hint: 'create it first, or correct the look-up',
      ...(resource.source && { at: resource.source }),
    });
  } else if (others.length > 0) {
    found.problems.push({
      code: 'ambiguous-match',
      severity: 'error',
      message: `${resource.address}: the tenant has ${candidates.length} ${resource.kind.singular}s with ${selector}: ${candidates.map(describeCandidate).join('; ')}`,
      hint: 'pin one of them with `id:`',
      ...(resource.source && { at: resource.source }),
    });
  } else {
    found.referredToBy.set(object.id, resource.address);
    found.matches.set(resource.address, { by: 'external', object });
  }
}

function matchBuiltIns(
  kindName: string,
  builtIns: Readonly<Record<string, { readonly is: (fields: TenantObject['fields']) => boolean }>>,
  objects: readonly TenantObject[],
  found: Findings,
): void {
  for (const [key, builtIn] of Object.entries(builtIns)) {
    const object = objects.find(({ fields }) => builtIn.is(fields));
    if (object) found.matches.set(`${kindName}.${key}`, { by: 'built-in', object });
  }
}
