import type { Code, Member, ObjectCode } from './code.js';
import { hasSeveralLines, templateText, textLiteral } from './text-literal.js';
import { textWidth } from './text-width.js';

const lineWidth = 80;

/** Where a piece of code begins, and what has to fit on its last line. */
interface Room {
  /** Columns before the line that it stands in. */
  readonly indent: number;
  /** Columns before it in its line. */
  readonly used: number;
  /** Columns that follow it in its line. */
  readonly after: number;
}

/**
 * A statement as prettier would leave it, with single quotes.
 *
 * @param head what stands before the value: `const orders = new `
 */
export const printStatement = (head: string, code: Code, indent: number): string =>
  `${' '.repeat(indent)}${head}${print(code, { indent, used: indent + textWidth(head), after: 1 })};`;

function print(code: Code, room: Room): string {
  const flat = printFlat(code);
  if (flat !== undefined && room.used + textWidth(flat) + room.after <= lineWidth) return flat;
  switch (code.type) {
    case 'word':
    case 'text':
    case 'template':
      return flat ?? atom(code);
    case 'list':
      return printList(code.items, room);
    case 'object':
      return printObject(code, room);
    case 'call':
      return printCall(code.callee, code.values, room);
  }
}

/** Everything in one line; undefined where that cannot be. */
function printFlat(code: Code): string | undefined {
  switch (code.type) {
    case 'word':
    case 'text':
    case 'template': {
      const text = atom(code);
      return text.includes('\n') ? undefined : text;
    }
    case 'list': {
      const items = flatAll(code.items);
      return items && !hasRows(code.items) ? `[${items.join(', ')}]` : undefined;
    }
    case 'object': {
      if (code.members.length === 0) return '{}';
      const members = code.isOpen ? [undefined] : code.members.map(flatMember);
      return areAll(members) ? `{ ${members.join(', ')} }` : undefined;
    }
    case 'call': {
      const values = flatAll(code.values);
      return values && `${code.callee}(${values.join(', ')})`;
    }
  }
}

function flatMember({ key, value }: Member): string | undefined {
  if (!value) return key;
  const flat = printFlat(value);
  return flat && `${key}: ${flat}`;
}

function flatAll(codes: readonly Code[]): readonly string[] | undefined {
  const texts = codes.map(printFlat);
  return areAll(texts) ? texts : undefined;
}

const areAll = (texts: readonly (string | undefined)[]): texts is readonly string[] =>
  texts.every((text) => text !== undefined);

function atom(code: Extract<Code, { type: 'word' | 'text' | 'template' }>): string {
  if (code.type === 'word') return code.word;
  if (code.type === 'text') return textLiteral(code.text);
  const pieces = code.pieces.map((piece) =>
    typeof piece === 'string' ? templateText(piece) : `\${${printFlat(piece) ?? ''}}`,
  );
  return `\`${pieces.join('')}\``;
}

/** Several objects with several members each are never put in one line, and lists of lists neither. */
function hasRows(items: readonly Code[]): boolean {
  const isRow = (item: Code): boolean =>
    (item.type === 'object' && item.members.length > 1) || (item.type === 'list' && item.items.length > 1);
  return items.length > 1 && items.every((item) => isRow(item) && item.type === items[0]?.type);
}

function printList(items: readonly Code[], { indent }: Room): string {
  const inside = indent + 2;
  const lines = isNumbers(items)
    ? filled(items, inside)
    : items.map((item) => `${print(item, { indent: inside, used: inside, after: 1 })},`);
  return enclosed('[', lines, ']', indent);
}

const isNumbers = (items: readonly Code[]): boolean =>
  items.length > 1 && items.every((item) => item.type === 'word' && /^-?\d/.test(item.word));

/** As many in a line as fit. */
function filled(items: readonly Code[], indent: number): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const next = `${printFlat(item) ?? ''},`;
    const line = lines.at(-1);
    const joined = `${line ?? ''} ${next}`;
    if (line !== undefined && indent + joined.length <= lineWidth) lines[lines.length - 1] = joined;
    else lines.push(next);
  }
  return lines;
}

const printObject = ({ members }: ObjectCode, { indent }: Room): string =>
  enclosed(
    '{',
    members.map((member) => `${printMember(member, indent + 2)},`),
    '}',
    indent,
  );

function printMember({ key, value }: Member, indent: number): string {
  if (!value) return key;
  const used = indent + textWidth(key) + 2;
  const printed = print(value, { indent, used, after: 1 });
  // A text that is too long goes into a line of its own, unless its key is so short that nothing is won.
  const isLong =
    value.type === 'text' && !hasSeveralLines(value.text) && used + textWidth(printed) + 1 > lineWidth;
  return isLong && textWidth(key) >= 5
    ? `${key}:\n${' '.repeat(indent + 2)}${printed}`
    : `${key}: ${printed}`;
}

/** The object that comes last stays beside the parenthesis, where what is before it fits in the line. */
function printCall(callee: string, values: readonly Code[], room: Room): string {
  const { indent } = room;
  const last = values.at(-1);
  const before = flatAll(values.slice(0, -1));
  if (last?.type === 'object' && last.members.length > 0 && before) {
    const head = `${callee}(${before.map((value) => `${value}, `).join('')}`;
    if (room.used + textWidth(head) + 1 <= lineWidth) return `${head}${printObject(last, room)})`;
  }
  const inside = indent + 2;
  const lines = values.map((value) => `${print(value, { indent: inside, used: inside, after: 1 })},`);
  return enclosed(`${callee}(`, lines, ')', indent);
}

const enclosed = (start: string, lines: readonly string[], end: string, indent: number): string =>
  `${start}\n${lines.map((line) => `${' '.repeat(indent + 2)}${line}\n`).join('')}${' '.repeat(indent)}${end}`;
