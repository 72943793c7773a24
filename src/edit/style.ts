import { isMap, isPair, isScalar, isSeq, visit, type Document, type Pair } from 'yaml';

/** How a text is written, so that what is added looks like the rest. */
export interface Style {
  readonly lineEnd: '\n' | '\r\n';
  /** Spaces that what a key holds is indented by. */
  readonly step: number;
  /** Whether the items of a list are indented deeper than its key. */
  readonly indentsLists: boolean;
  /** Lists are written in brackets. */
  readonly inBrackets: boolean;
  readonly quote: 'single' | 'double';
  /** Keys and texts are quoted, and maps and lists in braces and brackets. */
  readonly isJson: boolean;
}

/** Finds out how a text is written; what it does not tell is as this tool writes. */
export function styleOf(text: string, documents: readonly Document[]): Style {
  const seen: Seen = { steps: [], deeper: 0, level: 0, flowLists: 0, blockLists: 0, single: 0, double: 0 };
  for (const document of documents) look(document, text, seen);
  return {
    lineEnd: /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n',
    step: mostFrequent(seen.steps) ?? 2,
    indentsLists: seen.deeper >= seen.level,
    inBrackets: seen.flowLists > 0 && seen.blockLists === 0,
    quote: seen.single > seen.double ? 'single' : 'double',
    isJson: documents.some(({ contents }) => isMap(contents) && contents.flow === true),
  };
}

interface Seen {
  readonly steps: number[];
  deeper: number;
  level: number;
  flowLists: number;
  blockLists: number;
  single: number;
  double: number;
}

function look(document: Document, text: string, seen: Seen): void {
  visit(document, {
    Scalar: (_, { type }) => {
      if (type === 'QUOTE_SINGLE') seen.single += 1;
      if (type === 'QUOTE_DOUBLE') seen.double += 1;
    },
    Seq: (_, { flow, items }) => {
      if (items.length === 0) return;
      if (flow) seen.flowLists += 1;
      else seen.blockLists += 1;
    },
    Pair: (_, pair) => {
      lookAtPair(pair, text, seen);
    },
  });
}

function lookAtPair({ key, value }: Pair, text: string, seen: Seen): void {
  if (!isScalar(key) || !key.range) return;
  const column = columnOf(text, key.range[0]);
  if (isMap(value) && !value.flow) {
    const first = value.items[0];
    const start = isPair(first) && isScalar(first.key) ? first.key.range?.[0] : undefined;
    const step = start === undefined ? 0 : columnOf(text, start) - column;
    if (step > 0) seen.steps.push(step);
  }
  if (!isSeq(value) || value.flow || !value.range) return;
  if (columnOf(text, value.range[0]) > column) seen.deeper += 1;
  else seen.level += 1;
}

function mostFrequent(numbers: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

/** How many characters stand before an offset in its line. */
export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** Where the line of an offset begins. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Where the line after that of an offset begins; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
