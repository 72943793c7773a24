import { parseAddress } from '../address.js';
import { UsageError } from '../errors.js';
import type { ChosenName, Selected } from './select-values.js';
import type { Named } from './value.js';

/**
 * Gives each value the name of its variable: the words of its address in capitals, so that it stays the same whatever else
 * the stack owns (`applications.order-worker.clientId` → `APPLICATIONS_ORDER_WORKER_CLIENT_ID`; of the tenant
 * `LOGTO_ENDPOINT`).
 *
 * @param prefix before all others
 * @throws {UsageError} two values would have the same name, or a name is none
 */
export function nameVariables(
  values: readonly Selected[],
  names: readonly ChosenName[] = [],
  prefix = '',
): readonly Named[] {
  const named = values.flatMap((value): readonly Named[] => {
    const chosen = names.filter(({ place }) => place === value.place);
    if (chosen.length === 0) return [{ ...value, variable: prefix + variableOf(value.place) }];
    return chosen.map(({ variable }) => ({ ...value, variable }));
  });
  const taken = new Map<string, string>();
  for (const { variable, place } of named) {
    if (!isVariable(variable)) {
      throw new UsageError(
        `${JSON.stringify(variable)} is no name of a variable`,
        'letters, digits and underscores, and no digit first',
      );
    }
    const other = taken.get(variable);
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${place} would both be ${variable}`,
        `name one of them yourself: --name OTHER_NAME=${place}`,
      );
    }
    taken.set(variable, place);
  }
  return named;
}

/** What every shell and every container takes. */
export const isVariable = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

function variableOf(place: string): string {
  const segments = parseAddress(place) ?? [place];
  const words = segments[0] === 'tenant' ? ['logto', ...segments.slice(1)] : segments;
  return words
    .join('_')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}
