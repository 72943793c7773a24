// Of the package only this: the whole takes as long to load as the rest of the program.
import { structuredPatch } from 'diff/lib/patch/create.js';
import { plain, type Paint } from './paint.js';
import { printable } from '../printable.js';

/** Lines that stay, shown around each change. */
const contextLines = 2;

/** More lines than this are counted and not shown. */
const maximumLines = 60;

/** Whether a value is a text of several lines, which is read line by line. */
export const isMultiLine = (value: unknown): value is string =>
  typeof value === 'string' && value.trimEnd().includes('\n');

/** The lines of a text that is new, or goes. */
export function wholeText(sign: '+' | '-', text: string, paint: Paint = plain): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  return shortened(lines.map((line) => painted(`${sign} ${printable(line)}`, paint)));
}

/**
 * What changes from one text to another, line by line, with a little of what is around it; `…` stands for what is left
 * out in between.
 */
export function lineDiff(before: string, after: string, paint: Paint = plain): readonly string[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: contextLines });
  const lines = hunks.flatMap(({ lines: hunkLines, oldStart }, index) => [
    ...(index > 0 || oldStart > 1 ? ['…'] : []),
    ...hunkLines.map((line) => painted(`${line.slice(0, 1)} ${printable(line.slice(1))}`.trimEnd(), paint)),
  ]);
  return shortened(lines);
}

function painted(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= maximumLines) return lines;
  return [...lines.slice(0, maximumLines), `… ${lines.length - maximumLines} more lines`];
}
