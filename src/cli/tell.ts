import type { Problem } from '../errors.js';
import { problemsText } from '../manifest/problems-text.js';
import { logLine, problemFields } from './log-fields.js';
import type { LogFlags } from './options.js';

/**
 * Tells problems on standard error, as people or as programs read them.
 *
 * @param around what stands before and after them where people read
 */
export function tellProblems(
  problems: readonly Problem[],
  { logFormat }: LogFlags,
  { before = '', after = '' }: { readonly before?: string; readonly after?: string } = {},
): void {
  if (problems.length === 0) return;
  process.stderr.write(
    logFormat === 'json'
      ? problems.map((problem) => logLine(problemFields(problem))).join('')
      : `${before}${problemsText(problems)}\n${after}`,
  );
}
