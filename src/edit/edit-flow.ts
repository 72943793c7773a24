import type { YAMLMap, YAMLSeq } from 'yaml';
import { isObject } from '../json.js';
import { alignLists } from './align-lists.js';
import { editEntry, editItem, type ListEdit } from './edit-entry.js';
import type { MapEdit } from './edit.js';
import { editMembers, type Member, type MemberStep } from './flow-members.js';
import { newValue } from './edit-json.js';
import { isBlocked, removalBy, type Editing } from './editing.js';
import { writeEntryInFlow, writeInFlow } from './write-value.js';
import { asNode, flowItemStart, isUnusual, keyOf, keyStart, pairEnd, pairsOf } from './yaml-nodes.js';

/** Edits the entries of a map in braces. What is new comes last. */
export function editFlowMap(editing: Editing, map: YAMLMap, entries: MapEdit, depth: number): void {
  const { obstacles, style, wording } = editing;
  const pairs = pairsOf(map);
  const members = pairs.map((pair): Member => {
    const edit = entries.get(keyOf(pair) ?? '');
    const place = { start: keyStart(pair), end: pairEnd(pair), isGoing: edit?.type === 'remove' };
    if (edit?.type === 'remove') {
      const obstacle = obstacles.to(removalBy(edit.of), asNode(pair.value));
      const strange = isUnusual(pair) ? { type: 'unusual' as const, ...place } : undefined;
      isBlocked(editing, edit.of, obstacle ?? strange);
    } else if (edit) editEntry(editing, pair, edit, true, depth);
    return place;
  });
  const own = new Set(pairs.map(keyOf));
  const added = [...entries].flatMap(([key, edit]) =>
    own.has(key) || edit.type === 'remove'
      ? []
      : [{ text: writeEntryInFlow(key, newValue(edit, wording), style) }],
  );
  editMembers(editing, map, [...members, ...added], depth);
}

/** Edits the items of a list in brackets. */
export function editFlowList(
  editing: Editing,
  list: YAMLSeq,
  { before, after, of }: ListEdit,
  depth: number,
): void {
  const { obstacles, style, wording } = editing;
  const steps = alignLists(before, after).map((step): MemberStep => {
    if (step.type === 'insert')
      return { text: writeInFlow(wording.value(after[step.to] ?? null, of), style) };
    const node = asNode(list.items[step.from]);
    const place = { start: flowItemStart(list, step.from, node), end: node?.range?.[1] ?? 0 };
    if (step.type === 'remove') isBlocked(editing, of, obstacles.to(removalBy(of), node));
    const [stated, wanted] = step.type === 'inside' ? [before[step.from], after[step.to]] : [];
    if (isObject(stated) && isObject(wanted)) {
      editItem(editing, node, { before: stated, after: wanted, of }, depth + 1);
    }
    return { ...place, isGoing: step.type === 'remove' };
  });
  editMembers(editing, list, steps, depth);
}
