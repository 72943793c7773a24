import { parseAddress } from '../address.js';
import { isObject, member } from '../json.js';
import type { Field, Fields } from '../kinds/field.js';
import type { Kind } from '../kinds/kind.js';
import { placeIn, type Declarations, type Declared } from './declared.js';
import { didYouMean } from './did-you-mean.js';
import type { Problems } from './problems.js';
import { placeName } from './source-text.js';

/** Paths in `lifecycle` must lead to something that the kind has, and that can be ignored or wholly ours. */
export function checkLifecycles(declarations: Declarations, problems: Problems): void {
  for (const declared of declarations.values()) {
    const { lifecycle, kind, address, external } = declared.resource;
    if (external || declared.wrongFields.has('lifecycle')) continue;
    for (const name of ['ignore', 'exact'] as const) {
      for (const [index, path] of (lifecycle[name] ?? []).entries()) {
        const fault = faultOf(name, kind, path);
        if (!fault) continue;
        const message = `lifecycle.${name} of ${address} names "${path}", ${fault.message}`;
        const place = placeIn(declared, ['lifecycle', name, String(index)]);
        problems.error('wrong-value', message, place, fault.hint);
      }
    }
  }
}

interface Fault {
  readonly message: string;
  readonly hint: string;
}

function faultOf(name: 'ignore' | 'exact', kind: Kind, path: string): Fault | undefined {
  const segments = parseAddress(path);
  if (!segments) return { message: 'which is no path', hint: 'write a path such as customData.team' };
  const [first = ''] = segments;
  const sections = Object.keys(kind.children ?? {});
  if (sections.includes(first))
    return faultOfSection(name, first, segments.length > 1, kind.children?.[first]);
  const way = fieldsOnTheWay(kind.fields, segments, sections);
  if ('hint' in way) return { message: `which ${kind.singular}s do not have`, hint: way.hint };
  if (name === 'ignore') return faultOfIgnored(way, segments);
  return faultOfExact(way, kind.parts !== undefined && Object.hasOwn(kind.parts, first));
}

function faultOfSection(
  name: 'ignore' | 'exact',
  section: string,
  isInside: boolean,
  child: Kind | undefined,
): Fault | undefined {
  if (name === 'ignore') {
    const hint = 'leave out what you do not want to manage: what the manifest does not name stays as it is';
    return { message: 'which holds resources of their own', hint };
  }
  if (child?.isAnonymous) {
    const hint = 'delete by hand what you do not want';
    return { message: 'of which nothing tells those that Logto makes from others', hint };
  }
  if (!isInside) return undefined;
  return { message: 'which is one resource of a section', hint: `write ${section} for all of them` };
}

function faultOfIgnored(way: readonly Field[], segments: readonly string[]): Fault | undefined {
  const last = way.at(-1);
  const depth = way.findIndex(({ type, relation }) => relation || type === 'map') + 1;
  if (depth > 0 && segments.length > depth) {
    const hint = `write ${segments.slice(0, depth).join('.')}`;
    return { message: 'which is a part of a set that is managed as a whole', hint };
  }
  const hint = 'take it out of lifecycle.ignore, and state what the tenant has';
  if (last?.required) return { message: 'which is required, so the manifest always says what it is', hint };
  if (last?.immutable) return { message: 'which nobody can change once the object exists', hint };
  return undefined;
}

function faultOfExact(way: readonly Field[], isPart: boolean): Fault | undefined {
  const last = way.at(-1);
  // Behind an endpoint of its own: what is not stated of it is not even read.
  if (isPart && last?.type === 'object' && Object.values(last.fields).every(isWhole)) {
    const message = 'of which each list that is stated is the whole list already';
    return { message, hint: 'take it out, and state the lists that you want to be empty' };
  }
  if (last === undefined || last.type === 'object' || last.type === 'json') return undefined;
  const hint = 'take it out: stating it states all of it';
  return { message: 'which is managed as a whole already', hint };
}

const isWhole = ({ type }: Field): boolean => type === 'list' || type === 'map';

type Way = readonly Field[] | { readonly hint: string };

/** The fields that a path leads through; below a field that may hold anything there are none. */
function fieldsOnTheWay(
  fields: Fields,
  [name = '', ...rest]: readonly string[],
  more: readonly string[] = [],
): Way {
  const field = member(fields, name);
  const names = [...Object.keys(fields), ...more];
  if (!field) return { hint: didYouMean(name, names) ?? `its fields are ${names.join(', ')}` };
  if (rest.length === 0) return [field];
  switch (field.type) {
    case 'json':
      return [{ type: 'json' }];
    case 'map':
      return [field, field.items];
    case 'object': {
      const below = fieldsOnTheWay(field.fields, rest);
      return 'hint' in below ? below : [field, ...below];
    }
    default:
      return { hint: `${name} is managed as a whole` };
  }
}

/** Two resources that are pinned to one id would be one object with two masters. */
export function checkPins(declarations: Declarations, problems: Problems): void {
  const pinned = new Map<string, Declared>();
  for (const declared of declarations.values()) {
    const { kind, pinnedId, address, fields } = declared.resource;
    if (pinnedId === undefined) continue;
    if (isObject(fields[kind.rotatesBy ?? ''])) {
      const message = `${address} is pinned and rotated: one of them is pinned, and others follow it`;
      const hint = 'take the pin out: what exists already is known by its name';
      problems.error('conflict', message, placeIn(declared, ['id']), hint);
    }
    const identity = `${kind.name} ${pinnedId}`;
    const first = pinned.get(identity);
    if (!first) pinned.set(identity, declared);
    else {
      const message = `${address} and ${first.resource.address} are pinned to the same id; first at ${placeName(placeIn(first, ['id']))}`;
      problems.error('conflict', message, placeIn(declared, ['id']), 'let one of them go');
    }
  }
}
