import type { AccessLink, NodeType } from '../kinds/access.js';

/** What a plan does to a part of the graph; `same` where there is no plan. */
export type Status = 'same' | 'added' | 'removed' | 'changed';

export type { EdgeType, NodeType } from '../kinds/access.js';

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

export interface AccessEdge extends AccessLink {
  readonly status: Status;
}

/** Applications, users and organizations, their roles, and the permissions of API resources that these give. */
export interface AccessGraph {
  readonly nodes: readonly AccessNode[];
  readonly edges: readonly AccessEdge[];
}
