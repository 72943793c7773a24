import { lineStart, nextLine } from './style.js';

/** Lines as offsets: from the start of the first to behind the last. */
export type Lines = readonly [start: number, end: number];

/** An entry or an item of a block. */
export interface Block {
  /** Where its key or its dash is. */
  readonly start: number;
  /** The start of the line behind its value. */
  readonly end: number;
  readonly isGoing: boolean;
}

/** Whether nothing but spaces stands before an offset in its line. */
export const isFirstInLine = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === '';

/** The lines of a block: its own, the comments directly above, and those that are indented below it. */
export function linesOf(text: string, { start, end }: Pick<Block, 'start' | 'end'>): Lines {
  const column = start - lineStart(text, start);
  return [commentsAbove(text, lineStart(text, start), column), commentsBelow(text, end, column)];
}

/**
 * The lines to take out with the blocks that go. Of the empty lines around them none is left over.
 *
 * @param blocks all of a map or a list, in their order
 */
export function linesToRemove(text: string, blocks: readonly Block[]): readonly Lines[] {
  const removed: Lines[] = [];
  for (const [index, block] of blocks.entries()) {
    if (!block.isGoing || blocks[index - 1]?.isGoing) continue;
    const next = blocks.findIndex((other, at) => at > index && !other.isGoing);
    const last = blocks[next === -1 ? blocks.length - 1 : next - 1] ?? block;
    const lines: Lines = [linesOf(text, block)[0], linesOf(text, last)[1]];
    removed.push(withEmptyLine(text, lines, index === 0 && next !== -1));
  }
  return removed;
}

function withEmptyLine(text: string, [first, last]: Lines, isAtTop: boolean): Lines {
  const isFollowedByNone = last === text.length || isEmptyLine(text, last);
  const isApart = first > 0 && isEmptyLine(text, first - 1);
  if (isApart && isFollowedByNone) return [lineStart(text, first - 1), last];
  return [first, isAtTop && isFollowedByNone ? nextLine(text, last) : last];
}

function commentsAbove(text: string, start: number, column: number): number {
  if (start === 0) return start;
  const above = lineStart(text, start - 1);
  return indentationOfComment(text, above) === column ? commentsAbove(text, above, column) : start;
}

function commentsBelow(text: string, end: number, column: number): number {
  if (end >= text.length) return end;
  const indentation = indentationOfComment(text, end);
  return indentation !== undefined && indentation > column
    ? commentsBelow(text, nextLine(text, end), column)
    : end;
}

/** How far a line that is nothing but a comment is indented. */
function indentationOfComment(text: string, start: number): number | undefined {
  return /^( *)#/.exec(text.slice(start, nextLine(text, start)))?.[1]?.length;
}

/** Whether the line that holds an offset is empty. */
export function isEmptyLine(text: string, offset: number): boolean {
  const start = lineStart(text, offset);
  return text.slice(start, nextLine(text, start)).trim() === '';
}
