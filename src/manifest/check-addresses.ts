import { parseAddress } from '../address.js';
import type { Field, Fields } from '../kinds/field.js';
import type { Kind } from '../kinds/kind.js';
import { placeIn, type Declarations, type Declared } from './declared.js';
import { didYouMean } from './did-you-mean.js';
import type { Problems } from './problems.js';
import { placeName } from './source-text.js';

/** Paths in `lifecycle` must lead to something that the kind has. */
export function checkLifecycles(declarations: Declarations, problems: Problems): void {
  for (const declared of declarations.values()) {
    const { lifecycle, kind, address, external } = declared.resource;
    if (external || declared.wrongFields.has('lifecycle')) continue;
    for (const name of ['ignore', 'exact'] as const) {
      for (const [index, path] of (lifecycle[name] ?? []).entries()) {
        const wrong = wrongSegment(kind, path);
        if (!wrong) continue;
        const message = `lifecycle.${name} of ${address} names "${path}", which ${kind.singular}s do not have`;
        const place = placeIn(declared, ['lifecycle', name, String(index)]);
        problems.error('wrong-value', message, place, wrong.hint);
      }
    }
  }
}

function wrongSegment(kind: Kind, path: string): { readonly hint: string } | undefined {
  const segments = parseAddress(path);
  if (!segments) return { hint: 'write a path such as customData.team' };
  const [section = ''] = segments;
  if (Object.hasOwn(kind.children ?? {}, section)) return undefined;
  return wrongField(kind.fields, segments, Object.keys(kind.children ?? {}));
}

function wrongField(
  fields: Fields,
  [name = '', ...rest]: readonly string[],
  more: readonly string[] = [],
): { readonly hint: string } | undefined {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const names = [...Object.keys(fields), ...more];
  if (!field) return { hint: didYouMean(name, names) ?? `its fields are ${names.join(', ')}` };
  return rest.length === 0 ? undefined : wrongInside(field, name, rest);
}

function wrongInside(
  field: Field,
  name: string,
  rest: readonly string[],
): { readonly hint: string } | undefined {
  if (field.type === 'json' || field.type === 'map') return undefined;
  if (field.type === 'object') return wrongField(field.fields, rest);
  return { hint: `${name} is managed as a whole` };
}

/** Two resources that are pinned to one id would be one object with two masters. */
export function checkPins(declarations: Declarations, problems: Problems): void {
  const pinned = new Map<string, Declared>();
  for (const declared of declarations.values()) {
    const { kind, pinnedId, address } = declared.resource;
    if (pinnedId === undefined) continue;
    const identity = `${kind.name} ${pinnedId}`;
    const first = pinned.get(identity);
    if (!first) pinned.set(identity, declared);
    else {
      const message = `${address} and ${first.resource.address} are pinned to the same id; first at ${placeName(placeIn(first, ['id']))}`;
      problems.error('conflict', message, placeIn(declared, ['id']), 'let one of them go');
    }
  }
}
