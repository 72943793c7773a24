import type { ApplyEvent, ApplyResult, Outcome } from '../apply/events.js';
import { ApiError } from '../errors.js';
import type { ActionType } from '../plan/plan.js';
import { withoutMisleading } from '../printable.js';
import type { Statistics } from '../management-api/connection.js';
import { plain, type Paint } from './paint.js';
import { costText } from './progress-text.js';

export const pastTense: Readonly<Record<ActionType, string>> = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  delete: 'deleted',
  adopt: 'adopted',
  // Only the ledger changes: a key was renamed, or something is let go of.
  move: 'recorded',
};

/** One line for what has ended; nothing for what only begins. */
export const eventText = (event: ApplyEvent, paint: Paint = plain): string | undefined =>
  event.type === 'started' ? undefined : withoutMisleading(outcomeText(event.outcome, paint));

function outcomeText(outcome: Outcome, paint: Paint): string {
  const { address, type, source } = outcome.action;
  switch (outcome.status) {
    case 'done':
      return `${paint('green', '✓')} ${pastTense[type]} ${address} ${paint('dim', outcome.id)}`;
    case 'failed': {
      const place = source ? `${source.file}:${source.line}:${source.column}  ` : '';
      const hint = outcome.error instanceof ApiError ? outcome.error.hint : undefined;
      const lines = [
        `${paint('red', '✗')} ${place}${address} could not be ${pastTense[type]}: ${outcome.error.message}`,
      ];
      return [...lines, ...(hint === undefined ? [] : [`    ${hint}`])].join('\n');
    }
    case 'not-reached':
      return `${paint('yellow', '·')} ${address} was not reached: ${outcome.because}`;
  }
}

/** How an apply ended, and what it cost. */
export function resultText(result: ApplyResult, statistics: Statistics): string {
  const { done, failed, notReached, interrupted } = result;
  const rest =
    failed + notReached > 0
      ? `${interrupted ? 'Interrupted. ' : ''}Nothing is lost: apply again to do the rest.\n`
      : '';
  return `${done} done, ${failed} failed, ${notReached} not reached   (${costText(statistics)})\n${rest}`;
}
