import { member } from '../json.js';
import type { Field } from '../kinds/field.js';
import { kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';

/** Whether what stands at a place of a manifest may only come from a sensitive variable, or holds such a thing. */
export function mustBeSecret([section, ...path]: readonly string[]): boolean {
  const kind = kinds.find(({ name }) => name === section);
  return kind !== undefined && isSecretIn(kind, kind.singleton ? path : path.slice(1));
}

function isSecretIn(kind: Kind, [name = '', ...path]: readonly string[]): boolean {
  const child = Object.hasOwn(kind.children ?? {}, name) ? kind.children?.[name] : undefined;
  if (child) return isSecretIn(child, path.slice(1));
  const field = member(kind.fields, name);
  return field !== undefined && isSecret(field, path);
}

function isSecret(field: Field, [name, ...path]: readonly string[]): boolean {
  if (field.onlyFromSecret) return true;
  switch (field.type) {
    case 'object': {
      if (name === undefined) return Object.values(field.fields).some((inner) => isSecret(inner, []));
      const inner = member(field.fields, name);
      return inner !== undefined && isSecret(inner, path);
    }
    case 'list':
    case 'map':
    case 'record':
      return isSecret(field.items, path);
    default:
      return false;
  }
}
