import type { Problem } from '../errors.js';
import { durationText } from '../kinds/duration.js';

/** What time it is, in epoch milliseconds. */
export interface Clocks {
  /** By the server's clock, which says when things were made. */
  readonly server: number;
  /** By the clock of this machine, which can only hold up what cannot be undone. */
  readonly own: number;
}

/** As long as the shortest overlap; answers that take their time differ less. */
const toleratedMilliseconds = 5 * 60_000;

/** A doubt about the time, where ages of things are what counts. */
export function clockWarnings({ server, own }: Clocks): readonly Problem[] {
  const difference = server - own;
  if (Math.abs(difference) < toleratedMilliseconds) return [];
  const direction = difference > 0 ? 'ahead of' : 'behind';
  const message = `the clock of Logto (${new Date(server).toISOString()}) is ${durationText(Math.abs(difference))} ${direction} the clock of this machine: rotated secrets are deleted only when both say that it is time`;
  const hint =
    'set the clock that is wrong; ages of secrets are counted by that of Logto, so one that was made while it was wrong has a wrong age';
  return [{ code: 'wrong-clock', severity: 'warning', message, hint }];
}
