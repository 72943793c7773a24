import { formatAddress } from '../address.js';
import { isObject, textOf, type Json, type JsonObject } from '../json.js';

/** What an object is in the question who can reach what. */
export type NodeType =
  | 'application'
  | 'user'
  | 'organization'
  | 'role'
  | 'organizationRole'
  | 'permission'
  | 'organizationPermission'
  | 'apiResource';

/**
 * `role`: has the role. `grants`: the role holds the permission. `member`: belongs to the organization, which alone gives
 * nothing. `joins`: who joins the organization by just-in-time provisioning gets the role. `consent`: may ask its users for
 * the permission.
 */
export type EdgeType = 'role' | 'grants' | 'member' | 'joins' | 'consent';

/** A way from one address to another. */
export interface AccessLink {
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
  /** The organization in which it holds. */
  readonly within?: string;
}

/** What a kind has to do with who can reach what. */
export interface Access {
  /** Absent where its resources are nothing but links of others. */
  readonly node?: NodeType;
  /** The field that is shown beside the name. */
  readonly detail?: string;
  /** The links that the fields of a resource state. */
  readonly links?: (address: string, fields: JsonObject) => readonly AccessLink[];
}

/** Stands for whoever signs up: gets the roles that are the default. */
export const newUserId = 'everyNewUser';

/** Somebody has roles, named in a list of their keys. */
export const roleLinks = (from: string, roles: Json | undefined): readonly AccessLink[] =>
  textsIn(roles).map((key) => ({ from, to: formatAddress(['roles', key]), type: 'role' }));

/** Permissions of API resources: the key of each API resource → names of permissions. */
export const permissionLinks = (
  from: string,
  scopes: Json | undefined,
  type: EdgeType = 'grants',
): readonly AccessLink[] =>
  entriesIn(scopes).flatMap(([resource, names]) =>
    textsIn(names).map((name) => ({
      from,
      to: formatAddress(['apiResources', resource, 'scopes', name]),
      type,
    })),
  );

/** Permissions inside organizations, named in a list of their keys. */
export const organizationPermissionLinks = (
  from: string,
  scopes: Json | undefined,
  type: EdgeType = 'grants',
): readonly AccessLink[] =>
  textsIn(scopes).map((key) => ({ from, to: formatAddress(['organizationScopes', key]), type }));

/** Somebody has roles inside of an organization, or gets them there. */
export const organizationRoleLinks = (
  from: string,
  within: string,
  roles: Json | undefined,
  type: EdgeType = 'role',
): readonly AccessLink[] =>
  textsIn(roles).map((key) => ({ from, to: formatAddress(['organizationRoles', key]), type, within }));

/** Somebody belongs to an organization, and has roles there. */
export const memberLinks = (
  from: string,
  organization: string,
  roles: Json | undefined,
): readonly AccessLink[] => [
  { from, to: organization, type: 'member' },
  ...organizationRoleLinks(from, organization, roles),
];

/** The entries of a map; none where it is none. */
export const entriesIn = (value: Json | undefined): readonly (readonly [string, Json])[] =>
  isObject(value) ? Object.entries(value) : [];

const textsIn = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];

/** A single role of an application, stated on its own. */
export const assignmentLinks = ({ application, role }: JsonObject): readonly AccessLink[] =>
  roleLinks(formatAddress(['applications', textOf(application)]), [role ?? '']);
