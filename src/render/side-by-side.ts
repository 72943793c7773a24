import { structuredPatch } from 'diff/lib/patch/create.js';

/** A line of the one text beside a line of the other; undefined where there is none. */
export interface Pair {
  readonly before?: string;
  readonly after?: string;
  /** Lines are left out before this one. */
  readonly skips?: true;
}

/** More pairs than this are counted and not shown. */
export const maximumPairs = 400;

/** Two texts beside each other: what differs, with a little of what is around it. */
export function sideBySide(before: string, after: string): readonly Pair[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 3 });
  return hunks.flatMap(({ lines, oldStart }, index) => {
    const pairs = pairUp(lines.filter((line) => !line.startsWith('\\')));
    const [first, ...rest] = pairs;
    return first && (index > 0 || oldStart > 1) ? [{ ...first, skips: true as const }, ...rest] : pairs;
  });
}

/** Lines that go stand beside those that come in their place. */
function pairUp(lines: readonly string[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let [gone, come]: [string[], string[]] = [[], []];
  const flush = (): void => {
    for (let index = 0; index < Math.max(gone.length, come.length); index += 1) {
      const [before, after] = [gone[index], come[index]];
      pairs.push({ ...(before !== undefined && { before }), ...(after !== undefined && { after }) });
    }
    [gone, come] = [[], []];
  };
  for (const line of lines) {
    const text = line.slice(1);
    if (line.startsWith('-')) gone.push(text);
    else if (line.startsWith('+')) come.push(text);
    else {
      flush();
      pairs.push({ before: text, after: text });
    }
  }
  flush();
  return pairs;
}
