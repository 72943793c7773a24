import type { YAMLSeq } from 'yaml';
import { isObject, type Json } from '../json.js';
import { alignLists, type ListStep } from './align-lists.js';
import { isFirstInLine, linesOf, linesToRemove, type Block } from './block-lines.js';
import { editItem, type ListEdit } from './edit-entry.js';
import { isBlocked, removalBy, type Editing } from './editing.js';
import { unusual } from './obstacles.js';
import { lineSplice } from './splice.js';
import { columnOf, lineStart } from './style.js';
import { indented, writeItem } from './write-value.js';
import { asNode, dashesOf, lineAfter } from './yaml-nodes.js';

/** Edits the items of a list that has a dash for each. */
export function editBlockList(editing: Editing, list: YAMLSeq, edit: ListEdit, depth: number): void {
  const { text, splices, style, wording } = editing;
  const { before, after, of } = edit;
  const dashes = dashesOf(list);
  // A list inside of another one begins behind its dash.
  if (dashes.some((dash) => !isFirstInLine(text, dash)) || dashes.length !== list.items.length) {
    editing.onObstacle(of, unusual(list));
    return;
  }
  const steps = alignLists(before, after);
  const going = new Set(steps.flatMap((step) => (step.type === 'remove' ? [step.from] : [])));
  const blocks = dashes.map((start, index): Block => {
    const end = lineAfter(text, asNode(list.items[index]), start);
    return { start, end, isGoing: going.has(index) };
  });
  for (const step of steps) editStep(editing, list, edit, step, depth);
  splices.push(...linesToRemove(text, blocks).map((lines) => lineSplice(text, lines, [], style, depth)));
  for (const [place, indexes] of insertions(text, steps, blocks)) {
    const items: readonly Json[] = indexes.map((index) => wording.value(after[index] ?? null, of));
    const lines = items.flatMap((item) => writeItem(item, style));
    splices.push(
      lineSplice(text, [place, place], indented(lines, columnOf(text, dashes[0] ?? 0)), style, depth),
    );
  }
}

function editStep(
  editing: Editing,
  list: YAMLSeq,
  { before, after, of }: ListEdit,
  step: ListStep,
  depth: number,
): void {
  if (step.type === 'remove') {
    isBlocked(editing, of, editing.obstacles.to(removalBy(of), asNode(list.items[step.from])));
  }
  if (step.type !== 'inside') return;
  const [stated, wanted] = [before[step.from], after[step.to]];
  if (!isObject(stated) || !isObject(wanted)) return;
  editItem(editing, asNode(list.items[step.from]), { before: stated, after: wanted, of }, depth + 1);
}

/** Where new items are put in, by their indexes: behind the one before, or in front of the first. */
function insertions(
  text: string,
  steps: readonly ListStep[],
  blocks: readonly Block[],
): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  const [first] = blocks;
  const isFirstGoing = first?.isGoing === true;
  let place = isFirstGoing ? (linesToRemove(text, blocks)[0]?.[0] ?? 0) : lineStart(text, first?.start ?? 0);
  for (const step of steps) {
    if (step.type === 'insert') places.set(place, [...(places.get(place) ?? []), step.to]);
    if (step.type === 'remove' || step.type === 'insert') continue;
    const block = blocks[step.from];
    if (block) [, place] = linesOf(text, block);
  }
  return places;
}
