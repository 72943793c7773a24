import { formatAddress } from '../address.js';
import { isObject, type Json } from '../json.js';
import type { LinkTarget, PartValue, TenantLists } from '../kinds/kind.js';
import { mapReferences } from '../kinds/references.js';
import type { Field } from '../kinds/field.js';
import type { ReadApi } from '../management-api/api.js';
import type { Resource } from './resource.js';
import type { Targets } from './targets.js';

/** What the tenant holds in fields that live behind endpoints of their own, in the words of the manifest. */
export interface Parts {
  readonly fields: Readonly<Record<string, Json>>;
  /** The ids of all that they refer to, by the address that their words make. */
  readonly targets: ReadonlyMap<string, string>;
}

const none: Parts = { fields: {}, targets: new Map() };

/** Reads the parts of an object that its resource states, and no others. */
export async function readParts(
  api: ReadApi,
  { kind, fields }: Resource,
  id: string,
  words: Targets,
  lists: TenantLists,
): Promise<Parts> {
  const stated = Object.entries(kind.parts ?? {}).filter(([name]) => fields[name] !== undefined);
  if (stated.length === 0) return none;
  const targets = new Map<string, string>();
  const read = await Promise.all(
    stated.map(async ([name, part]) => {
      const value = await part.read(api, id, fields[name] ?? null, lists);
      const field = kind.fields[name];
      return [name, field ? inOrder(inWords(value, field, words, targets) ?? null, field) : null] as const;
    }),
  );
  return { fields: Object.fromEntries(read), targets };
}

/** Ids → keys. What no manifest knows is called by its name and id. */
function inWords(
  { value, targets: linked }: PartValue,
  field: Field,
  words: Targets,
  found: Map<string, string>,
): Json | undefined {
  const byId = new Map<string, LinkTarget>(linked.map((target) => [target.id, target]));
  const labels = (id: string): readonly string[] => {
    const target = byId.get(id);
    return target ? words.labelsOf(target) : [id];
  };
  return mapReferences(value, field, ({ kind, key: id, parent }) => {
    const label = labels(id).at(-1) ?? id;
    const [section = '', childSection = ''] = kind.split('.');
    const path = parent
      ? [section, labels(parent.key).at(-1) ?? parent.key, childSection, label]
      : [kind, label];
    found.set(formatAddress(path), id);
    return label;
  });
}

/** Links without an order, which Logto sends in any: in one that is always the same, so that a plan stays the same. */
function inOrder(value: Json, field: Field): Json {
  if (field.type === 'list' && field.unordered && Array.isArray(value)) {
    return [...(value as readonly string[])].sort();
  }
  if (!isObject(value) || (field.type !== 'map' && field.type !== 'object')) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const innerField = field.type === 'map' ? field.items : field.fields[name];
    return [name, innerField ? inOrder(inner, innerField) : inner] as const;
  });
  return Object.fromEntries(field.type === 'map' ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries);
}
