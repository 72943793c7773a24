import type { Json } from './json.js';

/** All but tabs and line feeds. */
const controls = /(?![\t\n])\p{Cc}/gu;

/**
 * What nobody sees, and what lets the text around it be seen in another order than it is in: format characters, separators
 * of lines, fillers. A reviewer would approve something else than what is there. The joiners that scripts and emoji are
 * written with stay.
 */
const misleading = /(?![\u200C\u200D])[\p{Cf}\p{Zl}\p{Zp}]|[\u115F\u1160\u3164\uFFA0]|\u034F|\u17B4|\u17B5/gu;

const isAscii = (text: string): boolean => !/[^\0-\x7F]/.test(text);

const unitEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Whether a text holds signs that mislead who reads it. */
export const isMisleading = (text: string): boolean => text.search(misleading) >= 0;

/** A text with such signs as escapes: `\u202e`, which JSON and the double quotes of YAML take for the signs themselves. */
export const withoutMisleading = (text: string): string =>
  isAscii(text) ? text : text.replace(misleading, (sign) => sign.split('').map(unitEscape).join(''));

/** A value as JSON in which such signs are escapes; in one line without an indent. */
export const printableJson = (value: Json, indent = 0): string =>
  withoutMisleading(JSON.stringify(value, null, indent));

/** A text in which every sign can be seen but tabs and line feeds. */
export const visible = (text: string): string =>
  withoutMisleading(text).replace(
    controls,
    (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );

/**
 * A line of a text that somebody else wrote, so that neither a terminal nor a CI system takes it for a command: controls
 * become visible, and what GitHub and Azure look for at the start of a line (`::error::`, `##[error]`) gets a space of no
 * width in between.
 */
export const printable = (line: string): string =>
  visible(line)
    .replace(/^(\s*):(?=:)/, '$1:\u200B')
    .replaceAll(/#(?=#(?:\[|vso\[))/g, '#\u200B');
