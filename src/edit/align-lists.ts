import { canonicalJson, isObject, type Json } from '../json.js';

/** How one list becomes another: in the order in which both go. */
export type ListStep =
  | { readonly type: 'keep'; readonly from: number; readonly to: number }
  /** Objects that are alike: something inside of them differs. */
  | { readonly type: 'inside'; readonly from: number; readonly to: number }
  | { readonly type: 'remove'; readonly from: number }
  | { readonly type: 'insert'; readonly to: number };

/**
 * How one list becomes another with as many items as possible left as they are. Objects that differ are taken for one that
 * was changed, above all where what they state first is the same.
 */
export function alignLists(before: readonly Json[], after: readonly Json[]): readonly ListStep[] {
  const left = before.map((item) => canonicalJson(item));
  const right = after.map((item) => canonicalJson(item));
  const likeness = (from: number, to: number): number =>
    left[from] === right[to] ? sameItem : likenessOf(before[from], after[to]);
  const best = bestFrom(before.length, after.length, likeness);
  const steps: ListStep[] = [];
  let [from, to] = [0, 0];
  while (from < before.length || to < after.length) {
    const here = best[from]?.[to] ?? 0;
    const like = from < before.length && to < after.length ? likeness(from, to) : 0;
    if (like > 0 && here === like + (best[from + 1]?.[to + 1] ?? 0)) {
      steps.push({ type: like === sameItem ? 'keep' : 'inside', from, to });
      from += 1;
      to += 1;
    } else if (from < before.length && here === (best[from + 1]?.[to] ?? 0)) {
      steps.push({ type: 'remove', from });
      from += 1;
    } else {
      steps.push({ type: 'insert', to });
      to += 1;
    }
  }
  return steps;
}

// Rather one item that stays as it is than any number that are changed.
const sameItem = 1_000_000;
const [sameFirst, bothObjects] = [100, 1];

function likenessOf(left: Json | undefined, right: Json | undefined): number {
  if (!isObject(left) || !isObject(right)) return 0;
  const [first] = Object.entries(left);
  if (!first || Object.keys(right).length === 0) return 0;
  const [name, value] = first;
  return canonicalJson(right[name]) === canonicalJson(value) ? sameFirst : bothObjects;
}

/** The best that can be had of the rest of both lists, from each pair of places on. */
function bestFrom(
  rows: number,
  columns: number,
  likeness: (row: number, column: number) => number,
): readonly (readonly number[])[] {
  const best = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const like = likeness(row, column);
      const taken = like > 0 ? like + (best[row + 1]?.[column + 1] ?? 0) : 0;
      const value = Math.max(taken, best[row + 1]?.[column] ?? 0, best[row]?.[column + 1] ?? 0);
      const cells = best[row];
      if (cells) cells[column] = value;
    }
  }
  return best;
}
