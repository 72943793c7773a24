import type { YAMLError } from 'yaml';
import type { Problems } from './problems.js';
import type { SourceText } from './source-text.js';

/**
 * Reports what the parser could not read.
 *
 * One slip makes the parser stumble again behind it; only the first problem of a line is told, and nothing about what
 * is left over after the first stumble.
 */
export function reportSyntax(errors: readonly YAMLError[], source: SourceText, problems: Problems): void {
  const lines = new Set<number>();
  for (const [index, error] of errors.entries()) {
    const [start, end] = error.pos;
    const at = source.rangeOf(start, end);
    const isAftermath = index > 0 && /in YAML stream|MULTILINE_IMPLICIT_KEY/.test(error.message + error.code);
    if (isAftermath || lines.has(at.line)) continue;
    lines.add(at.line);
    const { message, hint } = inOurWords(error, source);
    problems.error('yaml-syntax', message, at, hint);
  }
}

interface Words {
  readonly message: string;
  readonly hint?: string;
}

/** The library is exact, but speaks of flow maps and implicit keys to people who wrote a colon too many. */
function inOurWords(error: YAMLError, source: SourceText): Words {
  // Inside [ ] and { } a brace ends the text before it, so an expression there needs quotes.
  if (source.text.slice(error.pos[0] - 1, error.pos[0] + 1) === '${') {
    return {
      message: 'broken YAML: an expression inside [ ] or { } is not in quotes',
      hint: 'write "${var.name}"',
    };
  }
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { message: 'broken YAML: a tab is used as indentation', hint: 'indent with spaces' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'broken YAML: a key inside the value of another key, on the same line or indented too far',
        hint: 'put texts that hold ": " in quotes, and give the keys of one map the same indentation',
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return { message: 'broken YAML: a line has no ":" after its key', hint: 'write key: value' };
    case 'MISSING_CHAR':
      return /closing/.test(error.message)
        ? { message: `broken YAML: a text that begins with a quote does not end`, hint: 'close the quote' }
        : { message: 'broken YAML: a key has no ":" behind it', hint: 'write key: value' };
    case 'BAD_SCALAR_START':
      return {
        message: `broken YAML: a text cannot begin with ${error.message.slice(-1)}`,
        hint: 'put it in quotes',
      };
    case 'BAD_INDENT':
      return /must be sufficiently indented and end with/.test(error.message)
        ? { message: `broken YAML: a ${error.message.slice(-1)} is missing before this line` }
        : { message: `broken YAML: ${lowerFirst(error.message)}` };
    case 'BAD_DQ_ESCAPE':
      return {
        message: `broken YAML: ${lowerFirst(error.message)}`,
        hint: 'write \\\\ for a backslash, or use single quotes',
      };
    default:
      return { message: `broken YAML: ${lowerFirst(error.message)}` };
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
