import { withoutMisleading } from '../printable.js';
import { escapeXml } from './xml.js';

/** HTML or SVG that has been escaped already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Inserted = string | number | Markup | readonly Markup[] | undefined;

/** HTML from a template: whatever is inserted is escaped, unless it is markup itself. */
export function markup(strings: TemplateStringsArray, ...values: readonly Inserted[]): Markup {
  return new Markup(strings.map((string, index) => `${string}${inserted(values[index])}`).join(''));
}

function inserted(value: Inserted): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('\n');
  return escapeXml(withoutMisleading(String(value)));
}
