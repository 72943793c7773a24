import type { JsonObject } from '../json.js';
import type { AccessLink } from '../kinds/access.js';
import type { Kind } from '../kinds/kind.js';
import { externalAddress } from '../kinds/references.js';

/** A resource as far as access is concerned. */
export interface AccessResource {
  readonly kind: Kind;
  readonly address: string;
  readonly fields: JsonObject;
  readonly parent?: string;
  readonly external?: true;
}

/** The links that the fields of a resource state. */
export const linksOf = ({ kind, address, fields }: AccessResource): readonly AccessLink[] =>
  kind.access?.links?.(address, fields) ?? [];

/** The address that references have: that of a managed resource, also for one that is external. */
export const referredAddress = (address: string): string =>
  address.startsWith(externalAddress('')) ? address.slice(externalAddress('').length) : address;
