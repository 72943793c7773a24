import { isMap, type Pair, type YAMLMap } from 'yaml';
import type { Json } from '../json.js';
import { isEmptyLine, isFirstInLine, linesOf, linesToRemove, type Block } from './block-lines.js';
import { editEntry } from './edit-entry.js';
import type { MapEdit } from './edit.js';
import { newValue } from './edit-json.js';
import { isBlocked, removalBy, type Editing } from './editing.js';
import { unusual } from './obstacles.js';
import { lineSplice } from './splice.js';
import { columnOf } from './style.js';
import { fitsInLine, indented, writeEntry, writeEntryInFlow } from './write-value.js';
import { asNode, isUnusual, keyOf, keyStart, lineAfterPair, pairsOf } from './yaml-nodes.js';

/** Edits the entries of a map that has a line for each key. What is new comes last. */
export function editBlockMap(editing: Editing, map: YAMLMap, entries: MapEdit, depth: number): void {
  const pairs = pairsOf(map);
  const blocks = pairs.map((pair): Block => {
    const edit = entries.get(keyOf(pair) ?? '');
    if (edit?.type === 'remove') checkRemoval(editing, pair, entries);
    else if (edit) editEntry(editing, pair, edit, false, depth);
    const place = { start: keyStart(pair), end: lineAfterPair(editing.text, pair) };
    return { ...place, isGoing: edit?.type === 'remove' };
  });
  const own = new Set(pairs.map(keyOf));
  const added = [...entries].flatMap(([key, edit]) =>
    own.has(key) || edit.type === 'remove' ? [] : [[key, newValue(edit, editing.wording)] as const],
  );
  const addition = { pairs, blocks, added };
  const isBehindDash = blocks[0] !== undefined && !isFirstInLine(editing.text, blocks[0].start);
  if (isBehindDash && added.length > 0 && blocks.every(({ isGoing }) => isGoing)) {
    replaceAll(editing, addition, depth);
    return;
  }
  removeBlocks(editing, blocks, depth);
  if (added.length > 0) addEntries(editing, addition, depth);
}

function checkRemoval(editing: Editing, pair: Pair, entries: MapEdit): void {
  const edit = entries.get(keyOf(pair) ?? '');
  if (edit?.type !== 'remove') return;
  const obstacle = editing.obstacles.to(removalBy(edit.of), asNode(pair.value));
  isBlocked(editing, edit.of, obstacle ?? (isUnusual(pair) ? unusual(asNode(pair.key)) : undefined));
}

function removeBlocks({ text, style, splices }: Editing, blocks: readonly Block[], depth: number): void {
  const [first] = blocks;
  const isBehindDash = first?.isGoing === true && !isFirstInLine(text, first.start);
  const next = blocks.findIndex(({ isGoing }) => !isGoing);
  const kept = blocks[next];
  // The first entry of an item stands behind the dash, and the next that stays takes its place.
  if (isBehindDash && kept) splices.push({ start: first.start, end: kept.start, text: '', depth });
  const inLines = linesToRemove(text, isBehindDash && kept ? blocks.slice(next) : blocks);
  splices.push(...inLines.map((lines) => lineSplice(text, lines, [], style, depth)));
}

/** The first of the new entries stands behind the dash. */
function replaceAll(editing: Editing, { pairs, blocks, added }: Addition, depth: number): void {
  const { text, splices, style } = editing;
  const [start, end] = [blocks[0]?.start ?? 0, blocks.at(-1)?.end ?? 0];
  const lines = added.flatMap(([key, value]) => likeOthers(editing, pairs, key, value));
  const [first = '', ...others] = lines;
  const written = [first, ...indented(others, columnOf(text, start))];
  splices.push({ start, end, text: written.map((line) => line + style.lineEnd).join(''), depth });
}

interface Addition {
  readonly pairs: readonly Pair[];
  readonly blocks: readonly Block[];
  readonly added: readonly (readonly [string, Json])[];
}

function addEntries(editing: Editing, { pairs, blocks, added }: Addition, depth: number): void {
  const { text, splices, style } = editing;
  const [first] = blocks;
  const last = blocks.findLast(({ isGoing }) => !isGoing);
  const place = last ? linesOf(text, last)[1] : (linesToRemove(text, blocks)[0]?.[0] ?? text.length);
  const others = blocks.slice(1);
  const isApart = (block: Block): boolean => isEmptyLine(text, linesOf(text, block)[0] - 1);
  const isSpaced =
    others.length > 0 ? others.some(isApart) : depth === 0 && editing.hasSections && last !== undefined;
  const lines = added.flatMap(([key, value]) => [
    ...(isSpaced ? [''] : []),
    ...indented(likeOthers(editing, pairs, key, value), first ? columnOf(text, first.start) : 0),
  ]);
  splices.push(lineSplice(text, [place, place], lines, style, depth));
}

/** In braces where the others of the map are. */
function likeOthers({ style }: Editing, pairs: readonly Pair[], key: string, value: Json): readonly string[] {
  const areInFlow = pairs.length > 0 && pairs.every(({ value: node }) => isMap(node) && node.flow === true);
  return areInFlow && fitsInLine(key, value, style)
    ? [writeEntryInFlow(key, value, style)]
    : writeEntry(key, value, style);
}
