import { isList, isObject, type Json, type JsonObject } from '../json.js';
import { alignLists } from './align-lists.js';
import { mapEditOf, type Edit, type MapEdit, type ValueEdit, type Wording } from './edit.js';

/** The entries of a map, as they are written in a text, after an edit. */
export function editObject(written: JsonObject, entries: MapEdit, wording: Wording): JsonObject {
  const edited = new Map(Object.entries(written));
  for (const [key, edit] of entries) {
    if (edit.type === 'remove') edited.delete(key);
    else edited.set(key, editValue(edited.get(key), edit, wording));
  }
  return Object.fromEntries(edited);
}

function editValue(
  written: Json | undefined,
  edit: Exclude<ValueEdit, { type: 'remove' }>,
  wording: Wording,
): Json {
  if (edit.type === 'inside') return editObject(isObject(written) ? written : {}, edit.entries, wording);
  const { before, after, of } = edit;
  if (isList(written) && isList(before) && isList(after))
    return editList(written, before, after, of, wording);
  return isObject(written) && isObject(before) && isObject(after)
    ? editObject(written, mapEditOf(before, after, of, wording), wording)
    : wording.value(after, of);
}

function editList(
  written: readonly Json[],
  before: readonly Json[],
  after: readonly Json[],
  of: Edit,
  wording: Wording,
): Json {
  return alignLists(before, after).flatMap((step): readonly Json[] => {
    if (step.type === 'remove') return [];
    if (step.type === 'keep') return [written[step.from] ?? null];
    const wanted = after[step.to] ?? null;
    if (step.type === 'insert') return [wording.value(wanted, of)];
    const [item, stated] = [written[step.from], before[step.from]];
    return isObject(item) && isObject(stated) && isObject(wanted)
      ? [editObject(item, mapEditOf(stated, wanted, of, wording), wording)]
      : [wording.value(wanted, of)];
  });
}

/** What an edit puts in where nothing was. */
export function newValue(edit: Exclude<ValueEdit, { type: 'remove' }>, wording: Wording): Json {
  return editValue(undefined, edit, wording);
}
