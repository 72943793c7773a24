import { differencesOf, placeOf, type TenantDifference } from '../accept/differences.js';
import type { Wanted } from '../accept/edit-and-check.js';
import type { Left } from '../accept/left.js';
import { containsSecret, isSecret } from '../accept/why-not.js';
import { formatAddress } from '../address.js';
import type { Json } from '../json.js';
import type { TenantObject } from '../kinds/kind.js';
import type { Manifest } from '../manifest/manifest.js';
import { standInFor } from '../manifest/variables.js';
import { startsWith } from '../plan/compare.js';
import type { Planned } from '../reconcile.js';
import type { Resource } from '../state/resource.js';
import { additionsTo } from './additions.js';
import type { ExportedResource, ExportedTenant } from './exported.js';
import type { ExportScope } from './scope.js';

export interface Comparison {
  readonly wanted: readonly Wanted[];
  readonly left: readonly Left[];
  /** Something is left because no manifest declares what the tenant's value names. */
  readonly isNamingNew: boolean;
}

/**
 * Every difference between a tenant and manifests: what is new in it, what they do not say, and what is otherwise.
 *
 * @param withNew what was planned for the manifests with what is new in them: it has names for that
 */
export function compareWithExport(
  exported: ExportedTenant,
  planned: Planned,
  scope: ExportScope,
  withNew?: Planned,
): Comparison {
  const wanted = [...externalsOf(exported), ...exported.resources.flatMap((one) => newIn(one, planned))];
  const isOpen = ({ edit }: Wanted): boolean => !containsSecret(edit.after, planned.manifest);
  const secret = wanted.filter((one) => !isOpen(one)).map((one) => secretLeft(one, exported, planned));
  const differing = [...planned.matching.matches].flatMap(([address, { object }]) => {
    const resource = planned.manifest.desired.get(address);
    return resource && isExported(resource, object, planned, scope)
      ? differencesIn(resource, planned, withNew)
      : [];
  });
  return {
    wanted: [...differing.filter(({ refusal }) => !refusal), ...wanted.filter(isOpen)],
    left: [
      ...differing.flatMap(({ address, path, refusal }) =>
        refusal ? [{ address, path, problem: refusal }] : [],
      ),
      ...secret,
    ],
    isNamingNew: differing.some(({ refusal, undeclared }) => refusal && undeclared.length > 0),
  };
}

function differencesIn(
  resource: Resource,
  planned: Planned,
  withNew: Planned | undefined,
): readonly TenantDifference[] {
  const compare = (by: Planned): readonly TenantDifference[] =>
    differencesOf(resource, { planned: by, keeps: () => false }).filter(
      ({ edit }) => !isStandIn(edit.before),
    );
  const differences = compare(planned);
  const known = differences.filter(({ undeclared }) => undeclared.length === 0);
  if (!withNew || known.length === differences.length) return differences;
  const isKnown = (path: readonly string[]): boolean =>
    known.some((one) => startsWith(one.path, path) && startsWith(path, one.path));
  return [...known, ...compare(withNew).filter(({ path }) => !isKnown(path))];
}

/** The value of a secret that has none here: nobody can tell whether it differs. */
const isStandIn = (stated: Json | undefined): boolean =>
  typeof stated === 'object' && stated !== null
    ? Object.values(stated).some((inner) => isStandIn(inner))
    : typeof stated === 'string' && stated.includes(standInFor('').slice(0, -1));

/** What a child is told of with its parent. */
function isExported(
  resource: Resource,
  object: TenantObject,
  { manifest, matching }: Planned,
  { kinds, isWanted }: ExportScope,
): boolean {
  const { kind, external, parent } = resource;
  if (external) return false;
  const holder = parent === undefined ? undefined : manifest.desired.get(parent);
  const held = parent === undefined ? undefined : matching.matches.get(parent)?.object;
  return holder && held
    ? kinds.has(holder.kind.name) && isWanted(holder.kind, held)
    : kinds.has(kind.name) && isWanted(kind, object);
}

/** A list of links of which the manifest states each on its own, such as the roles of an application. */
function isStatedLinkByLink({ path, edit }: Wanted, { kind, key }: Resource, { desired }: Manifest): boolean {
  const stated = [...desired.values()].flatMap(({ kind: { link }, fields }) =>
    link?.from.kind === kind.name &&
    path.length === 1 &&
    path[0] === link.from.relation &&
    fields[link.from.field] === key
      ? [fields[link.to.field]]
      : [],
  );
  return (
    stated.length > 0 &&
    Array.isArray(edit.after) &&
    (edit.after as readonly Json[]).every((target) => stated.includes(target))
  );
}

/** A resource that no manifest declares, or what manifests do not say of one that they do. */
function newIn(exported: ExportedResource, { manifest, matching }: Planned): readonly Wanted[] {
  const { path, spec, specWithFiles, object } = exported;
  const address = formatAddress(path);
  const resource = manifest.desired.get(address);
  if (resource) {
    return additionsTo(resource, spec, specWithFiles).filter(
      (one) => !isStatedLinkByLink(one, resource, manifest),
    );
  }
  // What has another key in the manifests is told as a difference of that.
  const isDeclared = [...matching.matches].some(
    ([other, match]) => match.object.id === object.id && manifest.desired.has(other),
  );
  if (isDeclared) return [];
  const edit = {
    path: placeOf(address),
    before: undefined,
    after: specWithFiles ?? spec,
    isText: true as const,
  };
  return [{ address, path: [], edit, ...(path.length > 2 && { with: [formatAddress(path.slice(0, 2))] }) }];
}

const externalsOf = ({ external }: ExportedTenant): readonly Wanted[] =>
  Object.entries(external).flatMap(([section, objects]) =>
    Object.entries(objects).map(([key, after]) => {
      const path = ['external', section, key];
      return {
        address: formatAddress(path),
        path: [],
        edit: { path, before: undefined, after, isText: true as const },
      };
    }),
  );

function secretLeft({ address, path }: Wanted, { resources }: ExportedTenant, { manifest }: Planned): Left {
  const kind = resources.find((one) => formatAddress(one.path) === address)?.kind;
  const problem = kind
    ? isSecret({ address, kind }, path, manifest)
    : { code: 'conflict' as const, severity: 'warning' as const, message: `${address} holds a secret` };
  return { address, path, problem };
}

/** Resources that the tenant does not have; with a filter nobody can tell. */
export const onlyDeclared = (
  { manifest, matching, current }: Planned,
  { kinds }: ExportScope,
  select: readonly string[] = [],
): readonly Resource[] =>
  [...manifest.desired.values()].filter(
    ({ external, kind, address }) =>
      select.length === 0 &&
      !external &&
      kinds.has(kind.link ? kind.link.from.kind : (kind.name.split('.')[0] ?? '')) &&
      !(kind.link ? current : matching.matches).has(address),
  );
