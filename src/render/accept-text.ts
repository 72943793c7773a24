import type { Acceptance, Accepted } from '../accept/accept-drift.js';
import type { Left } from '../accept/left.js';
import type { SourceRange } from '../errors.js';
import type { Json } from '../json.js';
import { formatProblem } from '../manifest/format-problem.js';
import type { Change } from '../plan/plan.js';
import { count } from './count.js';
import { plain, type Paint } from './paint.js';
import { formatPath } from './plan-document.js';
import { changeLines } from './plan-text.js';

/** What was taken over from the tenant, and what was not, for people. */
export function acceptText(acceptance: Acceptance, isDryRun: boolean, paint: Paint = plain): string {
  const { accepted, left, pending, unknown } = acceptance;
  const sentences = [
    sentenceOf(acceptance, isDryRun),
    ...(left.length > 0 ? [`${left.length} left.`] : []),
    ...(pending > 0 ? [`${count(pending, 'resource')} not applied yet, and left alone.`] : []),
    ...(unknown > 0 ? [`${count(unknown, 'resource')} of unknown cause, and left alone: apply once.`] : []),
  ];
  const lines = [
    ...takenLines(accepted, paint),
    ...leftLines('Not accepted:', left),
    '',
    sentences.join(' '),
  ];
  return `${lines.join('\n').trimStart()}\n`;
}

function sentenceOf({ accepted, left }: Acceptance, isDryRun: boolean): string {
  if (accepted.length === 0) {
    return left.length === 0 ? 'No drift that could be accepted.' : 'Nothing was accepted.';
  }
  const what = `${count(accepted.length, 'change')} of the tenant`;
  return isDryRun ? `${what} would be accepted; nothing has been written.` : `${what} accepted.`;
}

/** What was taken over, by resource. */
export function takenLines(taken: readonly Accepted[], paint: Paint): readonly string[] {
  const byAddress = new Map<string, Accepted[]>();
  for (const one of taken) byAddress.set(one.address, [...(byAddress.get(one.address) ?? []), one]);
  return [...byAddress].flatMap(([address, own]) => [
    headOf(address, own, paint),
    ...own.flatMap((one) => fieldLines(one, paint)),
  ]);
}

export const leftLines = (title: string, left: readonly Left[]): readonly string[] =>
  left.length === 0 ? [] : ['', title, ...left.map(({ problem }) => formatProblem(problem))];

function headOf(address: string, own: readonly Accepted[], paint: Paint): string {
  const whole = own.find(({ path }) => path.length === 0);
  if (!whole) return `${paint('yellow', '~')} ${paint('bold', address)}`;
  const place = whole.at ? placeText(whole.at) : '';
  return whole.edit.isDeletion
    ? `${paint('red', '-')} ${paint('bold', address)}   ${paint('dim', `${place}, gone from the tenant`)}`
    : `${paint('green', '+')} ${paint('bold', address)}   ${paint('dim', place)}`;
}

function fieldLines({ path, change, at, edit }: Accepted, paint: Paint): readonly string[] {
  if (!change) return [];
  const name = `${at ? `${placeText(at)}  ` : ''}${formatPath(path)}`;
  return changeLines(name, reversed(change, edit.after), paint).map((line) => `    ${line}`.trimEnd());
}

/** A plan leads from the tenant to the manifest; this is the other way. Of nothing, it is told how that is written. */
function reversed({ before, after, path }: Change, written: Json | undefined): Change {
  const now = before ?? written;
  return { path, ...(after !== undefined && { before: after }), ...(now !== undefined && { after: now }) };
}

export const placeText = ({ file, line }: SourceRange): string => `${file}:${line}`;

/** The same as JSON. */
export function acceptDocument({ accepted, left, pending, unknown, texts }: Acceptance, isDryRun: boolean) {
  return {
    formatVersion: 1 as const,
    dryRun: isDryRun,
    accepted: accepted.map(({ address, path, change, at, edit }) => ({
      address,
      ...(path.length > 0 && { path: formatPath(path) }),
      ...(edit.isDeletion && { removed: true }),
      ...(change && withoutPath(reversed(change, edit.after))),
      ...(at && { file: at.file, line: at.line, column: at.column }),
    })),
    left: left.map(({ address, path, problem }) => ({
      address,
      ...(path.length > 0 && { path: formatPath(path) }),
      ...problem,
    })),
    pending,
    unknown,
    files: [...texts.keys()].map(({ name }) => name),
  };
}

const withoutPath = ({ before, after }: Change): Partial<Change> => ({
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});
