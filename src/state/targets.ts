import { formatAddress } from '../address.js';
import type { Problem } from '../errors.js';
import { isObject, textOf } from '../json.js';
import { kindNamed } from '../kinds/index.js';
import type { LinkTarget } from '../kinds/kind.js';
import type { Matching } from './match.js';
import type { Resource, State } from './resource.js';

/** One link that a resource states: its labels, as written, and the address of what it leads to. */
export interface StatedLink {
  readonly labels: readonly string[];
  readonly address: string;
}

/** The links of a relation field, from a list of keys or a map of lists of keys. Undefined where it is not stated. */
export function statedLinks(resource: Resource, fieldName: string): readonly StatedLink[] | undefined {
  const field = resource.kind.fields[fieldName];
  const value = resource.fields[fieldName];
  if (!field || value === undefined) return undefined;
  if (field.type === 'list' && field.items.type === 'text' && Array.isArray(value)) {
    const { reference } = field.items;
    if (!reference) return [];
    return unique(value).map((key) => ({ labels: [key], address: formatAddress([reference.kind, key]) }));
  }
  if (field.type === 'map' && isObject(value)) {
    return Object.entries(value).flatMap(([parentKey, items]) => {
      if (field.items.type !== 'list' || field.items.items.type !== 'text' || !Array.isArray(items)) return [];
      const [section = '', child = ''] = (field.items.items.reference?.kind ?? '').split('.');
      return unique(items).map((key) => ({
        labels: [parentKey, key],
        address: formatAddress([section, parentKey, child, key]),
      }));
    });
  }
  return [];
}

const unique = (keys: readonly unknown[]): string[] => [...new Set(keys.map(textOf))];

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
    keyOfId.set(object.id, desired.get(address)?.key ?? address.slice(address.indexOf('.') + 1));
  }
  const find = (address: string) => matches.get(address) ?? matches.get(`external.${address}`);
  // Children of external and built-in objects are not declared: they are looked up by name in what the tenant has.
  const findChild = (address: string): string | undefined => {
    const parts = /^(.*?)\.([A-Za-z]+)(?:\.([^.[\]]+)|\[(".*")\])$/.exec(address);
    const parent = parts?.[1] === undefined ? undefined : find(parts[1]);
    if (!parts || !parent) return undefined;
    const [, parentAddress = '', section = '', plain, quoted] = parts;
    const name = plain ?? (JSON.parse(quoted ?? '""') as string);
    const child = kindNamed(parentAddress.split('.')[0] ?? '').children?.[section];
    const keyField = child?.keyField ?? 'name';
    return parent.object.children?.[section]?.find(({ fields }) => fields[keyField] === name)?.id;
  };
  const idOf = (address: string): string | undefined =>
    find(address)?.object.id ?? (desired.has(address) ? undefined : findChild(address));
  const label = (id: string, name: string): string => keyOfId.get(id) ?? `${name} (${id})`;
  return {
    idOf,
    labelsOf: ({ id, name, parent }) =>
      // A child is called by its name below any parent that the manifest knows, declared or not.
      parent
        ? [label(parent.id, parent.name), keyOfId.get(id) ?? (keyOfId.has(parent.id) ? name : `${name} (${id})`)]
        : [label(id, name)],
    missing: (address, at) =>
      desired.has(address) || idOf(address) !== undefined
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
