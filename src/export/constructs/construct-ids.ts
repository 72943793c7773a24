import { dashed, classOf } from './names.js';
import type { Kind } from '../../kinds/kind.js';

/**
 * What the tenant construct itself holds, and what the library takes for a name that is there already, because its table
 * of names is a plain object.
 */
const taken = ['tenant', 'apply', 'ids', ...Object.getOwnPropertyNames(Object.prototype)];

/** Ids of the constructs of one tenant: keys, where no other construct has them. */
export class ConstructIds {
  private readonly taken = new Set(taken);

  /** `orders`, or `orders-role` where an API resource has that id. */
  idFor(key: string, kind: Kind): string {
    const what = dashed(classOf(kind));
    const full = kind.singleton ? what : `${key}-${what}`;
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? key : number === 2 ? full : `${full}-${number}`;
      // The library writes its separator so.
      const stored = id.replaceAll('/', '--');
      if (this.taken.has(stored)) continue;
      this.taken.add(stored);
      return id;
    }
  }
}
