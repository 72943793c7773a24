import type { JsonObject } from '../../src/json';
import { count } from './counts';
import { destroyHere, planHere } from './runs';
import {
  danglingEntries,
  describeReading,
  differences,
  isLock,
  readSnapshot,
  readTenant,
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
  const reading = await readTenant(tenant, [stack]);
  const { actions } = await planHere(tenant, manifest);
  const lost = [
    ...differences(undisturbed, describeReading(reading)),
    ...danglingEntries(reading).map((address) => `${address} is in the ledger only`),
    ...actions.map(({ type, address }) => `${type} ${address} is planned again`),
  ];
  count({ lost: lost.length });
  return lost;
}

/** A lock that was left where nothing else was left to do goes with the next apply that has something to do. */
export async function unbreakableLock(tenant: TestTenant, stack: string): Promise<readonly string[]> {
  const hasLock = async (): Promise<boolean> =>
    [...(await readSnapshot(tenant)).resources.values()].some(isLock);
  if (!(await hasLock())) return [];
  await destroyHere(tenant, stack, ['protect', 'cascade']);
  return (await hasLock()) ? ['the lock is still there'] : [];
}
