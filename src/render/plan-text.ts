import type { Json } from '../json.js';
import { printableJson, withoutMisleading } from '../printable.js';
import type { Action, ActionType, Change, Plan, Summary } from '../plan/plan.js';
import { count } from './count.js';
import { isMultiLine, lineDiff, wholeText } from './line-diff.js';
import { plain, type Colour, type Paint } from './paint.js';
import { scheduledText } from './scheduled-text.js';
import { formatPath } from './plan-document.js';

const symbols: Readonly<Record<ActionType, readonly [symbol: string, colour: Colour]>> = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  replace: ['±', 'magenta'],
  delete: ['-', 'red'],
  adopt: ['→', 'cyan'],
  move: ['»', 'cyan'],
};

export interface PlanTextOptions {
  readonly paint?: Paint;
  /** Values longer than this are folded; default 100 characters. */
  readonly valueWidth?: number;
  /** Said after the address of an action, such as the cause of a drift. */
  readonly note?: (action: Action) => string | undefined;
}

/** A plan for people: what happens to each resource and field, and how many there are. */
export function planText(plan: Plan, options: PlanTextOptions = {}): string {
  const { paint = plain } = options;
  const actions = plan.actions.map((action) => actionText(action, options));
  if (actions.length === 0) {
    const { unchanged } = plan.summary;
    const nothing =
      unchanged === 0 ? 'Nothing to do.\n' : `Nothing to do: ${count(unchanged, 'resource')} as stated.\n`;
    return nothing + scheduledText(plan);
  }
  const footer = `${summaryText(plan.summary)}   ${paint('dim', `digest ${plan.digest}`)}`;
  return `${[...actions, '', footer].join('\n')}\n${scheduledText(plan)}`;
}

/** One action, with a line for each field. */
export function actionText(action: Action, options: PlanTextOptions = {}): string {
  const { paint = plain, valueWidth = 100, note } = options;
  const [symbol, colour] = symbols[action.type];
  const notes = [note?.(action), action.reason].filter((text) => text !== undefined).map(withoutMisleading);
  const head = `${paint(colour, symbol)} ${paint('bold', withoutMisleading(action.address))}${notes.length > 0 ? `   ${paint('dim', notes.join('; '))}` : ''}`;
  const paths = action.changes.map(({ path }) => withoutMisleading(formatPath(path)));
  const width = Math.min(Math.max(0, ...paths.map(({ length }) => length)), 52);
  const changes = action.changes.flatMap((change, index) => {
    const path = paths[index] ?? '';
    const lines = linesOf(change, paint);
    return lines.length > 0
      ? [`    ${path}`, ...lines.map((line) => `        ${line}`.trimEnd())]
      : [`    ${path.padEnd(width)}  ${changeText(change, action.type, valueWidth)}`];
  });
  const consequences = action.consequences.map(
    (sentence) => `    ${paint('yellow', '!')} ${withoutMisleading(sentence)}`,
  );
  return [head, ...changes, ...consequences].join('\n');
}

/** One change below what it is called: in one line, or line by line. */
export function changeLines(
  name: string,
  change: Change,
  paint: Paint = plain,
  width = 100,
): readonly string[] {
  const lines = linesOf(change, paint);
  return lines.length > 0
    ? [name, ...lines.map((line) => `    ${line}`)]
    : [`${name}  ${changeText(change, 'update', width)}`];
}

/** A text of several lines is shown by line; nothing for everything else. */
export function linesOf({ before, after, sensitive }: Omit<Change, 'path'>, paint: Paint): readonly string[] {
  if (sensitive || !(isMultiLine(before) || isMultiLine(after))) return [];
  const isText = (value: Json | undefined): value is string => typeof value === 'string';
  if (isText(before) && isText(after)) return lineDiff(before, after, paint);
  if (isText(after) && (before ?? null) === null) return wholeText('+', after, paint);
  return isText(before) && after === undefined ? wholeText('-', before, paint) : [];
}

function changeText(change: Change, type: ActionType, width: number): string {
  if (change.sensitive) return '(sensitive)';
  const after = change.after === undefined ? '(removed)' : valueText(change.after, width);
  const forces = change.forcesReplacement ? '   (forces replacement)' : '';
  if (change.before === undefined && (type === 'create' || change.after !== undefined)) {
    return type === 'create' ? after : `(none) → ${after}${forces}`;
  }
  return `${valueText(change.before ?? null, width)} → ${after}${forces}`;
}

/** JSON in one line, cut in the middle when it is long. */
export function valueText(value: Json, width: number): string {
  const text = printableJson(value);
  if (text.length <= width) return text;
  const half = Math.floor((width - 20) / 2);
  return `${text.slice(0, half)} … ${text.length - 2 * half} more … ${text.slice(-half)}`;
}

/** `1 to create, 2 to update, 5 unchanged` – only what there is. */
export function summaryText(summary: Summary): string {
  const types = ['create', 'update', 'replace', 'delete', 'adopt', 'move'] as const;
  const parts = types.filter((type) => summary[type] > 0).map((type) => `${summary[type]} to ${type}`);
  return [...parts, `${summary.unchanged} unchanged`].join(', ');
}
