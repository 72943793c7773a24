import type { AccessEdge, AccessGraph, AccessNode, NodeType } from '../access/access-graph.js';
import { templateHeading } from './graph-layout.js';
import { edgeNames } from './graph-svg.js';

/** The graph in the language of Mermaid, which GitHub and GitLab draw in Markdown. */
export function graphMermaid({ nodes, edges }: AccessGraph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const name = (id: string): string => names.get(id) ?? 'unknown';
  const groups = nodes.filter(({ type }) => type === 'apiResource');
  const ofTemplate = nodes.filter(({ type }) => type === 'organizationPermission');
  const lines = [
    'flowchart LR',
    ...nodes.filter(isAlone).map((node) => `  ${shape(node, name(node.id))}`),
    ...groups.flatMap((group) =>
      subgraph(
        name(group.id),
        group.label,
        nodes.filter(({ parent }) => parent === group.id),
        name,
      ),
    ),
    ...(ofTemplate.length > 0 ? subgraph('template', templateHeading.label, ofTemplate, name) : []),
    ...edges.map((edge) => `  ${arrow(edge, name)}`),
    ...classesOf(nodes, name),
    '  classDef added stroke:#1a7f37,stroke-width:3px',
    '  classDef removed stroke:#cf222e,stroke-width:3px,stroke-dasharray:4',
    '  classDef changed stroke:#9a6700,stroke-width:3px',
  ];
  return `${lines.join('\n')}\n`;
}

const isAlone = ({ type }: AccessNode): boolean =>
  !['apiResource', 'permission', 'organizationPermission'].includes(type);

const shapes: Readonly<Record<NodeType, readonly [string, string]>> = {
  application: ['[', ']'],
  user: ['(', ')'],
  organization: ['[/', '/]'],
  role: ['{{', '}}'],
  organizationRole: ['{{', '}}'],
  permission: ['([', '])'],
  organizationPermission: ['([', '])'],
  apiResource: ['[', ']'],
};

function shape({ type, label }: AccessNode, name: string): string {
  const [open, close] = shapes[type];
  return `${name}${open}"${escapeLabel(label)}"${close}`;
}

const subgraph = (
  name: string,
  label: string,
  members: readonly AccessNode[],
  nameOf: (id: string) => string,
): readonly string[] => [
  `  subgraph ${name}["${escapeLabel(label)}"]`,
  ...members.map((node) => `    ${shape(node, nameOf(node.id))}`),
  '  end',
];

function arrow({ from, to, type, status }: AccessEdge, name: (id: string) => string): string {
  const line = type === 'consent' || type === 'member' ? '-.->' : '-->';
  const words = [
    ...(type === 'role' || type === 'grants' ? [] : [edgeNames[type]]),
    ...(status === 'added' || status === 'removed' ? [status] : []),
  ];
  return `${name(from)} ${line}${words.length > 0 ? `|${words.join(', ')}|` : ''} ${name(to)}`;
}

const classesOf = (nodes: readonly AccessNode[], name: (id: string) => string): readonly string[] =>
  (['added', 'removed', 'changed'] as const).flatMap((status) => {
    const ofStatus = nodes.filter((node) => node.status === status).map(({ id }) => name(id));
    return ofStatus.length === 0 ? [] : [`  class ${ofStatus.join(',')} ${status}`];
  });

/** Mermaid has entities of its own, by decimal code; everything that could be syntax, Markdown or HTML becomes one. */
const escapeLabel = (label: string): string =>
  label.replaceAll(/[^\p{L}\p{N} .,:_-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
