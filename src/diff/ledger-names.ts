import { RefusedError } from '../errors.js';
import type { ReadApi } from '../management-api/api.js';
import type { Ledger } from '../state/ledger.js';
import { tenantLedger } from '../state/tenant-ledger.js';

/** What a ledger calls an object. */
export interface LedgerName {
  readonly stack: string;
  readonly address: string;
}

/** What the ledgers that a tenant keeps call its objects, by id. */
export type LedgerNames = ReadonlyMap<string, LedgerName>;

/**
 * Reads the ledgers of all stacks in a tenant. They only help to tell which object is which, so a tenant without any, or
 * with one that is broken, is no failure.
 *
 * @param ownApplicationId the application that the run signs in with; others may keep ledgers too
 * @returns with `failure`, why nothing is known
 */
export async function readLedgerNames(
  api: ReadApi,
  ownApplicationId: string,
): Promise<{ readonly names: LedgerNames; readonly failure?: string }> {
  const read = (stack: string, applicationId = ownApplicationId): Promise<Ledger> =>
    tenantLedger(api, cannotWrite, applicationId).read(stack);
  try {
    const first = await read('default');
    const owners = [...first.foreign.values()].map((owner) => [JSON.stringify(owner), owner] as const);
    const others = [...new Map(owners).values()].map(({ stack, applicationId }) =>
      read(stack, applicationId),
    );
    const names = [first, ...(await Promise.all(others))].flatMap(({ stack, entries }) =>
      [...entries].map(([address, { id }]) => [id, { stack, address }] as const),
    );
    return { names: new Map(names) };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { names: new Map(), failure: error.message };
  }
}

const cannotWrite = (): never => {
  throw new Error('a comparison writes nothing');
};
