import type { Problem } from '../errors.js';
import { formatProblem } from './format-problem.js';

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
