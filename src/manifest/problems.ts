import { ManifestError, type Problem, type ProblemCode, type SourceRange } from '../errors.js';
import { rangeOf, type Place } from './source-text.js';

type Where = Place | SourceRange | undefined;

/** Collects what is wrong with a manifest, so that all of it is told at once. */
export class Problems {
  private readonly found = new Map<string, Problem>();

  error(code: ProblemCode, message: string, where?: Where, hint?: string): void {
    this.add(code, 'error', message, where, hint);
  }

  warning(code: ProblemCode, message: string, where?: Where, hint?: string): void {
    this.add(code, 'warning', message, where, hint);
  }

  add(code: ProblemCode, severity: Problem['severity'], message: string, where?: Where, hint?: string): void {
    const at = where && ('source' in where ? rangeOf(where) : where);
    const problem = { code, severity, message, ...(at && { at }), ...(hint !== undefined && { hint }) };
    // What an alias names is read at each of its uses, but written once.
    const identity = [code, message, at?.file, at?.line, at?.column].join('\n');
    if (!this.found.has(identity)) this.found.set(identity, problem);
  }

  get hasErrors(): boolean {
    return [...this.found.values()].some(({ severity }) => severity === 'error');
  }

  /** By file and position; what has no position comes first. */
  sorted(secrets: readonly string[]): readonly Problem[] {
    return [...this.found.values()].map((problem) => withoutSecrets(problem, secrets)).sort(byPosition);
  }

  throwIfErrors(secrets: readonly string[] = []): void {
    if (this.hasErrors) throw new ManifestError(this.sorted(secrets));
  }
}

function byPosition(left: Problem, right: Problem): number {
  if (!left.at || !right.at) return Number(left.at !== undefined) - Number(right.at !== undefined);
  if (left.at.file !== right.at.file) return left.at.file < right.at.file ? -1 : 1;
  return left.at.line - right.at.line || left.at.column - right.at.column;
}

/** A rule may quote a value without knowing that it is sensitive; a source line may hold the default of a variable. */
export function withoutSecrets(problem: Problem, secrets: readonly string[]): Problem {
  const { at, hint } = problem;
  const { text, ...position } = at ?? {};
  const isRevealing = text !== undefined && secrets.some((secret) => text.includes(secret));
  return {
    ...problem,
    message: maskSecrets(problem.message, secrets),
    ...(at && isRevealing && { at: position as SourceRange }),
    ...(hint !== undefined && { hint: maskSecrets(hint, secrets) }),
  };
}

/** Every secret in the text becomes `(sensitive)`, the longest first. */
export const maskSecrets = (text: string, secrets: readonly string[]): string =>
  [...secrets]
    .sort((left, right) => right.length - left.length)
    .reduce((masked, secret) => masked.replaceAll(secret, '(sensitive)'), text);
