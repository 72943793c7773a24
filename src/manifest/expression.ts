import { isObject, type Json } from '../json.js';

/** A piece of a text: literal, or the inside of one `${…}`. */
export type Piece =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'variable'; readonly name: string; readonly text: string }
  | { readonly type: 'wrong'; readonly text: string };

const opening = /\$\$\{|\$\{(?:([^{}]*)\})?/g;
const variable = /^var\.([A-Za-z0-9_-]+)$/;

/** What a variable may be called. */
export const variableName = /^[A-Za-z0-9_-]+$/;

/** `a ${var.b} $${c}` → literal `a `, variable `b`, literal ` ${c}`. */
export function parseExpressions(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let literal = '';
  let end = 0;
  const flush = (): void => {
    if (literal !== '') pieces.push({ type: 'literal', text: literal });
    literal = '';
  };
  for (const match of text.matchAll(opening)) {
    literal += text.slice(end, match.index);
    end = match.index + match[0].length;
    if (match[0] === '$${') {
      literal += '${';
      continue;
    }
    flush();
    const name = variable.exec(match[1] ?? '')?.[1];
    pieces.push(
      name === undefined ? { type: 'wrong', text: match[0] } : { type: 'variable', name, text: match[0] },
    );
  }
  literal += text.slice(end);
  flush();
  return pieces;
}

/** Writes a text so that reading it gives the text itself: `${` becomes `$${`. */
export const escapeExpressions = (text: string): string => text.replaceAll('${', '$$${');

/** The same for every text and key of a value. */
export function escapedJson(value: Json): Json {
  if (typeof value === 'string') return escapeExpressions(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(escapedJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [escapeExpressions(name), escapedJson(inner)] as const),
  );
}

/** What an escaped value means. */
export function unescapedJson(value: Json): Json {
  if (typeof value === 'string') return unescapeExpressions(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(unescapedJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [unescapeExpressions(name), unescapedJson(inner)] as const),
  );
}

/** The text that was written so: `$${` → `${`. */
export const unescapeExpressions = (text: string): string => text.replaceAll('$${', '${');

/** What to write instead of an expression that is none. */
export function expressionHint(text: string): string {
  const inside = text.slice(2).replace(/\}$/, '').trim();
  if (!text.endsWith('}')) return 'close it: ${var.name}; or write $${ for a literal ${';
  const name = variable.exec(inside)?.[1] ?? variable.exec(`var.${inside}`)?.[1];
  if (name !== undefined && !inside.startsWith('env.'))
    return `write \${var.${name}}, or $\${ for a literal \${`;
  const ofEnvironment = /^(?:env[.:])(\w+)$/.exec(inside)?.[1];
  if (ofEnvironment !== undefined) {
    return `only declared variables can be used: declare one with { env: ${ofEnvironment} } and write \${var.…}`;
  }
  return 'only ${var.name} is possible; write $${ for a literal ${';
}
