import { parentAddress } from '../address.js';
import { isObject, jsonEqual, textOf } from '../json.js';
import { isChild, valueAt } from '../kinds/identity.js';
import { kindOfAddress } from '../kinds/index.js';
import type { TenantLists, TenantObject } from '../kinds/kind.js';
import type { Intent, Ledger } from './ledger.js';
import type { Matching } from './matching.js';
import { siblingsIn } from './siblings.js';

/**
 * Finds what an apply that was cut off has made for addresses that were taken out of the manifest since. Each object is
 * found once, also where several addresses announced the same name.
 *
 * @returns the id for an address; of a link `from/to`
 */
export function announcedObjects(
  ledger: Ledger,
  lists: TenantLists,
  { matches }: Pick<Matching, 'matches'>,
): (address: string) => string | undefined {
  const found = new Map<string, string | undefined>();
  const taken = new Set([...matches.values()].map(({ object }) => object.id));

  /** Whatever this address is called in the tenant by now: declared, owned or announced. */
  const idOf = (address: string): string | undefined => {
    const matched = matches.get(address)?.object.id;
    return matched ?? announced(address) ?? ledger.entries.get(address)?.id;
  };
  const announced = (address: string): string | undefined => {
    const intent = ledger.intents.get(address);
    if (intent && !found.has(address)) {
      found.set(address, undefined);
      const id = kindOfAddress(address)?.link ? linkId(intent) : objectFor(address, intent)?.id;
      if (id !== undefined) taken.add(id);
      found.set(address, id);
    }
    return found.get(address);
  };
  const linkId = ({ fields: { from, to } }: Intent): string | undefined => {
    const ends = [from, to].map((end) => {
      if (!isObject(end)) return undefined;
      return typeof end.id === 'string' ? end.id : idOf(textOf(end.address));
    });
    return ends.includes(undefined) ? undefined : ends.join('/');
  };
  const objectFor = (address: string, intent: Intent): TenantObject | undefined =>
    siblingsOf(address).find(
      (object) =>
        // Without anything to know it by, nothing is it.
        Object.keys(intent.fields).length > 0 &&
        !taken.has(object.id) &&
        !ledger.owned.has(object.id) &&
        !ledger.foreign.has(object.id) &&
        (object.createdAt ?? Infinity) >= intent.since &&
        Object.entries(intent.fields).every(([name, value]) =>
          jsonEqual(valueAt(object.fields, name), value),
        ),
    );
  const siblingsOf = (address: string): readonly TenantObject[] => {
    const kind = kindOfAddress(address);
    return kind ? siblingsIn(lists, kind, isChild(kind) ? idOf(parentAddress(address)) : undefined) : [];
  };
  return announced;
}
