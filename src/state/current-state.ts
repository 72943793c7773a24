import { formatAddress } from '../address.js';
import type { Problem } from '../errors.js';
import { textOf, type JsonObject } from '../json.js';
import { kindNamed } from '../kinds/index.js';
import type { LinkTarget, TenantLists } from '../kinds/kind.js';
import { referencesOf } from '../kinds/references.js';
import type { ReadApi } from '../management-api/api.js';
import type { Manifest } from '../manifest/manifest.js';
import type { Ledger } from './ledger.js';
import type { MatchedBy, Matching } from './matching.js';
import { readParts, type Parts } from './read-parts.js';
import type { Resource } from './resource.js';
import type { Targets } from './targets.js';

/** A link as the tenant has it. */
export interface CurrentLink {
  readonly labels: readonly string[];
  readonly id: string;
}

/** What the tenant holds for an address. */
export interface CurrentResource {
  readonly address: string;
  readonly by: MatchedBy;
  readonly id: string;
  readonly parentId?: string;
  /** As Logto sent them, whole: also what the manifest does not state. Parts are among them where they are stated. */
  readonly fields: JsonObject;
  /** The ids of what parts refer to, by the address that their words make. */
  readonly targets: ReadonlyMap<string, string>;
  /** The links of each relation that the manifest states. */
  readonly links: ReadonlyMap<string, readonly CurrentLink[]>;
}

export type CurrentState = ReadonlyMap<string, CurrentResource>;

/** The links of objects by relation (`applications.roles`) and object id. */
type TenantLinks = ReadonlyMap<string, ReadonlyMap<string, readonly LinkTarget[]>>;

/**
 * The current state of every matched resource, in the words of the manifest: reads the relations that the manifest
 * states, and no others.
 */
export async function readCurrentState(
  api: ReadApi,
  manifest: Manifest,
  lists: TenantLists,
  matching: Matching,
  targets: Targets,
  ledger: Ledger,
): Promise<CurrentState> {
  const managed = [...manifest.desired.values()].filter((resource) => !resource.external);
  const [links, parts] = await Promise.all([
    readLinks(api, managed, lists, matching, targets),
    readAllParts(api, managed, matching, targets, lists),
  ]);
  const current = new Map<string, CurrentResource>();
  for (const resource of managed) {
    const found = resource.kind.link
      ? linkResource(resource, links, targets, ledger)
      : ordinaryResource(resource, matching, links, parts, targets);
    if (found) current.set(resource.address, found);
  }
  return current;
}

async function readAllParts(
  api: ReadApi,
  managed: readonly Resource[],
  matching: Matching,
  targets: Targets,
  lists: TenantLists,
): Promise<ReadonlyMap<string, Parts>> {
  const read = managed.map(async (resource) => {
    const id = matching.matches.get(resource.address)?.object.id;
    return id === undefined || !resource.kind.parts
      ? []
      : [[resource.address, await readParts(api, resource, id, targets, lists)] as const];
  });
  return new Map((await Promise.all(read)).flat());
}

function ordinaryResource(
  resource: Resource,
  matching: Matching,
  links: TenantLinks,
  parts: ReadonlyMap<string, Parts>,
  targets: Targets,
): CurrentResource | undefined {
  const match = matching.matches.get(resource.address);
  if (!match) return undefined;
  const stated = Object.keys(resource.kind.relations ?? {}).filter(
    (name) => resource.fields[name] !== undefined,
  );
  return {
    address: resource.address,
    by: match.by,
    id: match.object.id,
    ...(match.parentId !== undefined && { parentId: match.parentId }),
    fields: { ...match.object.fields, ...parts.get(resource.address)?.fields },
    targets: parts.get(resource.address)?.targets ?? new Map(),
    links: new Map(
      stated.map((name) => {
        const linked = links.get(`${resource.kind.name}.${name}`)?.get(match.object.id) ?? [];
        return [name, linked.map((target) => ({ labels: targets.labelsOf(target), id: target.id }))];
      }),
    ),
  };
}

/** A resource that is a single link exists when both ends do and the relation holds it. */
function linkResource(
  resource: Resource,
  links: TenantLinks,
  targets: Targets,
  ledger: Ledger,
): CurrentResource | undefined {
  const ends = linkEnds(resource, targets);
  if (!ends?.toId) return undefined;
  const { relation, fromId, toId } = ends;
  if (
    !links
      .get(relation)
      ?.get(fromId)
      ?.some(({ id }) => id === toId)
  )
    return undefined;
  const id = `${fromId}/${toId}`;
  const { entries, intents } = ledger;
  const unowned = intents.has(resource.address) ? 'intent' : 'key';
  return {
    address: resource.address,
    by: entries.get(resource.address)?.id === id ? 'ledger' : unowned,
    id,
    fields: resource.fields,
    targets: new Map(),
    links: new Map(),
  };
}

function linkEnds(
  resource: Resource,
  targets: Targets,
): { relation: string; fromId: string; toId: string | undefined } | undefined {
  const { link } = resource.kind;
  if (!link) return undefined;
  const fromId = targets.idOf(linkAddress(resource, link.from));
  if (fromId === undefined) return undefined;
  return {
    relation: `${link.from.kind}.${link.from.relation}`,
    fromId,
    toId: targets.idOf(linkAddress(resource, link.to)),
  };
}

/** The address of one end of a resource that is a link. */
export function linkAddress(
  resource: Resource,
  end: { readonly field: string; readonly kind: string },
): string {
  return formatAddress([end.kind, textOf(resource.fields[end.field])]);
}

async function readLinks(
  api: ReadApi,
  managed: readonly Resource[],
  lists: TenantLists,
  matching: Matching,
  targets: Targets,
): Promise<TenantLinks> {
  const wanted = new Map<string, Set<string>>();
  const want = (relation: string, id: string | undefined): void => {
    if (id === undefined) return;
    const ids = wanted.get(relation) ?? new Set();
    wanted.set(relation, ids.add(id));
  };
  for (const resource of managed) {
    const ends = linkEnds(resource, targets);
    if (ends) want(ends.relation, ends.fromId);
    for (const name of Object.keys(resource.kind.relations ?? {})) {
      if (resource.fields[name] === undefined) continue;
      want(`${resource.kind.name}.${name}`, matching.matches.get(resource.address)?.object.id);
    }
  }
  const read = await Promise.all(
    [...wanted].map(async ([name, ids]) => {
      const dot = name.lastIndexOf('.');
      const relation = kindNamed(name.slice(0, dot)).relations?.[name.slice(dot + 1)];
      return [
        name,
        (await relation?.read(api, [...ids], lists)) ?? new Map<string, readonly LinkTarget[]>(),
      ] as const;
    }),
  );
  return new Map(read);
}

/** References of stated links that lead nowhere: a child that an external or built-in object does not have. */
export function missingTargets(manifest: Manifest, targets: Targets): readonly Problem[] {
  return [...manifest.desired.values()].flatMap((resource) =>
    resource.external
      ? []
      : referencesOf(resource.fields, resource.kind.fields).flatMap(({ address, path }) => {
          const at = manifest.locate(resource.address, path);
          return targets.missing(address, at) ?? [];
        }),
  );
}
