import type { Statistics } from '../management-api/connection.js';
import { count } from './count.js';

export type Cost = Omit<Statistics, 'tokens'>;

/** Work under way. */
export interface Stage {
  /** What is being done: "reading the tenant". */
  readonly name: string;
  readonly done: number;
  /** Absent where nobody knows yet how much there is. */
  readonly total?: number;
  /** What is counted where there is no total: "requests". */
  readonly unit?: string;
  readonly milliseconds: number;
}

/** With less than this done, the time that is left is a guess. */
const enoughToTell = 3;

/** How long it will still take; undefined where nobody can tell. */
export function secondsLeft({ done, total, milliseconds }: Stage): number | undefined {
  if (total === undefined || done < enoughToTell || done >= total) return undefined;
  return Math.ceil(((milliseconds / done) * (total - done)) / 1000);
}

const barWidth = 24;

/** One line for a terminal, no wider than it: `applying  ██████░░░░░░  120/500  about 12 s left`. */
export function barText(stage: Stage, columns: number): string {
  const { name, done, total, unit = '' } = stage;
  const left = secondsLeft(stage);
  const parts =
    total === undefined
      ? [name, `${done} ${unit}`.trimEnd(), duration(stage.milliseconds / 1000)]
      : [
          name,
          bar(done, total),
          `${done}/${total}`,
          ...(left === undefined ? [] : [`about ${duration(left)} left`]),
        ];
  return parts.join('  ').slice(0, Math.max(0, columns - 1));
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? barWidth : Math.floor((Math.min(done, total) / total) * barWidth);
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
}

/** One line for a log: `applying: 120 of 500 after 8 s, about 25 s left`. */
export function progressLine(stage: Stage): string {
  const { name, done, total, unit = '' } = stage;
  const left = secondsLeft(stage);
  const amount = total === undefined ? `${done} ${unit}`.trimEnd() : `${done} of ${total}`;
  const rest = left === undefined ? '' : `, about ${duration(left)} left`;
  return `${name}: ${amount} after ${duration(stage.milliseconds / 1000)}${rest}`;
}

/** `42 s`, `3 min 5 s`. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** What a run has cost, and how hard it asked: `15 requests, 5 of them writes, at most 8 at once, 0.6 s`. */
export function costText(statistics: Cost): string {
  const { requests, writes, retries, maxInFlight, backOffs, heldMilliseconds, milliseconds } = statistics;
  return [
    count(requests, 'request'),
    `${writes} of them writes`,
    `at most ${maxInFlight} at once`,
    ...(retries > 0 ? [`${retries} ${retries === 1 ? 'retry' : 'retries'}`] : []),
    ...(backOffs > 0 ? [`slowed down ${count(backOffs, 'time')}`] : []),
    ...(heldMilliseconds >= 100 ? ['held back to a limit'] : []),
    `${(milliseconds / 1000).toFixed(1)} s`,
  ].join(', ');
}
