/**
 * Texts that nobody vouches for, inside of Markdown. Only as code are they safe: elsewhere they may be markup, links, or
 * mention people, and escapes do not help against all of these.
 */

/** A block of code; its fence is longer than any in it. */
export function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A span of code, in one line. A bar would end the cell of a table. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  const ticks = '`'.repeat(longestRun(line) + 1);
  // A backtick at an end, and a space at both, belong to the text only with a space before them.
  const padding = /^[` ]|[` ]$/.test(line) || line === '' ? ' ' : '';
  return `${ticks}${padding}${line}${padding}${ticks}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
