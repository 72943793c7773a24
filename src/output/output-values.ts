import { UsageError } from '../errors.js';
import type { Session } from '../reconcile.js';
import { availableValues } from './available-values.js';
import { nameVariables } from './name-variables.js';
import { readValues, withoutNone, type ReadValues } from './read-values.js';
import { selectValues, type Selection } from './select-values.js';
import type { Named } from './value.js';

export interface OutputOptions extends Selection {
  /** Before the names of all variables that nobody chose. */
  readonly prefix?: string;
}

/** What will be handed on, before it is read. */
export interface NamedValues {
  readonly named: readonly Named[];
  /** How many secrets are left out because nobody asked for secrets. */
  readonly hidden: number;
  /** The stack owns nothing at all: nothing was applied yet, or it has another name. */
  readonly ownsNothing: boolean;
}

/** The values with what is told of them. */
export type Outputs = ReadValues & Omit<NamedValues, 'named'>;

/**
 * What of a stack can be handed on, with the names of the variables.
 *
 * @throws {UsageError} there is nothing of a name that is asked for, or names would be equal
 * @throws {RefusedError} a secret is asked for by its name, and secrets are not; or the ledger cannot be read
 */
export async function nameOutputValues(
  { home }: Session,
  stack: string,
  options: OutputOptions,
): Promise<NamedValues> {
  if (!home.remembers) {
    throw new UsageError(
      'without a ledger it is not known which object is which',
      'take --ledger none out, or give each application its id in your deployment',
    );
  }
  const ledger = await home.read(stack);
  const { values, hidden } = selectValues(availableValues(ledger), options, stack);
  return {
    named: nameVariables(values, options.names, options.prefix),
    hidden,
    ownsNothing: ledger.entries.size === 0,
  };
}

/**
 * Reads what the stack hands on: ids, addresses and, with `secrets`, secrets of what it owns. Sends nothing that writes.
 *
 * @throws {RefusedError} the tenant does not have what is asked for by its name
 * @throws {ApiError} Logto does not answer, or refuses
 */
export async function readOutputValues(
  session: Session,
  stack: string,
  options: OutputOptions = {},
): Promise<Outputs> {
  const { named, ...told } = await nameOutputValues(session, stack, options);
  return { ...told, ...(await readValues(named, session.tenant)) };
}

/**
 * What there is to hand on, without reading any value of it.
 *
 * @throws {ApiError} Logto does not answer, or refuses
 */
export async function listOutputValues(
  session: Session,
  stack: string,
  options: OutputOptions = {},
): Promise<readonly Named[]> {
  const { named } = await nameOutputValues(session, stack, { ...options, secrets: true });
  return withoutNone(named, session.tenant);
}
