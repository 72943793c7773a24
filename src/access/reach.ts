import type { AccessEdge, AccessGraph, AccessNode, Status } from './access-graph.js';

/** Somebody reaches a permission, by a role or because users consent. */
export interface Reach {
  readonly subject: string;
  readonly permission: string;
  /** The role; undefined where an application may ask its users. */
  readonly role?: string;
  /** The organization in which it holds. */
  readonly within?: string;
  readonly status: Status;
}

/** Who can reach what: each way from an application, a user or an organization to a permission. */
export function reachOf({ nodes, edges }: AccessGraph): readonly Reach[] {
  const types = new Map(nodes.map((node): [string, AccessNode] => [node.id, node]));
  const grants = new Map<string, AccessEdge[]>();
  for (const edge of edges) {
    if (edge.type === 'grants') grants.set(edge.from, [...(grants.get(edge.from) ?? []), edge]);
  }
  const statusOfNode = (id: string): Status => types.get(id)?.status ?? 'same';
  return edges.flatMap((edge): readonly Reach[] => {
    const { from, to, type, within } = edge;
    if (type === 'consent') {
      const status = together([edge.status, statusOfNode(from), statusOfNode(to)]);
      return [{ subject: from, permission: to, status }];
    }
    if (type !== 'role' && type !== 'joins') return [];
    return (grants.get(to) ?? []).map((grant) => ({
      subject: from,
      permission: grant.to,
      role: to,
      ...(within !== undefined && { within }),
      status: together([
        edge.status,
        grant.status,
        statusOfNode(from),
        statusOfNode(to),
        statusOfNode(grant.to),
      ]),
    }));
  });
}

/** A way is gone when one of its parts goes, and new when one of them is. */
function together(statuses: readonly Status[]): Status {
  if (statuses.includes('removed')) return 'removed';
  return statuses.includes('added') ? 'added' : 'same';
}
