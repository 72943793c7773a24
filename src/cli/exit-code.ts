import { ApiError, ManifestError, RefusedError, UsageError } from '../errors.js';

/** What the process says when it ends; part of the contract with CI pipelines. */
export const exitCode = {
  done: 0,
  bug: 1,
  changesFound: 2,
  invalidInput: 3,
  tenantUnreachable: 4,
  refused: 5,
  endedPartWay: 6,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ManifestError || error instanceof UsageError) return exitCode.invalidInput;
  if (error instanceof ApiError) return exitCode.tenantUnreachable;
  if (error instanceof RefusedError) return exitCode.refused;
  return exitCode.bug;
}
