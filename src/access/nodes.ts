import { formatAddress, parseAddress } from '../address.js';
import { textOf } from '../json.js';
import { newUserId } from '../kinds/access.js';
import { titleOf } from '../kinds/identity.js';
import { kindNamed } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import type { AccessNode, Status } from './access-graph.js';
import { referredAddress, type AccessResource } from './access-resource.js';

/** The node of a resource; nothing for a kind that has nothing to do with access. */
export function nodeOf(resource: AccessResource, status: Status): AccessNode | undefined {
  const { kind, address, fields, external } = resource;
  const type = kind.access?.node;
  if (type === undefined) return undefined;
  const id = referredAddress(address);
  const detail = detailOf(kind, resource);
  const parent = parentOf(id);
  return {
    id,
    type,
    label: labelOf(kind, fields, id),
    ...(detail !== undefined && { detail }),
    ...(parent !== undefined && { parent }),
    status,
    ...(external && { isExternal: true }),
  };
}

/** The name; the key where nothing is known but that. */
function labelOf(kind: Kind, fields: AccessResource['fields'], id: string): string {
  const key = parseAddress(id)?.at(-1) ?? id;
  if (kind.keyField !== undefined) return key;
  const known = kind.keyOf?.(fields).map((name) => textOf(fields[name]))[0];
  return known ?? (fields[kind.title] === undefined ? key : titleOf(kind, fields));
}

/** What is stated, else what Logto assumes; nothing where nothing is known of the resource. */
function detailOf({ access, fields: known }: Kind, { fields }: AccessResource): string | undefined {
  const { detail } = access ?? {};
  if (detail === undefined || Object.keys(fields).length === 0) return undefined;
  const value = fields[detail] ?? known[detail]?.default;
  return value === undefined ? undefined : textOf(value);
}

const parentOf = (id: string): string | undefined => {
  const segments = parseAddress(id) ?? [];
  return segments.length === 4 ? formatAddress(segments.slice(0, 2)) : undefined;
};

/** The node of what an edge leads to and no resource stands for: built in, or known by its address alone. */
export function nodeAt(address: string, status: Status): AccessNode | undefined {
  if (address === newUserId) {
    return { id: newUserId, type: 'user', label: 'Every new user', status: 'same', isExternal: true };
  }
  const [section = '', key = '', child] = parseAddress(address) ?? [];
  const kind = kindNamed(child === undefined ? section : `${section}.${child}`);
  const node = nodeOf({ kind, address, fields: {} }, status);
  // A key may be called like what every object inherits.
  const isBuiltIn = child === undefined && Object.hasOwn(kind.builtIns ?? {}, key);
  const builtIn = isBuiltIn ? kind.builtIns?.[key] : undefined;
  return node && { ...node, ...(builtIn && { label: builtIn.title }), isExternal: true };
}
