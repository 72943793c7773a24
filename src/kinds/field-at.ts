import { member } from '../json.js';
import type { Field, Fields } from './field.js';
import type { Kind } from './kind.js';
import { kinds } from './index.js';

/** The field that a path inside a resource leads to; undefined below a field that may hold anything. */
export function fieldAt(fields: Fields, [name = '', ...rest]: readonly string[]): Field | undefined {
  let field = member(fields, name);
  for (const part of rest) {
    if (field?.type === 'object') field = member(field.fields, part);
    else if (field?.type === 'list' || field?.type === 'record' || field?.type === 'map') field = field.items;
    else return undefined;
  }
  return field;
}

/** The same for a path from the top of a manifest: `['jwtCustomizers', 'access-token', 'script']`. */
export function fieldAtPlace([section = '', ...rest]: readonly string[]): Field | undefined {
  const kind = kinds.find(({ name }) => name === section);
  if (!kind || kind.link) return undefined;
  return inResource(kind, kind.singleton ? rest : rest.slice(1));
}

function inResource(kind: Kind, path: readonly string[]): Field | undefined {
  const [name = '', , ...below] = path;
  const child = kind.children?.[name];
  return child ? inResource(child, below) : fieldAt(kind.fields, path);
}
