import { isObject, type Json, type JsonObject } from '../json.js';
import type { Style } from './style.js';
import { inOneLine, quoted, writeKey, writeText, type ScalarStyle, type Written } from './write-text.js';

/** What is longer is written in lines of its own. */
export const widestLine = 100;

/** A value as it is written after a key. */
export function writeValue(value: Json, style: Style, like?: ScalarStyle): Written {
  if (typeof value === 'string') return writeText(value, style, style.step, like);
  if (isEmptyOrPlain(value) || style.isJson) return { inline: writeInFlow(value, style), below: [] };
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const line = writeInFlow(items, style);
    if (style.inBrackets && items.every(isPlain) && line.length <= widestLine)
      return { inline: line, below: [] };
    const lines = items.flatMap((item) => writeItem(item, style));
    return { inline: '', below: style.indentsLists ? indented(lines, style.step) : lines };
  }
  return { inline: '', below: indented(writeEntries(value as JsonObject, style), style.step) };
}

/** The lines of the entries of a map. */
export const writeEntries = (value: JsonObject, style: Style): readonly string[] =>
  Object.entries(value).flatMap(([key, inner]) => writeEntry(key, inner, style));

/** One entry of a map: the line of its key, and the lines below. */
export function writeEntry(key: string, value: Json, style: Style): readonly string[] {
  const { inline, below } = writeValue(value, style);
  return [`${writeKey(key, style)}:${inline === '' ? '' : ` ${inline}`}`, ...below];
}

/** One item of a list, with its dash. */
export function writeItem(item: Json, style: Style): readonly string[] {
  if (typeof item === 'string') {
    const { inline, below } = writeText(item, style, 2);
    return [`- ${inline}`, ...below];
  }
  if (isEmptyOrPlain(item)) return [`- ${writeInFlow(item, style)}`];
  const lines = Array.isArray(item)
    ? (item as readonly Json[]).flatMap((inner) => writeItem(inner, style))
    : writeEntries(item as JsonObject, style);
  const [first = '', ...others] = lines;
  return [`- ${first}`, ...indented(others, 2)];
}

/** A value in one line, with brackets and braces. */
export function writeInFlow(value: Json, style: Style): string {
  if (typeof value === 'string') return inOneLine(value, style, true);
  if (Array.isArray(value)) {
    return `[${(value as readonly Json[]).map((item) => writeInFlow(item, style)).join(', ')}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => writeEntryInFlow(key, inner, style));
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** `key: value`, inside of braces. */
export const writeEntryInFlow = (key: string, value: Json, style: Style): string =>
  `${writeKeyInFlow(key, style)}: ${writeInFlow(value, style)}`;

const writeKeyInFlow = (key: string, style: Style): string => {
  const text = writeKey(key, style);
  return /[[\]{},]/.test(text) ? quoted(key) : text;
};

/** Whether an entry is short enough to stand in braces as others of its map do. */
export const fitsInLine = (key: string, value: Json, style: Style): boolean =>
  isObject(value) && !hasLines(value) && writeEntryInFlow(key, value, style).length <= widestLine;

function hasLines(value: Json): boolean {
  if (typeof value === 'string') return value.includes('\n');
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => hasLines(inner));
}

/** Whether nothing in a list or a map holds anything itself, or has several lines. */
export const areAllPlain = (value: Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((inner) => isPlain(inner) && !hasLines(inner));

const isPlain = (value: Json): boolean => typeof value !== 'object' || value === null;

const isEmptyOrPlain = (value: Json): boolean =>
  isPlain(value) || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** Lines moved to the right; what is empty stays so. */
export const indented = (lines: readonly string[], width: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(width) + line));
