import type { Style } from './style.js';

/** A part of a text that is replaced; `end` is exclusive, and equals `start` where something is put in. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Of two that are put in at one place, the one that belongs to the deeper value comes first. */
  readonly depth: number;
}

/** A text with splices made in it. They do not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort(
    (left, right) => left.start - right.start || left.end - right.end || right.depth - left.depth,
  );
  const parts: string[] = [];
  let end = 0;
  for (const splice of ordered) {
    if (splice.start < end) throw new Error('two edits of one place');
    parts.push(text.slice(end, splice.start), splice.text);
    ({ end } = splice);
  }
  return [...parts, text.slice(end)].join('');
}

/** Whole lines that take the place of others. */
export function lineSplice(
  text: string,
  [start, end]: readonly [number, number],
  lines: readonly string[],
  { lineEnd }: Pick<Style, 'lineEnd'>,
  depth: number,
): Splice {
  const isBehindOpenEnd = start === text.length && text.length > 0 && !text.endsWith('\n');
  const written = isBehindOpenEnd
    ? lines.map((line) => lineEnd + line).join('')
    : lines.map((line) => line + lineEnd).join('');
  return { start, end, text: written, depth };
}
