import type { AccessGraph, AccessNode, Status } from '../access/access-graph.js';
import type { Reach } from '../access/reach.js';
import { markup, type Markup } from './markup.js';
import { count } from './count.js';

/** Machine-to-machine applications against the permissions that they reach. */
export function matrixHtml({ nodes }: AccessGraph, reach: readonly Reach[]): Markup {
  const machines = nodes.filter(
    ({ type, detail }) => type === 'application' && detail === 'MachineToMachine',
  );
  const cells = cellsOf(machines, reach);
  const reached = new Set([...cells.values()].flatMap((row) => [...row.keys()]));
  const permissions = nodes.filter(({ type }) => type === 'permission' || type === 'organizationPermission');
  const columns = byResource(permissions.filter(({ id }) => reached.has(id)));
  if (machines.length === 0 || columns.length === 0) {
    return markup`<p class="empty">No machine-to-machine application reaches any permission.</p>`;
  }
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const heads = columns.map(
    ({ id, label }) => markup`<th scope="col" title="${id}"><span>${label}</span></th>`,
  );
  const rows = machines.map(
    (machine) =>
      markup`<tr class="machine"><th scope="row" title="${machine.id}">${machine.label}</th>${columns.map((column) => cellHtml(cells.get(machine.id)?.get(column.id), labels))}</tr>`,
  );
  const left = permissions.length - columns.length;
  const note =
    left > 0
      ? markup`<p class="hint">${count(left, 'permission')} that no machine-to-machine application reaches ${left === 1 ? 'is' : 'are'} left out.</p>`
      : undefined;
  return markup`<form class="filters" data-filters=".machine" hidden>
<label class="search">Search <input type="search" data-filter="text" placeholder="application"></label>
<output aria-live="polite"></output>
</form>
${note}
<div class="wide matrix-frame" tabindex="0" role="region" aria-label="Machine-to-machine applications and permissions"><table class="matrix"><thead><tr><td></td>${resourceHeads(columns, labels)}</tr><tr><th scope="col">Application</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>
<p class="none" hidden>Nothing matches.</p>`;
}

type Cells = ReadonlyMap<string, ReadonlyMap<string, readonly Reach[]>>;

function cellsOf(machines: readonly AccessNode[], reach: readonly Reach[]): Cells {
  const cells = new Map(machines.map(({ id }) => [id, new Map<string, Reach[]>()]));
  for (const way of reach) {
    const row = cells.get(way.subject);
    if (row) row.set(way.permission, [...(row.get(way.permission) ?? []), way]);
  }
  return cells;
}

/** Permissions of one API resource side by side. */
const byResource = (permissions: readonly AccessNode[]): readonly AccessNode[] =>
  [...permissions].sort((left, right) => {
    const [one, other] = [left.parent ?? '\uFFFF', right.parent ?? '\uFFFF'];
    return one < other ? -1 : one > other ? 1 : 0;
  });

function resourceHeads(
  columns: readonly AccessNode[],
  labels: ReadonlyMap<string, string>,
): readonly Markup[] {
  const parents = [...new Set(columns.map(({ parent }) => parent))];
  return parents.map((parent) => {
    const width = columns.filter((column) => column.parent === parent).length;
    const label = parent === undefined ? 'Organization permissions' : (labels.get(parent) ?? parent);
    return markup`<th scope="colgroup" colspan="${width}" title="${label}"><span>${label}</span></th>`;
  });
}

// By one way that stays, the application goes on having it, whatever becomes of the others.
const strongest: readonly Status[] = ['same', 'changed', 'added', 'removed'];
const shown: Readonly<Record<Status, readonly [sign: string, word: string]>> = {
  same: ['●', 'yes'],
  changed: ['●', 'yes'],
  added: ['+', 'added'],
  removed: ['−', 'removed'],
};

function cellHtml(ways: readonly Reach[] | undefined, labels: ReadonlyMap<string, string>): Markup {
  if (!ways) return markup`<td></td>`;
  const status = strongest.find((candidate) => ways.some((way) => way.status === candidate)) ?? 'same';
  const label = (id: string): string => labels.get(id) ?? id;
  const through = ways.map(
    ({ role, within }) =>
      `${role === undefined ? 'consent' : label(role)}${within === undefined ? '' : ` in ${label(within)}`}`,
  );
  const [sign, word] = shown[status];
  return markup`<td class="${status}" title="${word}, through ${through.join('; ')}"><span aria-hidden="true">${sign}</span><span class="spoken">${word}</span></td>`;
}
