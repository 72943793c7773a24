import { isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml';
import type { Json } from '../json.js';
import type { Lines } from './block-lines.js';
import type { Editing } from './editing.js';
import { lineSplice } from './splice.js';
import { columnOf, nextLine, type Style } from './style.js';
import { areAllPlain, indented, widestLine, writeInFlow, writeValue } from './write-value.js';
import { inOneLine, writeText, type Written } from './write-text.js';
import { asNode, hasColon, isWritten, keyStart, lineAfter, slotStart } from './yaml-nodes.js';

/** Writes another value in the place of one that follows a key, in a block or in braces. */
export function replaceValue(
  editing: Editing,
  pair: Pair,
  value: Json,
  isInFlow: boolean,
  depth: number,
): void {
  if (isInFlow) replaceInFlow(editing, pair, value, depth);
  else replaceInBlock(editing, pair, value, depth);
}

function replaceInFlow({ style, splices }: Editing, pair: Pair, value: Json, depth: number): void {
  const node = asNode(pair.value);
  const like = isScalar(node) ? node.type : undefined;
  const text = typeof value === 'string' ? inOneLine(value, style, true, like) : writeInFlow(value, style);
  if (isWritten(node)) splices.push({ start: node.range[0], end: node.range[1], text, depth });
  else {
    const start = slotStart(pair);
    splices.push({ start, end: start, text: hasColon(pair) ? ` ${text}` : `: ${text}`, depth });
  }
}

/** What stands behind a key: in its line, and in lines below. */
interface Slot {
  readonly inline: Lines;
  readonly below: Lines;
}

function replaceInBlock(editing: Editing, pair: Pair, value: Json, depth: number): void {
  const { text, style, splices } = editing;
  const node = asNode(pair.value);
  const { inline, below } = slotOf(editing, pair);
  const written = writeLike(editing, pair, value);
  const isEmpty = inline[0] === inline[1];
  if (isEmpty && written.inline !== '') {
    splices.push({ start: inline[0], end: inline[1], text: ` ${written.inline}`, depth });
  } else if (!isEmpty) {
    const start = written.inline === '' ? slotStart(pair) : inline[0];
    splices.push({ start, end: inline[1], text: written.inline, depth });
  }
  const width = isBlockScalar(node) ? widthOfBlock(text, inline, below) : undefined;
  const column = columnOf(text, keyStart(pair));
  const isKept = width !== undefined && isBlockText(written) && !/\d/.test(written.inline);
  const lines = isKept ? reindented(written.below, style.step, width) : indented(written.below, column);
  if (lines.length > 0 || below[0] < below[1]) splices.push(lineSplice(text, below, lines, style, depth));
}

function slotOf({ text }: Editing, pair: Pair): Slot {
  const node = asNode(pair.value);
  const start = slotStart(pair);
  const nothing = nextLine(text, start);
  if (!isWritten(node)) return { inline: [start, start], below: [nothing, nothing] };
  const end = lineAfter(text, node, start);
  if (isBlockScalar(node)) {
    const header = /^[|>][-+0-9]*/.exec(text.slice(node.range[0]))?.[0].length ?? 1;
    const first = nextLine(text, node.range[0]);
    return { inline: [node.range[0], node.range[0] + header], below: [first, Math.max(first, end)] };
  }
  const isBlock = (isMap(node) || isSeq(node)) && !node.flow;
  if (isBlock) return { inline: [start, start], below: [nothing, end] };
  const behind = nextLine(text, node.range[1]);
  return { inline: [node.range[0], node.range[1]], below: [behind, behind] };
}

/** The value as it is written, in the style of the one that it takes the place of. */
function writeLike({ style }: Editing, pair: Pair, value: Json): Written {
  const node = asNode(pair.value);
  if (typeof value === 'string') {
    const like = isScalar(node) ? node.type : undefined;
    return writeText(value, style, style.step, like);
  }
  return (isMap(node) || isSeq(node)) && node.flow && staysInFlow(node.items.length === 0, value, style)
    ? { inline: writeInFlow(value, style), below: [] }
    : writeValue(value, style);
}

/** What was empty had to be in braces; what it gets stays there only where it is short and plain. */
const staysInFlow = (wasEmpty: boolean, value: Json, style: Style): boolean =>
  !wasEmpty || (areAllPlain(value) && writeInFlow(value, style).length <= widestLine);

const isBlockScalar = (node: unknown): node is Scalar =>
  isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');

const isBlockText = ({ inline }: Written): boolean => /^[|>]/.test(inline);

/** How far the lines of a block are indented; undefined where its header tells it. */
function widthOfBlock(text: string, header: Lines, lines: Lines): number | undefined {
  if (/\d/.test(text.slice(...header))) return undefined;
  return /^( +)\S/m.exec(text.slice(...lines))?.[1]?.length;
}

const reindented = (lines: readonly string[], from: number, to: number): readonly string[] =>
  indented(
    lines.map((line) => line.slice(from)),
    to,
  );
