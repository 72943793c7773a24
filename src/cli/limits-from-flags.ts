import { UsageError } from '../errors.js';
import { rules, type Rule } from '../plan/plan-input.js';
import type { PlanOptions } from '../reconcile.js';
import type { LockOptions } from '../state/lock.js';

/** Options that say how far a plan may go, as commander hands them over. */
export interface LimitFlags {
  readonly adopt?: boolean;
  readonly allowReplace?: boolean;
  readonly maxDeletes?: string;
  readonly force?: readonly string[];
  readonly reset?: boolean;
}

export interface LockFlags {
  /** False with --no-lock. */
  readonly lock?: boolean;
  readonly lockTimeout?: string;
}

/** @throws {UsageError} a number is none, or a rule is unknown */
export function limitsOf(flags: LimitFlags, isDestroying = false): PlanOptions {
  const { adopt = false, allowReplace = false, maxDeletes, force = [], reset = false } = flags;
  return {
    adopt,
    allowReplace,
    isDestroying,
    reset,
    force: force.map(ruleNamed),
    ...(maxDeletes !== undefined && { maxDeletes: wholeNumber('--max-deletes', maxDeletes) }),
  };
}

function ruleNamed(name: string): Rule {
  const rule = rules.find((known) => known === name);
  if (rule) return rule;
  throw new UsageError(
    `--force ${name} names no rule`,
    `the rules that can be overridden: ${rules.join(', ')}`,
  );
}

/** False where no lock is wanted. */
export function lockOf(
  flags: LockFlags,
  signal: AbortSignal,
  onNotice: (text: string) => void,
): LockOptions | false {
  if (flags.lock === false) return false;
  const { lockTimeout = '0' } = flags;
  return { waitSeconds: wholeNumber('--lock-timeout', lockTimeout), signal, onNotice };
}

function wholeNumber(flag: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${flag} ${text} is no whole number`);
}
