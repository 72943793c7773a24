import fc from 'fast-check';

import { isObject, type Json, type JsonObject } from '../../src/json';
import { escapedJson } from '../../src/manifest/expression';

/** A line of a manifest, and what it says something about. */
export interface Line {
  readonly text: string;
  readonly path: readonly string[];
}

/** A manifest as somebody might have written it. */
export interface RandomText {
  readonly value: JsonObject;
  readonly lines: readonly Line[];
}

const keys = ['a', 'b', 'name', 'orders:read', 'a b', 'x.y', '404', 'true', "it's", '# no', 'long-key'];
const texts = [
  ...[
    'plain',
    'two words',
    'a: b',
    '# no comment',
    ' spaces ',
    '',
    'true',
    '12',
    "it's",
    'say "so"',
    '- dash',
  ],
  ...[
    '${x}',
    'two\nlines',
    'two\nlines\n',
    '  indented\nlines \n\n',
    'ends\n\n',
    'https://a.example/b?c=d,e',
    'pay\u202Eroll\uFEFF',
    'pay\u00ADpal \u{E0041}',
    'two\u2066\nlines',
    '[x]',
    '*a',
    '&b',
  ],
];

const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.integer({ min: -5, max: 5000 }) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** A value of a few levels. */
export const anyValue = (depth: number): fc.Arbitrary<Json> =>
  depth === 0
    ? scalar
    : fc.oneof(
        { weight: 3, arbitrary: scalar },
        { weight: 2, arbitrary: fc.array(anyValue(depth - 1), { maxLength: 4 }) },
        { weight: 3, arbitrary: anyObject(depth - 1, 0) },
      );

export const anyObject = (depth: number, minKeys: number): fc.Arbitrary<JsonObject> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), anyValue(depth)), {
      selector: ([key]) => key,
      minLength: minKeys,
      maxLength: 5,
    })
    .map((entries) => Object.fromEntries(entries));

/** Draws what is written in one of several ways. */
type Draw = (choices: number) => number;

function drawFrom(seed: number): Draw {
  let state = seed;
  return (choices) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return (state >>> 8) % choices;
  };
}

interface Hand {
  readonly draw: Draw;
  readonly step: number;
  readonly indentsLists: boolean;
}

/** The text of a manifest, in a hand that the seed decides. */
export function writtenBy(seed: number, value: JsonObject): RandomText {
  const draw = drawFrom(seed);
  const hand: Hand = { draw, step: draw(2) === 0 ? 2 : 4, indentsLists: draw(2) === 0 };
  const lines = Object.entries(escapedJson(value) as JsonObject).flatMap(([key, inner], index) => [
    ...(index > 0 && draw(2) === 0 ? [{ text: '', path: [] }] : []),
    ...entryLines(key, inner, [key], hand),
  ]);
  return { value, lines: [{ text: '# A manifest.', path: [] }, { text: '', path: [] }, ...lines] };
}

const indent = (lines: readonly Line[], width: number): readonly Line[] =>
  lines.map(({ text, path }) => ({ text: text === '' ? '' : ' '.repeat(width) + text, path }));

function entryLines(key: string, value: Json, path: readonly string[], hand: Hand): readonly Line[] {
  const { draw, step, indentsLists } = hand;
  const comment = draw(4) === 0 ? [{ text: `# about ${key}`, path }] : [];
  const name = keyText(key, draw);
  if (Array.isArray(value) && value.length > 0 && draw(2) === 0) {
    const items = (value as readonly Json[]).flatMap((item, index) =>
      itemLines(item, [...path, String(index)], hand),
    );
    return [...comment, { text: `${name}:`, path }, ...(indentsLists ? indent(items, step) : items)];
  }
  if (isObject(value) && Object.keys(value).length > 0 && draw(3) > 0) {
    const inner = Object.entries(value).flatMap(([below, held]) =>
      entryLines(below, held, [...path, below], hand),
    );
    return [...comment, { text: `${name}:${noteText(draw)}`, path }, ...indent(inner, step)];
  }
  const [first = '', ...others] = valueLines(value, hand, step);
  return [
    ...comment,
    { text: `${name}:${first === '' ? '' : ` ${first}`}${others.length > 0 ? '' : noteText(draw)}`, path },
    ...others.map((text) => ({ text, path })),
  ];
}

function itemLines(item: Json, path: readonly string[], hand: Hand): readonly Line[] {
  const { draw } = hand;
  const comment = draw(5) === 0 ? [{ text: '# about the next item', path }] : [];
  if (isObject(item) && Object.keys(item).length > 0 && draw(2) === 0) {
    const inner = Object.entries(item).flatMap(([key, value], index) =>
      entryLines(key, value, [...path, key], index === 0 ? { ...hand, draw: quiet(draw) } : hand),
    );
    return [
      ...comment,
      ...indent(inner, 2).map(({ text, path: own }, index) => ({
        text: index === 0 ? `- ${text.slice(2)}` : text,
        path: own,
      })),
    ];
  }
  const [first = '', ...others] = valueLines(item, hand, 2);
  return [
    ...comment,
    { text: `- ${first}${others.length > 0 ? '' : noteText(draw)}`, path },
    ...others.map((text) => ({ text, path })),
  ];
}

/** Never draws a comment, which could not stand behind a dash. */
const quiet =
  (draw: Draw): Draw =>
  (choices) =>
    choices === 4 ? 1 : draw(choices);

const noteText = (draw: Draw): string => (draw(5) === 0 ? '   # a note' : '');

/** A value in one line, or a block of lines. */
function valueLines(value: Json, { draw }: Hand, width: number): readonly string[] {
  if (typeof value === 'string' && value.trim().includes('\n') && !/^[ \n]/.test(value) && draw(3) > 0) {
    const content = value.replace(/\n+$/, '');
    const ending = value.slice(content.length);
    const lines = [...content.split('\n'), ...Array<string>(Math.max(0, ending.length - 1)).fill('')];
    const chomping = ending === '' ? '-' : ending === '\n' ? '' : '+';
    return [`|${chomping}`, ...lines.map((line) => (line === '' ? '' : ' '.repeat(width) + line))];
  }
  return [flowText(value, draw)];
}

function flowText(value: Json, draw: Draw): string {
  if (typeof value === 'string') return scalarText(value, draw);
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => flowText(item, draw));
    return items.length > 0 && draw(3) === 0 ? `[ ${items.join(' , ')}, ]` : `[${items.join(', ')}]`;
  }
  if (!isObject(value)) return value === null && draw(2) === 0 ? '~' : JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${keyText(key, draw)}: ${flowText(inner, draw)}`,
  );
  return entries.length > 0 && draw(3) === 0 ? `{${entries.join(', ')}}` : `{ ${entries.join(', ')} }`;
}

function scalarText(text: string, draw: Draw): string {
  const isPlain = /^[A-Za-z][A-Za-z ]*[A-Za-z]$/.test(text) && !['true', 'false', 'null'].includes(text);
  if (isPlain && draw(2) === 0) return text;
  return !text.includes('\n') && draw(2) === 0 ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

const keyText = (key: string, draw: Draw): string =>
  /^[A-Za-z]+$/.test(key) && key !== 'true' && draw(3) > 0
    ? key
    : scalarText(key, draw).replace(/^([^'"].*)$/, '"$1"');
