import type { AccessEdge, AccessGraph, AccessNode, NodeType } from '../access/access-graph.js';

/** A node with its place. Headings are what permissions belong to. */
export interface Box {
  readonly node: AccessNode;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly { readonly title: string; readonly x: number }[];
  readonly boxes: readonly Box[];
  readonly curves: readonly { readonly edge: AccessEdge; readonly path: string }[];
}

/** Sizes in pixels; the script of the page knows the same. */
export const size = { box: 216, gap: 104, row: 30, height: 24, top: 44, margin: 16 } as const;

const columns: readonly { readonly title: string; readonly types: readonly NodeType[] }[] = [
  // First, so that the ways from applications to roles do not lead behind them: membership alone gives nothing.
  { title: 'Organizations', types: ['organization'] },
  { title: 'Applications and users', types: ['application', 'user'] },
  { title: 'Roles', types: ['role', 'organizationRole'] },
  { title: 'Permissions of API resources', types: ['apiResource', 'permission', 'organizationPermission'] },
];

/** Organization permissions belong to the template of all organizations; they stand below a heading of their own. */
export const templateHeading: AccessNode = {
  id: 'organizationScopes',
  type: 'apiResource',
  label: 'Organization permissions',
  status: 'same',
};

/** Puts each node into the column of its type, what is connected near each other, and draws the edges between. */
export function layOut({ nodes, edges }: AccessGraph): Layout {
  const used = columns.filter(({ types }) => nodes.some(({ type }) => types.includes(type)));
  const lists = orderColumns(
    used.map(({ types }) => nodes.filter(({ type }) => types.includes(type))),
    edges,
  );
  const boxes = lists.flatMap((list, column) =>
    list.map((node, row): Box => ({
      node,
      column,
      x: size.margin + column * (size.box + size.gap),
      y: size.top + row * size.row,
    })),
  );
  const places = new Map(boxes.map((box) => [box.node.id, box]));
  const curves = edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    return from && to ? [{ edge, path: curve(from, to) }] : [];
  });
  const rows = Math.max(1, ...lists.map(({ length }) => length));
  return {
    width: size.margin * 2 + used.length * size.box + Math.max(0, used.length - 1) * size.gap,
    height: size.top + rows * size.row + size.margin,
    columns: used.map(({ title }, column) => ({ title, x: size.margin + column * (size.box + size.gap) })),
    boxes,
    curves,
  };
}

/** From the right side of the one box to the left side of the other. */
function curve(one: Box, other: Box): string {
  const [from, to] = one.x < other.x ? [one, other] : [other, one];
  const [x1, y1] = [from.x + size.box, from.y + size.height / 2];
  const [x2, y2] = [to.x, to.y + size.height / 2];
  const bend = Math.max(40, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

type Column = readonly AccessNode[];

/** Permissions stay below their API resource; the others move to where most of their edges lead. */
function orderColumns(lists: readonly Column[], edges: readonly AccessEdge[]): readonly Column[] {
  const ordered = lists.map((list) => (list.some(({ type }) => isPermission(type)) ? grouped(list) : list));
  for (let column = ordered.length - 2; column >= 0; column -= 1) {
    const rows = new Map(
      ordered.slice(column + 1).flatMap((list) => list.map((node, row) => [node.id, row] as const)),
    );
    ordered[column] = nearTheirTargets(ordered[column] ?? [], edges, rows);
  }
  return ordered;
}

const isPermission = (type: NodeType): boolean => type === 'permission' || type === 'organizationPermission';

function grouped(list: Column): Column {
  const resources = list.filter(({ type }) => type === 'apiResource');
  const ofTemplate = list.filter(({ type }) => type === 'organizationPermission');
  return [
    ...resources.flatMap((resource) => [resource, ...list.filter(({ parent }) => parent === resource.id)]),
    ...(ofTemplate.length > 0 ? [templateHeading, ...ofTemplate] : []),
  ];
}

function nearTheirTargets(
  list: Column,
  edges: readonly AccessEdge[],
  rows: ReadonlyMap<string, number>,
): Column {
  const targets = new Map<string, number[]>();
  const note = (id: string, row: number | undefined): void => {
    if (row !== undefined) targets.set(id, [...(targets.get(id) ?? []), row]);
  };
  for (const { from, to } of edges) {
    note(from, rows.get(to));
    note(to, rows.get(from));
  }
  const weight = ({ id }: AccessNode): number => {
    const found = targets.get(id);
    // What leads nowhere comes last.
    return found ? found.reduce((sum, row) => sum + row, 0) / found.length : Number.MAX_SAFE_INTEGER;
  };
  return [...list].sort((left, right) => weight(left) - weight(right));
}
