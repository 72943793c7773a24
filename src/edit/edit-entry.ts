import { isMap, isSeq, type Pair } from 'yaml';
import { isList, isObject, type Json, type JsonObject } from '../json.js';
import { editBlockList } from './edit-block-list.js';
import { editBlockMap } from './edit-block-map.js';
import { mapEditOf, type Edit, type MapEdit, type ValueEdit } from './edit.js';
import { editFlowList, editFlowMap } from './edit-flow.js';
import { newValue } from './edit-json.js';
import { isBlocked, removalBy, type Editing } from './editing.js';
import { unusual } from './obstacles.js';
import { replaceValue } from './replace-value.js';
import { asNode, keyOf, pairsOf, type AnyNode } from './yaml-nodes.js';

/** Edits the value of a key: only what differs in it, where both are maps or both are lists. */
export function editEntry(
  editing: Editing,
  pair: Pair,
  edit: Exclude<ValueEdit, { type: 'remove' }>,
  isInFlow: boolean,
  depth: number,
): void {
  const node = asNode(pair.value);
  if (edit.type === 'inside') {
    editInside(editing, pair, edit.entries, isInFlow, depth);
    return;
  }
  const { before, after, of } = edit;
  if (isMap(node) && isObject(before) && isObject(after)) {
    editInside(editing, pair, mapEditOf(before, after, of, editing.wording), isInFlow, depth);
  } else if (isSeq(node) && isList(before) && isList(after) && node.items.length > 0 && after.length > 0) {
    editList(editing, node, { before, after, of }, depth + 1);
  } else if (!isBlocked(editing, of, editing.obstacles.to(of.isDeletion ? 'delete' : 'replace', node))) {
    replaceValue(editing, pair, editing.wording.value(after, of), isInFlow, depth);
  }
}

/** Edits the entries of a map that follows a key; an empty one is written anew, and one that becomes empty too. */
function editInside(editing: Editing, pair: Pair, entries: MapEdit, isInFlow: boolean, depth: number): void {
  const map = asNode(pair.value);
  if (isMap(map) && map.items.length > 0 && !isEmptied(pairsOf(map), entries)) {
    editMap(editing, map, entries, depth + 1);
    return;
  }
  const removed = [...entries.values()].flatMap((edit) => (edit.type === 'remove' ? [edit.of] : []));
  const blocked = removed.map((of) => isBlocked(editing, of, editing.obstacles.to(removalBy(of), map)));
  if (blocked.includes(true)) return;
  replaceValue(editing, pair, newValue({ type: 'inside', entries }, editing.wording), isInFlow, depth);
}

const isEmptied = (pairs: readonly Pair[], entries: MapEdit): boolean =>
  pairs.every((pair) => entries.get(keyOf(pair) ?? '')?.type === 'remove') &&
  [...entries.values()].every(({ type }) => type === 'remove');

function editMap(editing: Editing, map: AnyNode, entries: MapEdit, depth: number): void {
  if (!isMap(map)) return;
  if (map.flow) editFlowMap(editing, map, entries, depth);
  else editBlockMap(editing, map, entries, depth);
}

export interface ListEdit<T = readonly Json[]> {
  readonly before: T;
  readonly after: T;
  readonly of: Edit;
}

function editList(editing: Editing, list: AnyNode, edit: ListEdit, depth: number): void {
  if (!isSeq(list) || isBlocked(editing, edit.of, editing.obstacles.anchorOf(list))) return;
  if (list.items.length !== edit.before.length) editing.onObstacle(edit.of, unusual(list));
  else if (list.flow) editFlowList(editing, list, edit, depth);
  else editBlockList(editing, list, edit, depth);
}

/** Edits an object that is an item of a list. */
export function editItem(
  editing: Editing,
  item: AnyNode,
  { before, after, of }: ListEdit<JsonObject>,
  depth: number,
): void {
  const entries = mapEditOf(before, after, of, editing.wording);
  if (isBlocked(editing, of, editing.obstacles.anchorOf(item))) return;
  if (isMap(item) && !isEmptied(pairsOf(item), entries)) editMap(editing, item, entries, depth);
  else editing.onObstacle(of, editing.obstacles.to('replace', item) ?? unusual(item));
}
