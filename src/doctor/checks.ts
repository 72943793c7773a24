import { ManifestError, RefusedError, UsageError, ApiError } from '../errors.js';

/** What was looked at, in the order in which it is. */
export type CheckName =
  | 'manifest'
  | 'schema'
  | 'settings'
  | 'endpoint'
  | 'issuer'
  | 'clock'
  | 'credentials'
  | 'permission'
  | 'role'
  | 'version'
  | 'ledger'
  | 'lock';

/** What came out of one check. */
export interface Check {
  readonly check: CheckName;
  readonly status: 'ok' | 'warning' | 'failed' | 'unchecked';
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** What a check found; with a remedy it is a warning. */
export interface Found<T> {
  readonly value: T;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** What later checks stand on: what was found, or the check because of which there is nothing. */
export type Result<T> = { readonly value: T } | { readonly lackingBecause: CheckName };

/** Checks one after the other; what stands on something that failed is told as not checked. */
export class Examination {
  readonly checks: Check[] = [];
  /** What the first check that failed failed with. */
  failure: unknown;

  /**
   * @param needs what has to have been found
   * @param look throws where the check fails; an error that nobody foresaw goes through
   */
  async check<T>(
    check: CheckName,
    needs: readonly Result<unknown>[],
    look: () => Found<T> | Promise<Found<T>>,
  ): Promise<Result<T>> {
    const broken = needs.find((need) => 'lackingBecause' in need);
    if (broken) return this.skip(check, broken.lackingBecause);
    try {
      const { value, message, remedy } = await look();
      const status = remedy === undefined ? 'ok' : 'warning';
      this.checks.push({ check, status, message, ...(remedy !== undefined && { remedy }) });
      return { value };
    } catch (error) {
      this.checks.push({ check, status: 'failed', ...explain(error) });
      this.failure ??= error;
      return { lackingBecause: check };
    }
  }

  /** Tells that there is nothing to check. */
  leaveOut(check: CheckName, message: string): void {
    this.checks.push({ check, status: 'unchecked', message });
  }

  /** Tells that a check has nothing to stand on. */
  skip(check: CheckName, because: CheckName): Result<never> {
    this.leaveOut(check, `not checked: ${because} comes first`);
    return { lackingBecause: because };
  }
}

/** @throws what nobody foresaw */
function explain(error: unknown): Pick<Check, 'message' | 'remedy'> {
  if (error instanceof ManifestError) {
    const mistakes = error.problems.filter(({ severity }) => severity === 'error');
    const [first] = mistakes;
    const place = first?.at ? `${first.at.file}:${first.at.line}:${first.at.column}  ` : '';
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
    return {
      message: `${place}${first?.message ?? error.message}${more}`,
      remedy: 'logto-iac validate shows all of it',
    };
  }
  if (error instanceof ApiError || error instanceof RefusedError || error instanceof UsageError) {
    return { message: error.message, ...(error.hint !== undefined && { remedy: error.hint }) };
  }
  throw error;
}
