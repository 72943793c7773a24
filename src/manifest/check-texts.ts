import type { Located } from './located.js';
import type { Problems } from './problems.js';
import type { Place } from './source-text.js';

/** Refuses texts that a database of Logto cannot hold: they would fail in the middle of an apply. */
export function checkTexts(root: Located, problems: Problems): void {
  // What aliases share is looked at once.
  const seen = new Set<Located>();
  const check = (node: Located): void => {
    if (node.type === 'scalar') {
      checkText(node.value, 'this text', node.place, problems);
      return;
    }
    if (seen.has(node)) return;
    seen.add(node);
    if (node.type === 'list') node.items.forEach(check);
    if (node.type !== 'map') return;
    for (const [name, { key, value }] of node.entries) {
      checkText(name, 'this key', key, problems);
      check(value);
    }
  };
  check(root);
}

/** Never says what the text is: it may be sensitive. */
function checkText(value: unknown, what: string, place: Place, problems: Problems): void {
  if (typeof value !== 'string') return;
  const hint = 'take it out';
  if (value.includes('\u0000')) {
    problems.error('wrong-value', `${what} holds the character NUL, which Logto cannot store`, place, hint);
  }
  if (/\p{Surrogate}/u.test(value)) {
    const message = `${what} holds half of a character (a lone surrogate), which Logto cannot store`;
    problems.error('wrong-value', message, place, hint);
  }
}
