import { ManifestError } from '../errors.js';
import { externalAddress, referencesOf } from '../kinds/references.js';
import type { Resource, State } from '../state/resource.js';

/** The managed resources that have to exist before this one: what holds it, and what it refers to. */
export function prerequisitesOf(resource: Resource, desired: State): readonly string[] {
  const referred = referencesOf(resource.fields, resource.kind.fields).map(({ address }) => address);
  const { comesAfter = [] } = resource.kind;
  const earlier =
    comesAfter.length === 0 ? [] : [...desired.values()].filter(({ kind }) => comesAfter.includes(kind.name));
  const addresses = [
    ...(resource.parent === undefined ? [] : [resource.parent]),
    ...referred,
    ...earlier.map(({ address }) => address),
  ];
  return [...new Set(addresses)].filter((address) => {
    const target = desired.get(address);
    return target !== undefined && !target.external && !desired.has(externalAddress(address));
  });
}

/**
 * The managed resources in an order in which each comes after what it needs; otherwise as they stand in the manifest.
 *
 * @throws {ManifestError} references that lead back to where they began, with the whole way
 */
export function orderByReferences(desired: State): readonly Resource[] {
  const ordered: Resource[] = [];
  const done = new Set<string>();
  const visit = (address: string, way: readonly string[]): void => {
    if (done.has(address)) return;
    const resource = desired.get(address);
    if (!resource || resource.external) return;
    const begin = way.indexOf(address);
    if (begin >= 0) throw cycle(resource, [...way.slice(begin), address]);
    for (const prerequisite of prerequisitesOf(resource, desired)) visit(prerequisite, [...way, address]);
    done.add(address);
    ordered.push(resource);
  };
  for (const address of desired.keys()) visit(address, []);
  return ordered;
}

const cycle = (resource: Resource, way: readonly string[]): ManifestError =>
  new ManifestError([
    {
      code: 'reference-cycle',
      severity: 'error',
      message: `references lead in a circle: ${way.join(' → ')}`,
      hint: 'take one of these references out',
      ...(resource.source && { at: resource.source }),
    },
  ]);
