import { withoutMisleading } from '../../printable.js';

// What no reader of the source would see, or see in another place than it stands in: control and format characters
// (marks of direction among them), spaces that are not the usual one, halves of surrogate pairs. The joiners that scripts
// and emoji are written with stay.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}/gu;
const joiners = '\u200c\u200d';

const shortEscapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** A text as TypeScript: in quotes, or between backticks where it has several lines. */
export const textLiteral = (text: string): string =>
  hasSeveralLines(text) ? `\`${templateText(text)}\`` : quoted(text);

/** Whether a text is written over several lines of the source. */
export const hasSeveralLines = (text: string): boolean => text.trimEnd().includes('\n');

/** What stands between the backticks of a template. Line breaks stay; carriage returns would become line breaks there. */
export const templateText = (text: string): string =>
  text
    .split('\n')
    .map((line) => withoutUnseen(line.replace(/\\|`|\$(?=\{)/g, (sign) => `\\${sign}`)))
    .join('\n');

/** Single quotes, unless that takes more escapes. */
function quoted(text: string): string {
  const escaped = withoutUnseen(text.replaceAll('\\', '\\\\'));
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}

const withoutUnseen = (text: string): string =>
  withoutMisleading(
    text.replace(unseen, (sign) =>
      joiners.includes(sign) ? sign : (shortEscapes[sign] ?? codeEscape(sign)),
    ),
  );

function codeEscape(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

// Unicode names of ECMAScript 5, which no reader of TypeScript disagrees about.
const plainName = /^[$_\p{L}\p{Nl}][$_\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

/** Whether a text is a name, which may be a reserved word. */
export const isName = (text: string): boolean => plainName.test(text) && !/[^\0-\uffff]/u.test(text);

/** The key of an object literal. */
export function keyLiteral(key: string): string {
  // Without the brackets it would be no key, but say what the object inherits from.
  if (key === '__proto__') return "['__proto__']";
  return isName(key) ? key : quoted(key);
}

/** A number as TypeScript. */
export const numberLiteral = (value: number): string => String(value).replace('e+', 'e');
