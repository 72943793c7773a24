import { isAlias, isMap, isScalar, isSeq, type Document, type Pair, type YAMLMap } from 'yaml';
import { at, type Obstacle, type Obstacles } from './obstacles.js';
import { asNode, isMergeKey, keyOf, pairsOf, type AnyNode } from './yaml-nodes.js';

/** Where a path leads in one document. */
export interface Way {
  /**
   * `stated`: to a value; `open`: to a map that lacks the next key, or to nothing where a map could be; `closed`: to a value
   * that holds no keys.
   */
  readonly end: 'stated' | 'open' | 'closed';
  /** How many keys of the path were found. */
  readonly depth: number;
  /** The entry that the last of them is. */
  readonly pair?: Pair;
  /** What is on the way and stands for more than this value. */
  readonly obstacle?: Obstacle;
  /** The way leads through `{ file: … }`, after so many keys. */
  readonly file?: { readonly depth: number; readonly name: AnyNode };
}

export interface Guide {
  readonly document: Document;
  readonly obstacles: Obstacles;
  /** A key as it is written. */
  readonly writtenKey: (key: string) => string;
  /** Whether a file may stand for the value at a path. */
  readonly isContent: (path: readonly string[]) => boolean;
}

/** Follows a path through a document, also through what is stated elsewhere and only named there. */
export function findStatement(path: readonly string[], guide: Guide): Way {
  const { document, obstacles } = guide;
  let node = asNode(document.contents);
  let pair: Pair | undefined;
  let obstacle: Obstacle | undefined;
  const way = (end: Way['end'], depth: number, file?: Way['file']): Way => ({
    end,
    depth,
    ...(pair && { pair }),
    ...(obstacle && { obstacle }),
    ...(file && { file }),
  });
  for (const [depth, key] of path.entries()) {
    if (isAlias(node)) {
      obstacle ??= at(node, { type: 'alias', name: node.source });
      node = asNode(node.resolve(document));
    }
    obstacle ??= obstacles.anchorOf(node);
    const name = guide.isContent(path.slice(0, depth)) ? fileName(node) : undefined;
    if (name) return way('stated', depth, { depth, name });
    if (!isMap(node)) {
      const isOpen = node === null || (isScalar(node) && node.value === null && node.tag !== '!remove');
      obstacle ??= obstacles.expressionIn(node) ?? removalAt(node);
      return way(isOpen ? 'open' : 'closed', depth);
    }
    const found = entryIn(node, guide.writtenKey(key), document);
    if (!found) return way('open', depth);
    ({ pair } = found);
    if (found.merge) obstacle ??= at(asNode(found.merge.key), { type: 'merge' });
    node = asNode(pair.value);
  }
  const name = guide.isContent(path) ? fileName(node) : undefined;
  obstacle ??= removalAt(node);
  return way('stated', path.length, name ? { depth: path.length, name } : undefined);
}

const removalAt = (node: AnyNode): Obstacle | undefined =>
  node && 'tag' in node && node.tag === '!remove' ? at(node, { type: 'removal' }) : undefined;

/** `{ file: ./path }` and nothing beside it: the path. */
function fileName(node: AnyNode): AnyNode {
  if (!isMap(node) || node.items.length !== 1) return undefined;
  const [pair] = pairsOf(node);
  const name = pair && keyOf(pair) === 'file' ? asNode(pair.value) : undefined;
  return isScalar(name) && typeof name.value === 'string' ? name : undefined;
}

interface Entry {
  readonly pair: Pair;
  /** The `<<` that brings it in. */
  readonly merge?: Pair;
}

/** What the map states itself wins over what it merges, and an earlier merged map over a later one. */
function entryIn(map: YAMLMap, key: string, document: Document): Entry | undefined {
  const own = pairsOf(map).find((pair) => keyOf(pair) === key);
  if (own) return { pair: own };
  for (const merge of pairsOf(map).filter(isMergeKey)) {
    const value = asNode(merge.value);
    for (const source of isSeq(value) ? value.items.map(asNode) : [value]) {
      const merged = isAlias(source) ? asNode(source.resolve(document)) : source;
      const found = isMap(merged) ? entryIn(merged, key, document) : undefined;
      if (found) return { pair: found.pair, merge };
    }
  }
  return undefined;
}
