import {
  isSame,
  type Comparison,
  type FieldDifference,
  type ResourceDifference,
} from '../diff/comparison.js';
import type { Json } from '../json.js';
import { printableJson, withoutMisleading } from '../printable.js';
import { count } from './count.js';
import { plain, type Colour, type Paint } from './paint.js';
import { formatPath } from './plan-document.js';
import { linesOf, valueText } from './plan-text.js';

type Type = ResourceDifference['type'];

/** Those of a plan that would make the second tenant like the first. */
const symbols: Readonly<Record<Type, readonly [symbol: string, colour: Colour]>> = {
  'only-in-from': ['+', 'green'],
  'only-in-to': ['-', 'red'],
  different: ['~', 'yellow'],
};

/** Values longer than this are folded. */
const valueWidth = 100;

/** Longer paths stand out of the column. */
const pathWidth = 52;

/** A comparison for people: what only one tenant has, what differs by field, and how much of all that there is. */
export function diffText(comparison: Comparison, paint: Paint = plain): string {
  const { from, to, differences, ambiguous, secrets } = comparison;
  const width = Math.max(from.name.length, to.name.length);
  const head = [from, to].map(({ name, endpoint }) => `${paint('bold', name.padEnd(width))}  ${endpoint}`);
  const unclear = ambiguous.map(
    ({ kind, name, from: { length: left }, to: { length: right } }) =>
      `${paint('magenta', '?')} ${paint('bold', kind)} ${printableJson(name)}   ${left} in ${from.name}, ${right} in ${to.name}, not compared: give them names of their own`,
  );
  const all = [...differences.map((difference) => differenceText(difference, comparison, paint)), ...unclear];
  const blocks = [
    head,
    ...(all.length > 0 ? [all] : []),
    ...(secrets.length > 0 ? [secretLines(comparison, paint)] : []),
    [isSame(comparison) ? sameText(comparison) : summaryText(comparison)],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function differenceText(
  { type, address, fields }: ResourceDifference,
  { from, to }: Comparison,
  paint: Paint,
): string {
  const [symbol, colour] = symbols[type];
  const notes: Readonly<Record<Type, string>> = {
    'only-in-from': `only in ${from.name}`,
    'only-in-to': `only in ${to.name}`,
    different: `${to.name} → ${from.name}`,
  };
  const head = `${paint(colour, symbol)} ${paint('bold', withoutMisleading(address))}   ${paint('dim', notes[type])}`;
  // As in a plan: of what is new everything is shown, of what goes only what it is.
  return [head, ...(type === 'only-in-to' ? [] : fieldLines(fields, type, paint))].join('\n');
}

function fieldLines(fields: readonly FieldDifference[], type: Type, paint: Paint): readonly string[] {
  const paths = fields.map(({ path }) => formatPath(path));
  const width = Math.min(Math.max(0, ...paths.map(({ length }) => length)), pathWidth);
  return fields.flatMap((field, index) => {
    const path = paths[index] ?? '';
    const { from, to } = field;
    const change = { ...(to !== undefined && { before: to }), ...(from !== undefined && { after: from }) };
    const lines = linesOf(change, paint);
    return lines.length > 0
      ? [`    ${path}`, ...lines.map((line) => `        ${line}`.trimEnd())]
      : [`    ${path.padEnd(width)}  ${fieldText(field, type)}`];
  });
}

function fieldText({ from, to, sensitive }: FieldDifference, type: Type): string {
  if (sensitive) return '(sensitive, differs)';
  return type === 'only-in-from' ? shown(from) : `${shown(to)} → ${shown(from)}`;
}

function secretLines({ from, to, secrets }: Comparison, paint: Paint): readonly string[] {
  const width = Math.max(...secrets.map(({ address }) => address.length));
  return [
    paint(
      'dim',
      `Secrets of which ${from.name} and ${to.name} have their own each; --secrets lets them count:`,
    ),
    ...secrets.map(({ address, path }) => `    ${address.padEnd(width)}  ${formatPath(path)}`),
  ];
}

const hidden = '(sensitive)';

const shown = (value: Json | undefined): string => {
  if (value === undefined) return '(none)';
  return value === hidden ? hidden : valueText(value, valueWidth);
};

const sameText = ({ from, to, summary: { same } }: Comparison): string =>
  `No differences: ${from.name} and ${to.name} have the same ${count(same, 'resource')}.`;

/** `1 only in dev, 2 only in prod, 3 different, 5 the same` – only what there is. */
function summaryText({ from, to, summary, ambiguous }: Comparison): string {
  const { onlyInFrom, onlyInTo, different, same } = summary;
  const parts = [
    ...(onlyInFrom > 0 ? [`${onlyInFrom} only in ${from.name}`] : []),
    ...(onlyInTo > 0 ? [`${onlyInTo} only in ${to.name}`] : []),
    ...(different > 0 ? [`${different} different`] : []),
    ...(ambiguous.length > 0 ? [`${count(ambiguous.length, 'name')} not told apart`] : []),
    `${same} the same`,
  ];
  return parts.join(', ');
}
