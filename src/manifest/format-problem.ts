import type { Problem, SourceRange } from '../errors.js';
import { printable, visible } from '../printable.js';

/**
 * A problem as people read it: place, what is wrong, the line with a caret below, and what to do.
 *
 * ```
 * tenant.yaml:14:11  error: unknown role "suport-agent" in applications.crm-sync
 *   14 |   roles: [suport-agent]
 *      |           ^^^^^^^^^^^^   did you mean "support-agent"?
 * ```
 */
export function formatProblem({ at, severity, message, hint }: Problem): string {
  const place = at ? `${at.file}:${at.line}:${at.column}  ` : '';
  // What it quotes may have been written by anybody.
  const said = (text: string): string => text.split('\n').map(printable).join('\n');
  const head = `${place}${severity}: ${said(message)}`;
  if (at?.text === undefined || at.text.trim() === '') {
    return hint === undefined ? head : `${head}\n  ${said(hint)}`;
  }
  return `${head}\n${excerpt(at, at.text, hint && said(hint))}`;
}

const widestExcerpt = 100;

function excerpt(at: SourceRange, line: string, hint: string | undefined): string {
  const window = around(line, at.column - 1);
  const from = at.column - 1 - window.start;
  const end = from + lengthIn(at, line);
  const shown = visible(window.text.slice(0, from));
  const marked = visible(window.text.slice(from, end));
  const rest = visible(window.text.slice(end));
  const number = String(at.line);
  const caret = ' '.repeat(widthOf(window.before + shown)) + '^'.repeat(Math.max(1, widthOf(marked)));
  const advice = hint === undefined ? '' : `   ${hint}`;
  return [
    `  ${number} | ${untabbed(window.before + shown + marked + rest + window.after)}`,
    `  ${' '.repeat(number.length)} | ${caret}${advice}`,
  ].join('\n');
}

/** How much of the line is meant; a value of several lines is marked to the end of its first. */
function lengthIn(
  { line, column, endLine = line, endColumn = column + 1 }: SourceRange,
  text: string,
): number {
  const end = endLine > line ? text.trimEnd().length + 1 : endColumn;
  return Math.max(1, end - column);
}

interface Window {
  readonly text: string;
  readonly start: number;
  readonly before: string;
  readonly after: string;
}

/** The part of a long line around a place. */
function around(line: string, index: number): Window {
  if (line.length <= widestExcerpt) return { text: line, start: 0, before: '', after: '' };
  const start = Math.max(0, Math.min(index - widestExcerpt / 2, line.length - widestExcerpt));
  const end = start + widestExcerpt;
  return {
    text: line.slice(start, end),
    start,
    before: start > 0 ? '…' : '',
    after: end < line.length ? '…' : '',
  };
}

const untabbed = (text: string): string => text.replaceAll('\t', '  ');

// East Asian wide and full-width forms, and emoji, take two columns of a terminal; combining marks take none.
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

function widthOf(text: string): number {
  let width = 0;
  for (const character of untabbed(text)) {
    if (/\p{M}|\u200D/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}
