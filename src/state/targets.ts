import { formatAddress, parseAddress } from '../address.js';
import type { Problem } from '../errors.js';
import { kindNamed } from '../kinds/index.js';
import type { LinkTarget } from '../kinds/kind.js';
import { externalAddress, referencesOf } from '../kinds/references.js';
import type { Matching } from './matching.js';
import type { Resource, State } from './resource.js';

/** One link that a resource states: its labels, as written, and the address of what it leads to. */
export interface StatedLink {
  readonly labels: readonly string[];
  readonly address: string;
  /** From the resource to where the link is written. */
  readonly path: readonly string[];
}

/** The links of a relation field, each once. Undefined where the field is not stated. */
export function statedLinks(
  { kind, fields }: Resource,
  fieldName: string,
): readonly StatedLink[] | undefined {
  const field = kind.fields[fieldName];
  if (!field || fields[fieldName] === undefined) return undefined;
  const references = referencesOf(fields, kind.fields).filter(({ path: [name] }) => name === fieldName);
  // The keys of a map lead to the parents of what is linked.
  const leaves = field.type === 'map' ? references.filter(({ parent }) => parent) : references;
  const links = leaves.map(({ key, address, parent, path }) => ({
    labels: parent ? [parent.key, key] : [key],
    address,
    path,
  }));
  return [...new Map(links.map((link) => [link.address, link])).values()];
}

/** Translates between addresses and ids, once the objects of the tenant are matched. */
export interface Targets {
  /** The id behind an address; undefined when the object is yet to be created. */
  readonly idOf: (address: string) => string | undefined;
  /** How a link of the tenant is called in the words of the manifest; by name and id when no address leads to it. */
  readonly labelsOf: (target: LinkTarget) => readonly string[];
  /** A problem when the address is of an external or built-in object that does not hold such a child. */
  readonly missing: (address: string, at: Problem['at']) => Problem | undefined;
}

export function makeTargets(desired: State, { matches }: Matching): Targets {
  const keyOfId = new Map<string, string>();
  for (const [address, { object }] of matches) {
    keyOfId.set(object.id, desired.get(address)?.key ?? parseAddress(address)?.at(-1) ?? address);
  }
  const find = (address: string) => matches.get(address) ?? matches.get(externalAddress(address));
  // Children of external and built-in objects are not declared: they are looked up by name in what the tenant has.
  const findChild = (address: string): string | undefined => {
    const [section = '', parentKey = '', childSection = '', name] = parseAddress(address) ?? [];
    const child = kindNamed(section).children?.[childSection];
    const siblings = find(formatAddress([section, parentKey]))?.object.children?.[childSection];
    return siblings?.find(({ fields }) => fields[child?.keyField ?? child?.title ?? ''] === name)?.id;
  };
  const idOf = (address: string): string | undefined =>
    find(address)?.object.id ?? (desired.has(address) ? undefined : findChild(address));
  const isLost = (address: string): boolean => {
    const [section = '', key = ''] = parseAddress(address) ?? [];
    const owner = externalAddress(formatAddress([section, key]));
    return desired.has(owner) && !matches.has(owner);
  };
  const label = (id: string, name: string): string => keyOfId.get(id) ?? `${name} (${id})`;
  return {
    idOf,
    labelsOf: ({ id, name, parent }) =>
      // A child is called by its name below any parent that the manifest knows, declared or not.
      parent
        ? [
            label(parent.id, parent.name),
            keyOfId.get(id) ?? (keyOfId.has(parent.id) ? name : `${name} (${id})`),
          ]
        : [label(id, name)],
    missing: (address, at) =>
      // An external object that was not found is told of where it is declared.
      desired.has(address) || idOf(address) !== undefined || isLost(address)
        ? undefined
        : {
            code: 'not-found',
            severity: 'error',
            message: `the tenant has no ${address}`,
            hint: 'what is external or built in has to exist already',
            ...(at && { at }),
          },
  };
}
