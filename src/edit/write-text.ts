import { Document, isSeq, Scalar } from 'yaml';
import { isMisleading, withoutMisleading } from '../printable.js';
import type { Style } from './style.js';

/** A value as it is written after a key: what stands in the line of the key, and the lines below. */
export interface Written {
  readonly inline: string;
  /** Indented from the column of the key. */
  readonly below: readonly string[];
}

// A block would take empty lines behind it for the end of such a text, and nobody could see these characters in it.
const unfitForBlock = /\n\n$|[^\n\t\u0020-\u007E\u00A0-\u{10FFFF}]|[\u2028\u2029\uFEFF]|\p{Surrogate}/u;

/** How a scalar is written; see the library. */
export type ScalarStyle = Scalar.Type | undefined;

/**
 * A text as YAML: of several lines as a block, else in one line, quoted where it has to be.
 *
 * @param like how the text was written that it takes the place of
 * @param width spaces that the lines of a block are indented by
 */
export function writeText(text: string, style: Style, width: number, like?: ScalarStyle): Written {
  const isBlock = like === 'BLOCK_LITERAL' || like === 'BLOCK_FOLDED';
  const hasLines = text.trimEnd().includes('\n') || (isBlock && text.trim() !== '');
  const isQuoted = style.isJson || isMisleading(text) || (hasLines && unfitForBlock.test(text));
  if (isQuoted) return { inline: quoted(text), below: [] };
  if (hasLines) return blockOf(text, width, like === 'BLOCK_FOLDED');
  return {
    inline: text.includes('\n') ? quoted(text) : inOneLine(text, style, false, like),
    below: [],
  };
}

function blockOf(text: string, width: number, isFolded: boolean): Written {
  const content = text.replace(/\n$/, '');
  const chomping = content === text ? '-' : '';
  // Where the first line begins with a space, the indentation has to be told.
  const indicator = /^\n*[ \t]/.test(text) ? String(width) : '';
  // In a folded block line breaks mean spaces.
  const symbol = isFolded && !content.includes('\n') && indicator === '' ? '>' : '|';
  const indented = content.split('\n').map((line) => (line === '' ? '' : ' '.repeat(width) + line));
  return { inline: `${symbol}${indicator}${chomping}`, below: indented };
}

/** A text inside of brackets or braces, or of one line. */
export function inOneLine(text: string, style: Style, isInFlow: boolean, like?: ScalarStyle): string {
  if (style.isJson || text.includes('\n') || isMisleading(text)) return quoted(text);
  const scalar = new Scalar(text);
  if (like !== undefined && like.startsWith('QUOTE')) scalar.type = like;
  const document = new Document([scalar]);
  if (isSeq(document.contents)) document.contents.flow = isInFlow;
  const isSingle = like === 'QUOTE_SINGLE' || (like !== 'QUOTE_DOUBLE' && style.quote === 'single');
  const options = { lineWidth: 0, flowCollectionPadding: false, singleQuote: isSingle };
  const written = document.toString({ ...options, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
  return (isInFlow ? written.slice(1, -2) : written.slice(2, -1)).trim();
}

/** A key, quoted where it has to be. */
export function writeKey(key: string, style: Style): string {
  // The library leaves the key `<<` bare, and writes a long one over two lines.
  if (style.isJson || key === '<<' || key.length > 500 || isMisleading(key)) return quoted(key);
  const written = new Document({ [key]: 0 }).toString({
    lineWidth: 0,
    singleQuote: style.quote === 'single',
  });
  return written.slice(0, written.lastIndexOf(':'));
}

/** As JSON, which YAML reads too. */
export const quoted = (text: string): string => withoutMisleading(JSON.stringify(text));
