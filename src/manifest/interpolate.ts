import { textOf } from '../json.js';
import { didYouMean } from './did-you-mean.js';
import { expressionHint, parseExpressions, type Piece } from './expression.js';
import {
  fromJson,
  toJson,
  type Located,
  type LocatedEntry,
  type LocatedList,
  type LocatedMap,
  type LocatedScalar,
} from './located.js';
import type { Problems } from './problems.js';
import type { Place } from './source-text.js';
import type { Variables } from './variables.js';

export interface VariableUse {
  readonly variables: Variables;
  /** Where each variable is used first; filled in by `interpolate`. */
  readonly uses: Map<string, Place>;
  /** Whether all declarations could be read, so that a variable that is not among them is a mistake. */
  readonly isComplete: boolean;
  readonly problems: Problems;
}

interface Interpolation extends VariableUse {
  /** What aliases share and an expression changes: it stays shared. */
  readonly done: Map<Located, Located>;
}

/**
 * Puts the values of variables in place of `${var.name}`.
 *
 * It works on parsed scalars, so no value can change the structure around it, and never looks at what it has put in.
 */
export function interpolate(root: LocatedMap, use: VariableUse): LocatedMap {
  return interpolateMap(root, { ...use, done: new Map() });
}

function interpolateNode(node: Located, interpolation: Interpolation): Located {
  if (node.type === 'removal') return node;
  if (node.type === 'scalar') {
    return typeof node.value === 'string' && node.value.includes('${')
      ? interpolateText(node, node.value, interpolation)
      : node;
  }
  const done = interpolation.done.get(node);
  if (done) return done;
  const result =
    node.type === 'list' ? interpolateList(node, interpolation) : interpolateMap(node, interpolation);
  if (result !== node) interpolation.done.set(node, result);
  return result;
}

function interpolateList(list: LocatedList, interpolation: Interpolation): LocatedList {
  let items: Located[] | undefined;
  for (const [index, item] of list.items.entries()) {
    const value = interpolateNode(item, interpolation);
    if (value !== item) (items ??= [...list.items])[index] = value;
  }
  return items ? { ...list, items } : list;
}

/** What holds no expression, as most of a manifest, stays as it is and is not copied. */
function interpolateMap(map: LocatedMap, interpolation: Interpolation): LocatedMap {
  let entries: Map<string, LocatedEntry> | undefined;
  for (const [key, entry] of map.entries) {
    const name = key.includes('${') ? interpolateKey(key, entry.key, interpolation) : key;
    const value = interpolateNode(entry.value, interpolation);
    if (!entries && name === key && value === entry.value) continue;
    entries ??= entriesBefore(map, key);
    entries.set(name, { key: entry.key, value });
  }
  return entries ? { ...map, entries } : map;
}

function entriesBefore(map: LocatedMap, end: string): Map<string, LocatedEntry> {
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of map.entries) {
    if (key === end) break;
    entries.set(key, entry);
  }
  return entries;
}

/** A key names something in the repository, so it is the same in every environment. */
function interpolateKey(key: string, place: Place, { problems }: Interpolation): string {
  const pieces = parseExpressions(key);
  if (pieces.some(({ type }) => type !== 'literal')) {
    const hint = 'write $${ for a literal ${';
    problems.error('wrong-expression', `a key cannot hold an expression: ${key}`, place, hint);
  }
  return pieces.map(({ text }) => text).join('');
}

function interpolateText(node: LocatedScalar, text: string, interpolation: Interpolation): Located {
  const pieces = parseExpressions(text);
  const broken: LocatedScalar = { ...node, broken: true };
  const [only] = pieces;
  let offset = node.place.start;
  const values: Located[] = [];
  for (const piece of pieces) {
    const place = placeOfPiece(piece, node.place, offset);
    if (piece.type !== 'literal') offset = place.end;
    const value = valueOfPiece(piece, place, node.place, pieces.length === 1, interpolation);
    if (value) values.push(value);
  }
  if (values.length < pieces.length) return broken;
  if (only?.type === 'variable' && pieces.length === 1) return values[0] ?? broken;
  const isSecret = values.some((value) => value.type === 'scalar' && value.secret);
  const joined = values.map((value) => textOf(toJson(value))).join('');
  return { type: 'scalar', value: joined, place: node.place, ...(isSecret && { secret: true as const }) };
}

/** The value of a piece, or undefined when it has none, which is reported here or with the variable. */
function valueOfPiece(
  piece: Piece,
  place: Place,
  whole: Place,
  isWhole: boolean,
  { variables, problems, uses, isComplete }: Interpolation,
): Located | undefined {
  if (piece.type === 'literal') return { type: 'scalar', value: piece.text, place };
  if (piece.type === 'wrong') {
    problems.error('wrong-expression', `${piece.text} is no expression`, place, expressionHint(piece.text));
    return undefined;
  }
  if (!variables.has(piece.name)) {
    if (!isComplete) return undefined;
    const hint = didYouMean(piece.name, variables.keys()) ?? `declare it: variables: { ${piece.name}: {} }`;
    problems.error('unknown-variable', `there is no variable "${piece.name}"`, place, hint);
    return undefined;
  }
  if (!uses.has(piece.name)) uses.set(piece.name, place);
  const variable = variables.get(piece.name);
  if (!variable) return undefined;
  const value = fromJson(variable.value, isWhole ? whole : place, variable.sensitive);
  if (isWhole || (value.type === 'scalar' && value.value !== null)) return value;
  const held = value.type === 'scalar' ? 'null' : `a ${value.type}`;
  const hint = 'let the expression be the whole value';
  problems.error('wrong-expression', `the variable "${piece.name}" is ${held}, not a text`, place, hint);
  return undefined;
}

/** The expression inside its scalar; the whole scalar where YAML writes it differently (escapes, folded lines). */
function placeOfPiece(piece: Piece, whole: Place, from: number): Place {
  if (piece.type === 'literal') return whole;
  const start = whole.source.text.indexOf(piece.text, from);
  if (start === -1 || start >= whole.end) return whole;
  return { source: whole.source, start, end: start + piece.text.length };
}
