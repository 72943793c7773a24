import { formatAddress, parseAddress } from '../address.js';
import { textOf } from '../json.js';
import { titleOf } from '../kinds/identity.js';
import { kindNamed } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import { newUserId, type AccessNode, type NodeType, type Status } from './access-graph.js';
import { referredAddress, type AccessResource } from './edges.js';

const typeOfKind: Readonly<Partial<Record<string, NodeType>>> = {
  applications: 'application',
  users: 'user',
  organizations: 'organization',
  roles: 'role',
  organizationRoles: 'organizationRole',
  'apiResources.scopes': 'permission',
  organizationScopes: 'organizationPermission',
  apiResources: 'apiResource',
};

/** The node of a resource; nothing for a kind that has nothing to do with access. */
export function nodeOf(resource: AccessResource, status: Status): AccessNode | undefined {
  const { kind, address, fields, external } = resource;
  const type = typeOfKind[kind.name];
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

function detailOf({ name, fields: known }: Kind, { fields }: AccessResource): string | undefined {
  if (fields.type !== undefined) return textOf(fields.type);
  if (name === 'apiResources') return fields.indicator === undefined ? undefined : textOf(fields.indicator);
  const usual = known.type?.default;
  return usual === undefined || Object.keys(fields).length === 0 ? undefined : textOf(usual);
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
  const isBuiltIn = child === undefined && Object.hasOwn(kind.builtIns ?? {}, key);
  return node && { ...node, ...(isBuiltIn && { label: 'Logto Management API' }), isExternal: true };
}
