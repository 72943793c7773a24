import type { Located } from './located.js';
import type { Problems } from './problems.js';
import type { Place } from './source-text.js';

/** Refuses texts that a database of Logto cannot hold: they would fail in the middle of an apply. */
export function checkTexts(root: Located, problems: Problems): void {
  if (root.type === 'scalar') checkText(root.value, 'this text', root.place, problems);
  else if (root.type === 'list') for (const item of root.items) checkTexts(item, problems);
  else if (root.type === 'map') {
    for (const [name, { key, value }] of root.entries) {
      checkText(name, 'this key', key, problems);
      checkTexts(value, problems);
    }
  }
}

/** NUL, and what makes halves of characters, also where they are whole: one look is enough for nearly every text. */
const suspicious = /[\0\ud800-\udfff]/;

/** Never says what the text is: it may be sensitive. */
function checkText(value: unknown, what: string, place: Place, problems: Problems): void {
  if (typeof value !== 'string') return;
  if (!suspicious.test(value)) return;
  const hint = 'take it out';
  if (value.includes('\u0000')) {
    problems.error('wrong-value', `${what} holds the character NUL, which Logto cannot store`, place, hint);
  }
  if (!value.isWellFormed()) {
    const message = `${what} holds half of a character (a lone surrogate), which Logto cannot store`;
    problems.error('wrong-value', message, place, hint);
  }
}
