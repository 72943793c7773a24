import type { Check } from '../doctor/checks.js';
import { count } from './count.js';
import { plain, type Colour, type Paint } from './paint.js';

const marks: Readonly<Record<Check['status'], readonly [mark: string, colour: Colour]>> = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  failed: ['✗', 'red'],
  unchecked: ['-', 'dim'],
};

/** One line for each check, what to do below it, and a sentence at the end. */
export function doctorText(checks: readonly Check[], paint: Paint = plain): string {
  const width = Math.max(...checks.map(({ check }) => check.length));
  const lines = checks.flatMap(({ check, status, message, remedy }) => {
    const [mark, colour] = marks[status];
    const line = `${paint(colour, mark)} ${check.padEnd(width)}  ${message}`;
    return remedy === undefined ? [line] : [line, `${' '.repeat(width + 4)}→ ${remedy}`];
  });
  return `${[...lines, '', sentence(checks)].join('\n')}\n`;
}

function sentence(checks: readonly Check[]): string {
  const number = (status: Check['status']): number =>
    checks.filter((check) => check.status === status).length;
  const parts = [
    ...(number('failed') > 0 ? [`${number('failed')} failed`] : []),
    ...(number('warning') > 0 ? [count(number('warning'), 'warning')] : []),
    ...(number('unchecked') > 0 ? [`${number('unchecked')} not checked`] : []),
  ];
  return parts.length === 0 ? 'Everything is as it should be.' : `${parts.join(', ')}.`;
}
