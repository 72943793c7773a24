import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { nextLine } from './style.js';

export type AnyNode = Node | null | undefined;

export const asNode = (value: unknown): AnyNode =>
  isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;

export const pairsOf = (map: YAMLMap): readonly Pair[] => map.items.filter(isPair);

/** The key of an entry as it is read; undefined for `<<` and for what is no text. */
export function keyOf({ key }: Pair): string | undefined {
  if (!isScalar(key) || typeof key.value === 'symbol') return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

export const isMergeKey = ({ key }: Pair): boolean => isScalar(key) && typeof key.value === 'symbol';

/** Whether something is written there: nothing may follow a key. */
export const isWritten = (node: AnyNode): node is Node & { range: [number, number, number] } =>
  node?.range != null && node.range[1] > node.range[0];

/** Where the key of an entry begins. */
export const keyStart = ({ key }: Pair): number => asNode(key)?.range?.[0] ?? 0;

/** Where an entry ends in its line of braces, or its last line: behind its value. */
export function pairEnd(pair: Pair): number {
  const value = asNode(pair.value);
  return isWritten(value) ? value.range[1] : slotStart(pair);
}

interface Token {
  readonly type: string;
  readonly offset: number;
  readonly source: string;
}

/** The tokens between a key and its value. */
const separators = ({ srcToken }: Pair): readonly Token[] =>
  ((srcToken as { readonly sep?: readonly Token[] } | undefined)?.sep ?? []).filter(({ type }) =>
    ['map-value-ind', 'anchor', 'tag'].includes(type),
  );

/** Behind the colon of an entry, and behind the anchor and the tag of its value. */
export function slotStart(pair: Pair): number {
  const last = separators(pair).at(-1);
  return last ? last.offset + last.source.length : (asNode(pair.key)?.range?.[1] ?? 0);
}

export const hasColon = (pair: Pair): boolean =>
  separators(pair).some(({ type }) => type === 'map-value-ind');

/** `? key`, and keys with an anchor or a tag. */
export function isUnusual({ srcToken, key }: Pair): boolean {
  const start = (srcToken as { readonly start?: readonly Token[] } | undefined)?.start ?? [];
  const isSimple = isScalar(key) && key.range?.[1] !== key.range?.[0];
  return !isSimple || start.some(({ type }) => ['explicit-key-ind', 'anchor', 'tag'].includes(type));
}

/** The start of the line behind a node of a block, or behind an offset where nothing is written. */
export function lineAfter(text: string, node: AnyNode, offset: number): number {
  if (!isWritten(node)) return nextLine(text, offset);
  if (isMap(node) && !node.flow) {
    const last = pairsOf(node).at(-1);
    return last ? lineAfterPair(text, last) : nextLine(text, node.range[1]);
  }
  if (isSeq(node) && !node.flow) {
    const dash = dashesOf(node).at(-1) ?? node.range[0];
    return lineAfter(text, asNode(node.items.at(-1)), dash);
  }
  const [, end] = node.range;
  // A block of lines ends behind its last line break.
  const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  return isBlock && text[end - 1] === '\n' ? end : nextLine(text, end);
}

export const lineAfterPair = (text: string, pair: Pair): number =>
  lineAfter(text, asNode(pair.value), slotStart(pair));

/** Where the dashes of the items of a block list are. */
export function dashesOf({ srcToken }: YAMLSeq): readonly number[] {
  const items = (srcToken as { readonly items?: readonly { readonly start: readonly Token[] }[] } | undefined)
    ?.items;
  return (items ?? []).flatMap(
    ({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset ?? [],
  );
}

/** Where an item of a list in brackets begins: with its anchor and tag. */
export function flowItemStart({ srcToken }: YAMLSeq, index: number, node: AnyNode): number {
  const items = (srcToken as { readonly items?: readonly { readonly start: readonly Token[] }[] } | undefined)
    ?.items;
  const property = items?.[index]?.start.find(({ type }) => type === 'anchor' || type === 'tag');
  return property?.offset ?? node?.range?.[0] ?? 0;
}
