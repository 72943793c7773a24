import fc from 'fast-check';
import { runInNewContext } from 'node:vm';

import { call, list, object, text, word } from '../../../src/export/constructs/code';
import { printStatement } from '../../../src/export/constructs/print-code';
import { keyLiteral, numberLiteral, textLiteral } from '../../../src/export/constructs/text-literal';
import { isFormatted } from './is-formatted';

const value = (source: string): unknown => runInNewContext(`(${source})`);

test.each([
  ['', "''"],
  ["it's", `"it's"`],
  [`say "it's"`, `'say "it\\'s"'`],
  ['back\\slash', "'back\\\\slash'"],
  ['`tick` ${x}', "'`tick` ${x}'"],
  ['tab\tnul\u0000', "'tab\\tnul\\u0000'"],
  ['one line\n', "'one line\\n'"],
  ['\u2028\u2029\u00a0\u202e\ufeff', "'\\u2028\\u2029\\u00a0\\u202e\\ufeff'"],
  ['\ud800', "'\\ud800'"],
  ['👩‍👩‍👧 नमस्ते', "'👩‍👩‍👧 नमस्ते'"],
  ['two\nlines', '`two\nlines`'],
  ['`a`\n${b} \\ \r\n$', '`\\`a\\`\n\\${b} \\\\ \\r\n$`'],
])('the text %j is written %s', (given, source) => {
  expect(textLiteral(given)).toBe(source);
  expect(value(source)).toBe(given);
});

test('any text means itself, and nothing in its source is unseen', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
    fc.string({
      unit: fc.constantFrom(
        '\\',
        '`',
        '$',
        '{',
        '}',
        "'",
        '"',
        '\n',
        '\r',
        '\u2028',
        '\ud83d',
        '\ude00',
        ' ',
      ),
    }),
  );
  fc.assert(
    fc.property(texts, (given) => {
      const source = textLiteral(given);
      expect(value(source)).toBe(given);
      expect(source.replaceAll('\n', '')).not.toMatch(
        /\p{Cc}|\p{Cs}|[\u00a0\u00ad\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u,
      );
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a', 'a'],
  ['länge', 'länge'],
  ['2026', "'2026'"],
  ['a-b', "'a-b'"],
  ['', "''"],
  ['class', 'class'],
  ["it's", `"it's"`],
])('the key %j is written %s', (key, source) => {
  expect(keyLiteral(key)).toBe(source);
});

test('any keys and values are what they were: also __proto__', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.integer()), (given) => {
      const members = Object.entries({ ...given, ['__proto__']: 1 }).map(([key, number]) => ({
        key: keyLiteral(key),
        value: word(numberLiteral(number)),
      }));
      const made = value(printStatement('', object(members), 0).replace(/;$/, '')) as object;
      expect(Object.entries(made)).toEqual(Object.entries({ ...given, ['__proto__']: 1 }));
    }),
  );
});

test.each([
  [0, '0'],
  [-1.5, '-1.5'],
  [1e21, '1e21'],
  [1e-7, '1e-7'],
])('the number %d is written %s', (number, source) => {
  expect(numberLiteral(number)).toBe(source);
});

/** Of characters about whose width everybody agrees. */
const words = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.oneof(
      { weight: 9, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
      fc.constantFrom('ü', '日', '한', '😀', 'é', '“'),
    ),
    maxLength,
  });

const code = fc.letrec<{ code: Parameters<typeof printStatement>[1] }>((tie) => ({
  code: fc.oneof(
    { depthSize: 'medium' },
    words(60).map(text),
    fc.nat().map((number) => word(String(number))),
    fc.constantFrom('orders', 'aVariableWithALongNameSuchAsTheyAre').map(word),
    fc.array(tie('code'), { maxLength: 4 }).map(list),
    fc.tuple(fc.dictionary(words(20), tie('code'), { maxKeys: 4 }), fc.boolean()).map(([members, isOpen]) =>
      object(
        Object.entries(members).map(([key, inner]) => ({ key: keyLiteral(key), value: inner })),
        isOpen,
      ),
    ),
    fc
      .tuple(fc.constantFrom('secret', 'readFileSync', 'apiResources.orders.scope'), words(60), fc.boolean())
      .map(([callee, name, isScoped]) => call(callee, ...(isScoped ? [word('tenant')] : []), text(name))),
    fc.constant(call('managementApiScope')),
    words(60).map((path) => call('JSON.parse', call('readFileSync', text(path), text('utf8')))),
  ),
})).code;

test('prettier finds nothing to do', async () => {
  await fc.assert(
    fc.asyncProperty(code, fc.constantFrom('new ', 'const acme = new '), async (props, head) => {
      const source = `${printStatement(head, call('Role', word('tenant'), text('clerk'), object([{ key: 'props', value: props }])), 0)}\n`;
      expect({ source, formatted: await isFormatted(source) }).toEqual({ source, formatted: true });
    }),
    { numRuns: process.env['LOGTO_IAC_LONG'] === undefined ? 100 : 5000 },
  );
});
