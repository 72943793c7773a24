import { formatAddress } from '../address.js';
import { isObject, type Json, type JsonObject } from '../json.js';
import type { Field, Fields, Reference } from './field.js';
import { fieldsHolding, holding } from './fields-holding.js';

/** A place in the fields of a resource that names another resource. */
export interface FoundReference {
  /** From the resource to the text, or to the map key, that names the other one: `['scopes', 'orders', '0']`. */
  readonly path: readonly string[];
  /** What is referred to: `roles`, `apiResources.scopes`. */
  readonly kind: string;
  /** Its key, as written. */
  readonly key: string;
  /** The address that it has when the manifest manages it; an external one has `externalAddress(address)`. */
  readonly address: string;
  /** For a child: the address of what holds it, and that one's key. */
  readonly parent?: { readonly kind: string; readonly key: string; readonly address: string };
}

/**
 * Every reference in the stated fields of a resource, in the order of the fields. The answer is kept as long as the
 * fields: matching, planning and applying ask for it again and again.
 */
export function referencesOf(fields: JsonObject, kindFields: Fields): readonly FoundReference[] {
  const known = found.get(fields);
  if (known?.kindFields === kindFields) return known.references;
  const references = referringFields(kindFields).flatMap(([name, field]) => {
    const value = fields[name];
    return value === undefined ? [] : referencesIn(value, field, [name]);
  });
  found.set(fields, { kindFields, references });
  return references;
}

interface KnownReferences {
  readonly kindFields: Fields;
  readonly references: readonly FoundReference[];
}
const found = new WeakMap<JsonObject, KnownReferences>();

const isReference = (field: Field): boolean =>
  field.type === 'map' || (field.type === 'text' && field.reference !== undefined);

/** Whether a field, or something in it, names another resource. */
export const holdsReferences = holding(isReference);

const referringFields = fieldsHolding(isReference);

/** `roles.auditor` → `external.roles.auditor`. */
export const externalAddress = (address: string): string => `external.${address}`;

/** The sections that a field may refer into. */
export function referredKinds(field: Field): readonly string[] {
  const sectionOf = ({ kind }: Reference): string => kind.split('.')[0] ?? kind;
  switch (field.type) {
    case 'text':
      return field.reference ? [sectionOf(field.reference)] : [];
    case 'map':
      return [sectionOf(field.keys), ...referredKinds(field.items)];
    case 'list':
      return referredKinds(field.items);
    case 'object':
      return Object.values(field.fields).flatMap(referredKinds);
    default:
      return [];
  }
}

/**
 * The same value with other words for what it refers to: ids for keys, or keys for ids.
 *
 * @param translate undefined takes the reference out, and with the key of a map what stands under it
 */
export function mapReferences(
  value: Json,
  field: Field,
  translate: (reference: Omit<FoundReference, 'path'>) => string | undefined,
  mapKey?: string,
): Json | undefined {
  if (field.type === 'text' && field.reference && typeof value === 'string') {
    return translate(referenceTo(field.reference, value, [], mapKey));
  }
  if (!holdsReferences(field)) return value;
  const below = (inner: Json, innerField: Field, key = mapKey): Json | undefined =>
    mapReferences(inner, innerField, translate, key);
  if (field.type === 'list' && Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item) => below(item, field.items) ?? []);
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, Json])[] => {
    if (field.type === 'object') {
      const innerField = field.fields[name];
      const mapped = innerField ? below(inner, innerField) : inner;
      return mapped === undefined ? [] : [[name, mapped]];
    }
    if (field.type !== 'map') return [[name, inner]];
    const key = translate(referenceTo(field.keys, name, [], mapKey));
    const mapped = below(inner, field.items, name);
    return key === undefined || mapped === undefined ? [] : [[key, mapped]];
  });
  return Object.fromEntries(entries);
}

function referencesIn(
  value: unknown,
  field: Field,
  path: readonly string[],
  mapKey?: string,
): readonly FoundReference[] {
  switch (field.type) {
    case 'text':
      return field.reference && typeof value === 'string'
        ? [referenceTo(field.reference, value, path, mapKey)]
        : [];
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((item: unknown, index) =>
            referencesIn(item, field.items, [...path, String(index)], mapKey),
          )
        : [];
    case 'object':
      return Object.entries(field.fields).flatMap(([name, inner]) =>
        isObject(value) ? referencesIn(value[name], inner, [...path, name], mapKey) : [],
      );
    case 'map':
      return Object.entries(isObject(value) ? value : {}).flatMap(([key, item]) => [
        referenceTo(field.keys, key, [...path, key]),
        ...referencesIn(item, field.items, [...path, key], key),
      ]);
    case 'any':
    case 'choice':
    case 'flag':
    case 'json':
    case 'number':
    case 'record':
    case 'time':
      return [];
  }
}

function referenceTo(
  reference: Reference,
  key: string,
  path: readonly string[],
  mapKey?: string,
): FoundReference {
  const { kind, childOfMapKey } = reference;
  if (!childOfMapKey || mapKey === undefined) {
    return { path, kind, key, address: formatAddress([kind, key]) };
  }
  // The name of a child kind is `section.childSection`.
  const [section = '', childSection = ''] = kind.split('.');
  const parent = { kind: section, key: mapKey, address: formatAddress([section, mapKey]) };
  return { path, kind, key, address: formatAddress([section, mapKey, childSection, key]), parent };
}
