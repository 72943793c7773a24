import type { Outcome } from '../apply/events.js';
import { ApiError, ManifestError, RefusedError, UsageError, type Problem } from '../errors.js';

/** One event of a log with `--log-format json`. */
export interface LogFields {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly event: string;
  readonly [field: string]: unknown;
}

/** One line of a log. */
export const logLine = (fields: LogFields): string =>
  `${JSON.stringify({ time: new Date().toISOString(), ...fields })}\n`;

/** What became of an action. */
export function outcomeFields(outcome: Outcome): LogFields {
  const { type, address } = outcome.action;
  const common = { event: 'action', status: outcome.status, type, address };
  switch (outcome.status) {
    case 'done':
      return { level: 'info', ...common, id: outcome.id };
    case 'failed':
      return { level: 'error', ...common, ...detailsOf(outcome.error) };
    case 'not-reached':
      return { level: 'warn', ...common, because: outcome.because };
  }
}

/** A mistake or a doubt, without the excerpt that people are shown. */
export function problemFields({ code, severity, message, hint, at }: Problem): LogFields {
  return {
    level: severity === 'error' ? 'error' : 'warn',
    event: 'problem',
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(at && { file: at.file, line: at.line, column: at.column }),
  };
}

/** What a command ended with: an event for itself, and one for each of the problems that it tells. */
export function errorFields(error: Error): readonly LogFields[] {
  const problems = error instanceof ManifestError || error instanceof RefusedError ? error.problems : [];
  const own: LogFields = { level: 'error', event: 'error', ...detailsOf(error) };
  return [...(error instanceof ManifestError ? [] : [own]), ...problems.map(problemFields)];
}

function detailsOf(error: Error): Readonly<Record<string, unknown>> {
  const { message } = error;
  const hint =
    error instanceof ApiError || error instanceof RefusedError || error instanceof UsageError
      ? error.hint
      : undefined;
  const request = error instanceof ApiError ? { request: error.request, httpStatus: error.status } : {};
  return { message, ...(hint !== undefined && { hint }), ...request };
}
