import type { JsonObject } from '../../src/json';
import { count } from './counts';
import { planHere } from './runs';
import {
  danglingEntries,
  describeTenant,
  differences,
  readLedger,
  readSnapshot,
  type Described,
} from './snapshot';
import type { TestTenant } from './tenant';

/**
 * What is not as it should be after everything has been applied: differences from the tenant of an undisturbed run,
 * ledger entries without an object, actions that are still planned. Each a line; [] when all is well.
 */
export async function whatIsLost(
  tenant: TestTenant,
  stack: string,
  manifest: JsonObject,
  undisturbed: Described,
): Promise<readonly string[]> {
  const [end, snapshot, ledger] = await Promise.all([
    describeTenant(tenant, [stack]),
    readSnapshot(tenant),
    readLedger(tenant, stack),
  ]);
  const { actions } = await planHere(tenant, manifest);
  const lost = [
    ...differences(undisturbed, end),
    ...danglingEntries(ledger, snapshot).map((address) => `${address} is in the ledger only`),
    ...actions.map(({ type, address }) => `${type} ${address} is planned again`),
  ];
  count({ lost: lost.length });
  return lost;
}
