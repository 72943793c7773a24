import type { YAMLMap, YAMLSeq } from 'yaml';
import { isFirstInLine, linesToRemove, type Block } from './block-lines.js';
import type { Editing } from './editing.js';
import { lineSplice, type Splice } from './splice.js';
import { columnOf, lineStart, nextLine } from './style.js';

/** An entry in braces, or an item in brackets. */
export interface Member {
  readonly start: number;
  readonly end: number;
  readonly isGoing: boolean;
}

/** A member that is there, or the text of a new one. */
export type MemberStep = Member | { readonly text: string };

interface Layout {
  readonly editing: Editing;
  readonly members: readonly Member[];
  /** Where the brace or bracket is closed. */
  readonly close: number;
  /** Each member stands in lines of its own. */
  readonly isApart: boolean;
  readonly depth: number;
}

/** Takes members out and puts others in, with the commas between them. */
export function editMembers(
  editing: Editing,
  holder: YAMLMap | YAMLSeq,
  steps: readonly MemberStep[],
  depth: number,
): void {
  const { text, splices } = editing;
  const members = steps.filter((step): step is Member => 'start' in step);
  const close = (holder.range?.[1] ?? 0) - 1;
  const isApart = [...members.map(({ start }) => start), close].every((start) => isFirstInLine(text, start));
  const layout: Layout = { editing, members, close, isApart, depth };
  const isGrowing = steps.findLastIndex(isNew) > steps.findLastIndex((step) => !isNew(step) && !step.isGoing);
  splices.push(...removals(layout, isGrowing), ...insertions(layout, steps));
}

const isNew = (step: MemberStep): step is { readonly text: string } => 'text' in step;

/** @param isGrowing something new comes last, so that the comma before it stays */
function removals(layout: Layout, isGrowing: boolean): readonly Splice[] {
  const { editing, members, isApart, depth } = layout;
  const lastKept = members.findLastIndex(({ isGoing }) => !isGoing);
  const before = members[lastKept];
  const last = members.at(-1);
  const { text, style } = editing;
  const inFront = isApart
    ? linesToRemove(text, blocksOf(layout)).map((lines) => lineSplice(text, lines, [], style, depth))
    : members.flatMap(({ isGoing }, index) => (isGoing && index < lastKept ? [removal(layout, index)] : []));
  if (!last?.isGoing) return inFront;
  if (!isApart) {
    const start = before?.end ?? members[0]?.start ?? 0;
    return [...inFront, { start, end: last.end, text: '', depth }];
  }
  const comma = before && commaAfter(layout, before);
  const hadTrailing = commaAfter(layout, last) !== undefined;
  return comma === undefined || hadTrailing || isGrowing
    ? inFront
    : [...inFront, { start: comma, end: comma + 1, text: '', depth }];
}

function removal({ members, depth }: Layout, index: number): Splice {
  const member = members[index];
  return { start: member?.start ?? 0, end: members[index + 1]?.start ?? member?.end ?? 0, text: '', depth };
}

/** The lines of members that stand apart, each to its comma. */
const blocksOf = (layout: Layout): readonly Block[] =>
  layout.members.map(({ start, end, isGoing }) => {
    const comma = commaAfter(layout, { end });
    return { start, end: nextLine(layout.editing.text, comma ?? end), isGoing };
  });

/** New members, each group at its place: behind the member before, else in front of the first. */
function insertions(layout: Layout, steps: readonly MemberStep[]): readonly Splice[] {
  const splices: Splice[] = [];
  let kept: Member | undefined;
  let texts: string[] = [];
  const put = (next: Member | undefined): void => {
    if (texts.length > 0) splices.push(...insertion(layout, texts, kept, next));
    texts = [];
  };
  for (const step of steps) {
    if (isNew(step)) texts.push(step.text);
    else if (!step.isGoing) {
      put(step);
      kept = step;
    }
  }
  put(undefined);
  return splices;
}

function insertion(
  layout: Layout,
  texts: readonly string[],
  kept: Member | undefined,
  next: Member | undefined,
): readonly Splice[] {
  const { editing, members, isApart, depth } = layout;
  const { text, style } = editing;
  const [first] = members;
  if (!first) return [];
  if (!isApart) {
    const place = kept?.end ?? next?.start ?? first.start;
    const joined = texts.join(', ');
    const added = kept ? `, ${joined}` : next ? `${joined}, ` : joined;
    return [{ start: place, end: place, text: added, depth }];
  }
  const last = members.at(-1) ?? first;
  const endsInComma = next !== undefined || commaAfter(layout, last) !== undefined;
  const indentation = ' '.repeat(columnOf(text, first.start));
  const lines = texts.map(
    (added, index) => `${indentation}${added}${endsInComma || index < texts.length - 1 ? ',' : ''}`,
  );
  const comma = kept && commaAfter(layout, kept);
  const place = kept
    ? nextLine(text, comma ?? kept.end)
    : first.isGoing
      ? (linesToRemove(text, blocksOf(layout))[0]?.[0] ?? 0)
      : lineStart(text, first.start);
  const needsComma = kept !== undefined && comma === undefined;
  return [
    ...(needsComma ? [{ start: kept.end, end: kept.end, text: ',', depth }] : []),
    lineSplice(text, [place, place], lines, style, depth),
  ];
}

/** The comma behind a member, however many spaces, line breaks and comments come before it. */
function commaAfter({ editing: { text }, close }: Layout, { end }: Pick<Member, 'end'>): number | undefined {
  for (let offset = end; offset < close; offset += 1) {
    const character = text[offset];
    if (character === ',') return offset;
    if (character === '#') offset = nextLine(text, offset) - 1;
    else if (character?.trim() !== '') return undefined;
  }
  return undefined;
}
