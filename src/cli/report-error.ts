import { ApiError, ManifestError, RefusedError, UsageError } from '../errors.js';
import { formatProblem } from '../manifest/format-problem.js';
import { problemsText } from '../manifest/problems-text.js';
import { errorFields, logLine } from './log-fields.js';

/** What a person is told about an error: which thing, where, what is wrong, what to do. Never a stack trace. */
export function errorText(error: unknown): string {
  if (error instanceof ManifestError) return problemsText(error.problems);
  if (error instanceof RefusedError) {
    return [`refused: ${error.message}`, ...error.problems.map(formatProblem), ...hint(error.hint)].join(
      '\n',
    );
  }
  if (error instanceof ApiError || error instanceof UsageError) {
    return [`error: ${error.message}`, ...hint(error.hint)].join('\n');
  }
  const message = error instanceof Error ? error.message : String(error);
  return [
    `unexpected error: ${message}`,
    '  This is a bug in logto-iac, or something that it did not foresee. Run again with --log-level debug for more.',
  ].join('\n');
}

/** The same for programs: an event a line. */
export function errorLog(error: unknown): string {
  const known = error instanceof Error ? error : new Error(String(error));
  return errorFields(known).map(logLine).join('');
}

const hint = (text: string | undefined): readonly string[] => (text === undefined ? [] : [`  ${text}`]);
