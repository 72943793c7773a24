import { ApiError, ManifestError, RefusedError, UsageError, type Problem } from '../errors.js';
import { formatProblem } from '../manifest/format-problem.js';

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

const hint = (text: string | undefined): readonly string[] => (text === undefined ? [] : [`  ${text}`]);

/** Problems one below the other, and how many there are. */
export function problemsText(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const parts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ];
  return [...problems.map(formatProblem), '', parts.join(', ')].join('\n');
}
