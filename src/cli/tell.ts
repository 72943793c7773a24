import type { Problem } from '../errors.js';
import type { Manifest } from '../manifest/manifest.js';
import { problemsText } from '../manifest/problems-text.js';
import type { Plan } from '../plan/plan.js';
import { refusalOf, type ReportingCommand } from '../render/report.js';
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

/** Tells what of a plan that is only shown would be refused, and what else was found. */
export function tellProblemsOfPlan(
  command: ReportingCommand,
  { blocked, warnings }: Plan,
  manifest: Manifest,
  flags: LogFlags,
): void {
  tellProblems(blocked, flags, { before: `\n${refusalOf(command)}:\n` });
  // Those of the manifest have been told when it was loaded.
  const further = warnings.filter((warning) => !manifest.warnings.includes(warning));
  tellProblems(further, flags);
}
