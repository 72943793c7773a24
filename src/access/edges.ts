import { externalAddress, referencesOf } from '../kinds/references.js';
import { formatAddress } from '../address.js';
import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { newUserId, type AccessEdge } from './access-graph.js';

export type BareEdge = Omit<AccessEdge, 'status'>;

/** A resource as far as access is concerned. */
export interface AccessResource {
  readonly kind: Kind;
  readonly address: string;
  readonly fields: JsonObject;
  readonly parent?: string;
  readonly external?: true;
}

/** The links that the fields of a resource state; those of kinds that have to do with access. */
export function edgesOf({ kind, address, fields }: AccessResource): readonly BareEdge[] {
  switch (kind.name) {
    case 'applications':
      return [...roleEdges(address, fields.roles), ...consentEdges(address, kind, fields.userConsentScopes)];
    case 'users':
      return [...roleEdges(address, fields.roles), ...membershipEdges(address, fields.organizations)];
    case 'roleAssignments':
      return roleEdges(formatAddress(['applications', textOf(fields.application)]), [fields.role ?? '']);
    case 'roles':
      return [
        ...permissionEdges(address, fields.scopes),
        ...(fields.isDefault === true ? [{ from: newUserId, to: address, type: 'role' } as const] : []),
      ];
    case 'organizationRoles':
      return [
        ...permissionEdges(address, fields.resourceScopes),
        ...keysOf(fields.scopes).map((key) => edge(address, ['organizationScopes', key], 'grants')),
      ];
    case 'organizations': {
      const jit = isObject(fields.jit) ? fields.jit.roles : undefined;
      const members = isObject(fields.applications) ? fields.applications : {};
      return [
        ...keysOf(jit).map((key) => ({
          ...edge(address, ['organizationRoles', key], 'joins'),
          within: address,
        })),
        ...Object.entries(members).flatMap(([key, roles]) =>
          memberEdges(formatAddress(['applications', key]), address, roles),
        ),
      ];
    }
    default:
      return [];
  }
}

const keysOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];

const edge = (from: string, to: readonly string[], type: BareEdge['type']): BareEdge => ({
  from,
  to: formatAddress(to),
  type,
});

const roleEdges = (from: string, roles: Json | undefined): readonly BareEdge[] =>
  keysOf(roles).map((key) => edge(from, ['roles', key], 'role'));

const permissionEdges = (from: string, scopes: Json | undefined): readonly BareEdge[] =>
  Object.entries(isObject(scopes) ? scopes : {}).flatMap(([resource, names]) =>
    keysOf(names).map((name) => edge(from, ['apiResources', resource, 'scopes', name], 'grants')),
  );

const memberEdges = (from: string, organization: string, roles: Json): readonly BareEdge[] => [
  { from, to: organization, type: 'member' },
  ...keysOf(roles).map((key) => ({
    ...edge(from, ['organizationRoles', key], 'role'),
    within: organization,
  })),
];

const membershipEdges = (user: string, organizations: Json | undefined): readonly BareEdge[] =>
  Object.entries(isObject(organizations) ? organizations : {}).flatMap(([key, roles]) =>
    memberEdges(user, formatAddress(['organizations', key]), roles),
  );

/** The permissions among what a third-party application may ask for; the others are of the user itself. */
function consentEdges(from: string, kind: Kind, scopes: Json | undefined): readonly BareEdge[] {
  const field = kind.fields.userConsentScopes;
  if (!field || !isObject(scopes)) return [];
  return referencesOf({ userConsentScopes: scopes }, { userConsentScopes: field })
    .filter((reference) => reference.kind === 'organizationScopes' || reference.parent)
    .map(({ address }) => ({ from, to: address, type: 'consent' }));
}

/** The address that references have: that of a managed resource, also for one that is external. */
export const referredAddress = (address: string): string =>
  address.startsWith(externalAddress('')) ? address.slice(externalAddress('').length) : address;
