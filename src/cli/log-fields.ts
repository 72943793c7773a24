import type { Outcome } from '../apply/events.js';
import { ApiError } from '../errors.js';

/** What became of an action, as the fields of a log line. */
export function eventFields(outcome: Outcome): Readonly<Record<string, unknown>> {
  const { type, address } = outcome.action;
  const common = { event: 'action', status: outcome.status, type, address };
  switch (outcome.status) {
    case 'done':
      return { level: 'info', ...common, id: outcome.id };
    case 'failed': {
      const { error } = outcome;
      const details = error instanceof ApiError ? { request: error.request, httpStatus: error.status } : {};
      return { level: 'error', ...common, message: error.message, ...details };
    }
    case 'not-reached':
      return { level: 'warn', ...common, because: outcome.because };
  }
}
