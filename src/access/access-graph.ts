/** What a plan does to a part of the graph; `same` where there is no plan. */
export type Status = 'same' | 'added' | 'removed' | 'changed';

export type NodeType =
  | 'application'
  | 'user'
  | 'organization'
  | 'role'
  | 'organizationRole'
  | 'permission'
  | 'organizationPermission'
  | 'apiResource';

/** Somebody or something in the question who can reach what. */
export interface AccessNode {
  /** Its address; of what is external, the address that references have. */
  readonly id: string;
  readonly type: NodeType;
  /** What a person knows it by. */
  readonly label: string;
  /** The type of an application or role. */
  readonly detail?: string;
  /** Of a permission: the API resource that it belongs to. */
  readonly parent?: string;
  readonly status: Status;
  /** It exists already and no manifest here manages it. */
  readonly isExternal?: true;
}

/**
 * `role`: has the role. `grants`: the role holds the permission. `member`: belongs to the organization, which alone gives
 * nothing. `joins`: who joins the organization by just-in-time provisioning gets the role. `consent`: may ask its users for
 * the permission.
 */
export type EdgeType = 'role' | 'grants' | 'member' | 'joins' | 'consent';

export interface AccessEdge {
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
  /** The organization in which it holds. */
  readonly within?: string;
  readonly status: Status;
}

/** Applications, users and organizations, their roles, and the permissions of API resources that these give. */
export interface AccessGraph {
  readonly nodes: readonly AccessNode[];
  readonly edges: readonly AccessEdge[];
}

/** Stands for whoever signs up: gets the roles that are the default. */
export const newUserId = 'everyNewUser';
