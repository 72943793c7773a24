import type { AccessGraph, AccessNode, EdgeType, Status } from '../access/access-graph.js';
import { layOut, size, type Box } from './graph-layout.js';
import { markup, type Markup } from './markup.js';
import { graphStyle } from './page-assets.js';

/** With more edges than this, they are faint until somebody asks for one. */
const manyEdges = 150;

/** Longer names are cut; the whole stands in the tooltip. */
const widestLabel = 26;

/** The graph as a picture that stands by itself: light or dark as whoever looks at it prefers. */
export function graphSvg(graph: AccessGraph): string {
  const { text } = drawGraph(graph, markup`<style>${styleOf()}</style>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
}

const styleOf = (): Markup => markup`/*<![CDATA[*/${graphStyle()}/*]]>*/`;

/** The same, for a page that has the style already. */
export function drawGraph(graph: AccessGraph, style?: Markup): Markup {
  const { width, height, columns, boxes, curves } = layOut(graph);
  const indexes = new Map(boxes.map(({ node }, index) => [node.id, index]));
  const index = (id: string): number => indexes.get(id) ?? -1;
  const lines = curves.map(({ edge, path }) => {
    const { from, to, type, status } = edge;
    return markup`<path class="edge ${type} ${status}" data-from="${index(from)}" data-to="${index(to)}" d="${path}"/>`;
  });
  const titles = columns.map(
    ({ title, x }) => markup`<text class="column" x="${x}" y="${size.top - 20}">${title}</text>`,
  );
  return markup`<svg class="graph${curves.length > manyEdges ? ' dense' : ''}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="Access graph" data-size="${JSON.stringify(size)}">${style}
<g class="columns">${titles}</g>
<g class="edges" aria-hidden="true">${lines}</g>
<g class="nodes">${boxes.map(drawBox)}</g>
</svg>`;
}

function drawBox({ node, column, x, y }: Box, index: number): Markup {
  const { type, label, status, isExternal } = node;
  const kind = type === 'apiResource' ? 'heading' : 'box';
  const classes = [kind, type, status, ...(isExternal ? ['external'] : [])].join(' ');
  return markup`<g class="node ${classes}" data-index="${index}" data-column="${column}" transform="translate(${x} ${y})"><title>${describeNode(node)}</title><rect width="${size.box}" height="${size.height}" rx="4"/><text x="22" y="16">${shortened(label)}</text><text class="sign" x="8" y="16">${signOf(node)}</text></g>`;
}

const shortened = (label: string): string => {
  const characters = Array.from(label);
  return characters.length > widestLabel ? `${characters.slice(0, widestLabel - 1).join('')}…` : label;
};

// What a plan does is not told by colour alone.
const signs: Readonly<Record<Status, string>> = { same: '', added: '+', removed: '−', changed: '~' };
const marks: Readonly<Record<AccessNode['type'], string>> = {
  application: '▢',
  user: '○',
  organization: '⌂',
  role: '◇',
  organizationRole: '◈',
  permission: '·',
  organizationPermission: '·',
  apiResource: '▤',
};
const signOf = ({ status, type }: AccessNode): string => signs[status] || marks[type];

const typeNames: Readonly<Record<AccessNode['type'], string>> = {
  application: 'application',
  user: 'user',
  organization: 'organization',
  role: 'role',
  organizationRole: 'organization role',
  permission: 'permission',
  organizationPermission: 'organization permission',
  apiResource: 'API resource',
};

export const edgeNames: Readonly<Record<EdgeType, string>> = {
  role: 'has the role',
  grants: 'holds the permission',
  member: 'belongs to',
  joins: 'gives new members',
  consent: 'may ask its users for',
};

/** One line for tooltips and for screen readers: `Worker (MachineToMachine application, applications.worker), is added`. */
export function describeNode({ id, type, label, detail, status, isExternal }: AccessNode): string {
  const what = [
    ...(detail === undefined ? [] : [detail]),
    `${typeNames[type]}, ${id}`,
    ...(isExternal ? ['not managed here'] : []),
  ].join(', ');
  return `${label} (${what})${status === 'same' ? '' : `, is ${status}`}`;
}
