import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { maximumDepth, type Located, type LocatedEntry, type LocatedMap } from './located.js';
import type { Problems } from './problems.js';
import { placeName, type Place, type SourceText } from './source-text.js';

/** A few kilobytes of nested aliases can stand for billions of values; a real manifest has some per resource. */
const maximumAliasedValues = 500_000;

/** What an anchor names. */
interface Anchored {
  readonly node: Located;
  /** How many values it holds, itself included, and how deep they go, with what its aliases stand for. */
  readonly size: number;
  readonly depth: number;
}

interface Conversion {
  readonly source: SourceText;
  readonly problems: Problems;
  readonly isOverlay: boolean;
  /** Undefined while the value is being read, so that an alias inside it is seen as a circle. */
  readonly anchors: Map<string, Anchored | undefined>;
  aliasedValues: number;
  /** How many values there are so far, and how deep they went, with what aliases stand for. */
  size: number;
  depth: number;
  failed: boolean;
}

/** The parsed document as located values, or undefined when its aliases cannot be followed. */
export function convertDocument(
  document: Document.Parsed,
  source: SourceText,
  problems: Problems,
  isOverlay: boolean,
): Located | undefined {
  for (const warning of document.warnings) {
    const tag = source.text.slice(...warning.pos).trim();
    const hint = 'take the tag away, or put the text in quotes';
    problems.error('not-supported', `the tag ${tag} is not known`, source.rangeOf(...warning.pos), hint);
  }
  const conversion: Conversion = {
    source,
    problems,
    isOverlay,
    anchors: new Map(),
    aliasedValues: 0,
    size: 0,
    depth: 0,
    failed: false,
  };
  const node = convert(document.contents, conversion, { source, start: 0, end: 0 }, 0);
  return conversion.failed ? undefined : node;
}

/** @param depth how many lists and maps it is in */
function convert(value: unknown, conversion: Conversion, fallback: Place, depth: number): Located {
  if (!isNode(value)) {
    conversion.size += 1;
    return { type: 'scalar', value: null, place: fallback };
  }
  const place = placeOfNode(value, conversion, fallback);
  if (isAlias(value)) return resolveAlias(value.source, place, conversion, depth);
  return value.anchor
    ? convertAnchored(value.anchor, value, conversion, place, depth)
    : convertValue(value, conversion, place, depth);
}

type Valued = Scalar | YAMLMap | YAMLSeq;

function convertAnchored(
  anchor: string,
  value: Valued,
  conversion: Conversion,
  place: Place,
  depth: number,
): Located {
  const { size: before, depth: deepest } = conversion;
  conversion.anchors.set(anchor, undefined);
  conversion.depth = depth;
  const node = convertValue(value, conversion, place, depth);
  const anchored = { node, size: conversion.size - before, depth: conversion.depth - depth };
  conversion.anchors.set(anchor, anchored);
  conversion.depth = Math.max(deepest, conversion.depth);
  return node;
}

function convertValue(value: Valued, conversion: Conversion, place: Place, depth: number): Located {
  conversion.size += 1;
  if (value.tag === '!remove') return removal(conversion, place);
  if (isScalar(value)) return { type: 'scalar', value: scalarValue(value, conversion, place), place };
  if (isMap(value)) return convertMap(value, conversion, place, depth);
  goDown(conversion, depth + 1, place);
  const items = value.items.map((item) => convert(item, conversion, place, depth + 1));
  return { type: 'list', items, place };
}

function goDown(conversion: Conversion, depth: number, place: Place): void {
  conversion.depth = Math.max(conversion.depth, depth);
  if (depth > maximumDepth) fail(conversion, 'yaml-syntax', 'this is nested too deeply', place);
}

function removal({ isOverlay, problems }: Conversion, place: Place): Located {
  if (isOverlay) return { type: 'removal', place };
  problems.error('wrong-overlay', '!remove is for overlays only', place, 'leave the field out instead');
  return { type: 'scalar', value: null, place, broken: true };
}

function scalarValue(
  scalar: Scalar,
  { problems }: Conversion,
  place: Place,
): string | number | boolean | null {
  const { value, source: written = '' } = scalar;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      problems.error('wrong-value', `${written} is not a number that JSON can hold`, place);
      return 0;
    }
    if (isRounded(written, value)) {
      const hint = 'put it in quotes if it is a text';
      problems.error('wrong-value', `${written} is too large to be kept exactly`, place, hint);
    }
    return value === 0 ? 0 : value;
  }
  return typeof value === 'boolean' ? value : null;
}

/** `-9007199254740993` is read as `-9007199254740992`. */
const isRounded = (written: string, value: number): boolean =>
  /^[-+]?\d+$/.test(written) &&
  String(value) !== written &&
  BigInt(written.replace('+', '')) !== BigInt(value);

function convertMap(map: YAMLMap, conversion: Conversion, place: Place, depth: number): LocatedMap {
  goDown(conversion, depth + 1, place);
  const entries = new Map<string, LocatedEntry>();
  let merged: Map<string, LocatedEntry> | undefined;
  for (const pair of map.items) {
    const key = isNode(pair.key) ? placeOfNode(pair.key, conversion, place) : place;
    if (isMergeKey(pair)) {
      merged ??= new Map();
      mergeInto(merged, pair, key, conversion, depth + 1);
      continue;
    }
    const name = keyText(pair, key, conversion);
    const nothing = pair.value ? key : { source: key.source, start: key.end, end: key.end };
    const value = convert(pair.value, conversion, nothing, depth + 1);
    if (name === undefined) continue;
    const first = entries.get(name);
    if (first) {
      const message = `the key "${name}" is written twice; first at ${placeName(first.key)}`;
      conversion.problems.error('duplicate-key', message, key, 'remove or rename one of them');
    } else entries.set(name, { key, value });
  }
  // What the map states itself wins over what it merges, and an earlier merged map over a later one.
  for (const [name, entry] of merged ?? []) if (!entries.has(name)) entries.set(name, entry);
  return { type: 'map', entries, place };
}

const isMergeKey = ({ key }: Pair): boolean =>
  isScalar(key) && typeof key.value === 'symbol' && key.value.description === '<<';

function mergeInto(
  merged: Map<string, LocatedEntry>,
  { value }: Pair,
  key: Place,
  conversion: Conversion,
  depth: number,
): void {
  for (const source of isSeq(value) ? value.items : [value]) {
    const node = convert(source, conversion, key, depth);
    if (node.type === 'map') {
      for (const [name, entry] of node.entries) if (!merged.has(name)) merged.set(name, entry);
    } else if (!conversion.failed) {
      const hint = 'write <<: *anchor, where &anchor marks a map';
      conversion.problems.error('wrong-type', 'only maps can be merged with <<', node.place, hint);
    }
  }
}

function keyText({ key }: Pair, place: Place, { problems }: Conversion): string | undefined {
  if (!isScalar(key)) {
    problems.error('wrong-type', 'a key must be a plain text, not an alias, a list or a map', place);
    return undefined;
  }
  const text = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  if (text !== '__proto__') return text;
  problems.error(
    'wrong-value',
    'the key __proto__ cannot be used: JavaScript programs do not keep it',
    place,
  );
  return undefined;
}

function resolveAlias(name: string, place: Place, conversion: Conversion, depth: number): Located {
  const target = conversion.anchors.get(name);
  if (target) {
    conversion.aliasedValues += target.size;
    conversion.size += target.size;
    goDown(conversion, depth + target.depth, place);
    if (conversion.aliasedValues <= maximumAliasedValues) return target.node;
    const message = `the aliases of this file stand for more than ${maximumAliasedValues} values`;
    fail(conversion, 'alias-bomb', message, place);
  } else if (conversion.anchors.has(name)) {
    fail(
      conversion,
      'alias-bomb',
      `*${name} stands inside the value that &${name} marks: it has no end`,
      place,
    );
  } else fail(conversion, 'yaml-syntax', `there is no &${name} before *${name}`, place);
  return { type: 'scalar', value: null, place, broken: true };
}

function fail(
  conversion: Conversion,
  code: 'alias-bomb' | 'yaml-syntax',
  message: string,
  place: Place,
): void {
  if (!conversion.failed) conversion.problems.error(code, message, place);
  conversion.failed = true;
}

const placeOfNode = ({ range }: Node, { source }: Conversion, fallback: Place): Place =>
  range ? { source, start: range[0], end: range[1] } : fallback;
