import type { Field, Fields } from './field.js';

export type NamedField = readonly [name: string, field: Field];

/**
 * The fields of a kind that are of some sort, or hold one that is, at any depth. The answer is kept: it is asked for each
 * of thousands of resources.
 */
export function fieldsHolding(
  isOfSort: (field: Field) => boolean,
): (fields: Fields) => readonly NamedField[] {
  const known = new WeakMap<Fields, readonly NamedField[]>();
  const holds = holding(isOfSort);
  return (fields) => {
    const found = known.get(fields) ?? Object.entries(fields).filter(([, field]) => holds(field));
    known.set(fields, found);
    return found;
  };
}

/** Whether a field is of some sort, or holds one that is. */
export function holding(isOfSort: (field: Field) => boolean): (field: Field) => boolean {
  const holds = (field: Field): boolean => isOfSort(field) || partsOf(field).some(holds);
  return holds;
}

function partsOf(field: Field): readonly Field[] {
  switch (field.type) {
    case 'object':
      return Object.values(field.fields);
    case 'list':
    case 'map':
    case 'record':
      return [field.items];
    default:
      return [];
  }
}
