import type { AccessGraph, AccessNode, Status } from '../access/access-graph.js';
import { reachOf, type Reach } from '../access/reach.js';
import { drawGraph } from './graph-svg.js';
import type { PageSection } from './html-page.js';
import { matrixHtml } from './html-matrix.js';
import { markup, type Markup } from './markup.js';
import { count } from './count.js';

/** The graph, the list of who can reach what, and the matrix; nothing where nothing has to do with access. */
export function accessSections(graph: AccessGraph): readonly PageSection[] {
  if (graph.edges.length === 0) return [];
  const reach = reachOf(graph);
  return [
    { id: 'graph', title: 'Access graph', content: graphHtml(graph) },
    { id: 'reach', title: 'Who can reach what', content: reachHtml(graph, reach) },
    { id: 'matrix', title: 'Machines and permissions', content: matrixHtml(graph, reach) },
  ];
}

/** Of more nodes than this, at first only those are shown of which the plan changes something. */
const manyNodes = 120;

const legend: readonly (readonly [className: string, sign: string, meaning: string])[] = [
  ['added', '+', 'added by the plan'],
  ['removed', '−', 'removed'],
  ['changed', '~', 'changed'],
];

function graphHtml(graph: AccessGraph): Markup {
  const { nodes, edges } = graph;
  const hasChanges = [...nodes, ...edges].some(({ status }) => status !== 'same');
  const signs = hasChanges
    ? legend.map(
        ([className, sign, meaning]) =>
          markup`<span class="key ${className}"><b>${sign}</b> ${meaning}</span>`,
      )
    : [];
  const onlyChanges = hasChanges
    ? markup`<label><input type="checkbox" data-graph="changes"${nodes.length > manyNodes ? markup` checked` : undefined}> only what changes</label>`
    : undefined;
  return markup`<form class="filters" data-graph-filters hidden>
<label class="search">Search <input type="search" data-graph="text" placeholder="name or address"></label>
${onlyChanges}
<button type="button" data-graph="clear">Show everything</button>
<output aria-live="polite"></output>
</form>
<p class="hint">Choose something, by mouse or with Tab and Enter, to see what it reaches and who reaches it. Arrow keys move between neighbours. ${signs}<span class="key"><b class="dashed">┄</b> belongs to an organization, or asks for consent</span></p>
<div class="drawing" tabindex="-1">${drawGraph(graph)}</div>`;
}

const typeWords: Readonly<Partial<Record<AccessNode['type'], string>>> = {
  application: 'Application',
  user: 'User',
  organization: 'New members',
};

function reachHtml({ nodes }: AccessGraph, reach: readonly Reach[]): Markup {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const rows = [...groups(reach, byId).values()].map((group) => rowHtml(group, byId));
  if (rows.length === 0) return markup`<p class="empty">Nobody reaches any permission.</p>`;
  return markup`<form class="filters" data-filters=".way" hidden>
<label class="search">Search <input type="search" data-filter="text" placeholder="who, permission, API resource or role"></label>
<label><input type="checkbox" data-filter="changes"> only what changes</label>
<output aria-live="polite"></output>
</form>
<div class="wide"><table class="reach"><thead><tr><th scope="col">Who</th><th scope="col">API resource</th><th scope="col">Permissions</th><th scope="col">Through</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="none" hidden>Nothing matches.</p>`;
}

/** The permissions of one API resource that somebody has in one way. */
function groups(
  reach: readonly Reach[],
  byId: ReadonlyMap<string, AccessNode>,
): ReadonlyMap<string, readonly Reach[]> {
  const found = new Map<string, Reach[]>();
  for (const way of reach) {
    const resource = byId.get(way.permission)?.parent;
    const key = JSON.stringify([way.subject, resource, way.role, way.within]);
    const group = found.get(key);
    if (group) group.push(way);
    else found.set(key, [way]);
  }
  return found;
}

function rowHtml(group: readonly Reach[], byId: ReadonlyMap<string, AccessNode>): Markup {
  const [first] = group;
  if (!first) return markup``;
  const label = (id: string): string => byId.get(id)?.label ?? id;
  const subject = byId.get(first.subject);
  const resource = byId.get(first.permission)?.parent;
  const permissions = group.map(
    ({ permission, status }) =>
      markup`<span class="permission ${status}">${signOf(status)}${label(permission)}</span>`,
  );
  const through =
    first.role === undefined
      ? 'consent of the user'
      : `${label(first.role)}${first.within === undefined ? '' : `, in ${label(first.within)}`}`;
  const isChanged = group.some(({ status }) => status !== 'same');
  return markup`<tr class="way"${isChanged ? markup` data-changes` : undefined}><th scope="row">${label(first.subject)} <span class="count">${typeWords[subject?.type ?? 'application'] ?? ''}</span></th><td>${resource === undefined ? 'Organization permissions' : label(resource)}</td><td>${permissions}</td><td>${through}</td></tr>`;
}

export const signOf = (status: Status): string =>
  ({ same: '', added: '+ ', removed: '− ', changed: '~ ' })[status];

/** How much there is, for the head of the page. */
export function accessFacts({ nodes }: AccessGraph): string {
  const number = (type: AccessNode['type']): number => nodes.filter((node) => node.type === type).length;
  const parts = [
    count(number('application'), 'application'),
    count(number('role') + number('organizationRole'), 'role'),
    count(number('permission') + number('organizationPermission'), 'permission'),
  ];
  return parts.join(', ');
}
