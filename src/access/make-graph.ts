import { parseAddress } from '../address.js';
import { isObject, type Json, type JsonObject } from '../json.js';
import type { AccessLink } from '../kinds/access.js';
import { kindOfAddress, kinds } from '../kinds/index.js';
import type { Action, ActionType, Plan } from '../plan/plan.js';
import type { AccessEdge, AccessGraph, AccessNode, Status } from './access-graph.js';
import { linksOf, referredAddress, type AccessResource } from './access-resource.js';
import { nodeAt, nodeOf } from './nodes.js';

/**
 * Who can reach what, by what manifests (or the words of a manifest for a tenant) state.
 *
 * @param plan colours what it adds and removes. Of what it deletes, only the links are known that what stays had to it.
 */
export function accessGraph(resources: Iterable<AccessResource>, plan?: Pick<Plan, 'actions'>): AccessGraph {
  const actions = new Map(plan?.actions.map((action) => [action.address, action]));
  const nodes = new Map<string, AccessNode>();
  const edges = new Map<string, AccessEdge>();
  const stated = [...resources];
  const declared = new Set(stated.map(({ address }) => address));
  const deleted = [...actions.values()]
    .flatMap(deletedResource)
    .filter(({ address }) => !declared.has(address));
  for (const resource of [...stated, ...deleted]) {
    const action = actions.get(resource.address);
    const node = nodeOf(resource, statusOf(action));
    if (node) nodes.set(node.id, node);
    for (const edge of edgesWithStatus(resource, action)) {
      const key = keyOf(edge);
      const other = edges.get(key);
      // Two statements of one link: it stays when one of them does.
      if (!other || other.status !== 'same') edges.set(key, edge);
    }
  }
  addMissingNodes(nodes, edges);
  return { nodes: [...nodes.values()].sort(byPlace), edges: [...edges.values()] };
}

const keyOf = ({ from, to, type, within }: AccessLink): string => JSON.stringify([from, to, type, within]);

const statuses: Readonly<Record<ActionType, Status>> = {
  create: 'added',
  update: 'changed',
  replace: 'changed',
  delete: 'removed',
  adopt: 'same',
  move: 'same',
};

const statusOf = (action: Action | undefined): Status => (action ? statuses[action.type] : 'same');

/** What goes away is in no manifest; of a single link its ends are in the address. */
function deletedResource({ type, address }: Action): readonly AccessResource[] {
  const kind = type === 'delete' ? kindOfAddress(address) : undefined;
  if (!kind) return [];
  const [, ...ends] = parseAddress(address) ?? [];
  const fields = kind.link
    ? Object.fromEntries(kind.key.map((name, index) => [name, ends[index] ?? '']))
    : {};
  return [{ kind, address, fields }];
}

/** The links before and after the action that a plan has for a resource. */
function edgesWithStatus(resource: AccessResource, action: Action | undefined): readonly AccessEdge[] {
  const after = linksOf(resource);
  if (!action || action.type === 'move') return after.map((edge) => ({ ...edge, status: 'same' }));
  if (action.type === 'create') return after.map((edge) => ({ ...edge, status: 'added' }));
  if (action.type === 'delete') return after.map((edge) => ({ ...edge, status: 'removed' }));
  const before = linksOf({ ...resource, fields: fieldsBefore(resource.fields, action) });
  const [keysBefore, keysAfter] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  return [
    ...after.map((edge) => ({ ...edge, status: keysBefore.has(keyOf(edge)) ? 'same' : 'added' }) as const),
    ...before
      .filter((edge) => !keysAfter.has(keyOf(edge)))
      .map((edge) => ({ ...edge, status: 'removed' }) as const),
  ];
}

/** The stated fields with the values that they have before the action. */
const fieldsBefore = (fields: JsonObject, { changes }: Action): JsonObject =>
  changes.reduce((changed, { path, before }) => withValue(changed, path, before), fields);

function withValue(fields: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [name = '', ...rest] = path;
  const { [name]: inner, ...others } = fields;
  if (rest.length === 0) return value === undefined ? others : { ...others, [name]: value };
  return { ...others, [name]: withValue(isObject(inner) ? inner : {}, rest, value) };
}

/** Every end of an edge is a node, and every permission has its API resource. */
function addMissingNodes(nodes: Map<string, AccessNode>, edges: ReadonlyMap<string, AccessEdge>): void {
  const add = (id: string, status: Status): void => {
    if (nodes.has(id)) return;
    const node = nodeAt(id, status);
    if (node) nodes.set(id, node);
  };
  for (const { from, to, within } of edges.values()) {
    for (const id of [from, to, ...(within === undefined ? [] : [within])]) add(id, 'same');
  }
  for (const { parent } of [...nodes.values()]) {
    if (parent !== undefined) add(parent, 'same');
  }
}

// API 2 comes before API 10.
const byName = new Intl.Collator('en', { numeric: true });
const sections = kinds.map(({ name }) => name);

function byPlace(left: AccessNode, right: AccessNode): number {
  const place = ({ id }: AccessNode): number => sections.indexOf(/^\w+/.exec(referredAddress(id))?.[0] ?? '');
  return place(left) - place(right) || byName.compare(left.label, right.label);
}
