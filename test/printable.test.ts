import { isMisleading, printable, printableJson, withoutMisleading } from '../src/printable';

test('signs that nobody sees, and those that turn the text around them, are shown as escapes', () => {
  for (const sign of ['\u00AD', '\u2028', '\u180E', '\u206A', '\u3164', '\u034F', '\u{E0041}'])
    expect(isMisleading(sign)).toBe(true);
  expect(withoutMisleading('\u{E0041}')).toBe('\\udb40\\udc41');
  const text = 'pay\u202Eroll\u2066\u200B\uFEFF';
  expect(isMisleading(text)).toBe(true);
  expect(withoutMisleading(text)).toBe('pay\\u202eroll\\u2066\\u200b\\ufeff');
  expect(printable(text)).toBe('pay\\u202eroll\\u2066\\u200b\\ufeff');
  expect(printableJson({ [text]: text })).toBe(
    '{"pay\\u202eroll\\u2066\\u200b\\ufeff":"pay\\u202eroll\\u2066\\u200b\\ufeff"}',
  );
});

test.each(['Zürich', '日本', 'שלום', 'مرحبا', '👩‍👩‍👧', 'می‌خواهم', 'two\nlines\tand a tab'])(
  'what people write stays: %j',
  (text) => {
    expect(isMisleading(text)).toBe(false);
    expect(printable(text)).toBe(text);
  },
);

test('what a CI system would take for a command is broken up, and controls are visible', () => {
  expect(printable(' ::error::x')).toBe(' :\u200B:error::x');
  expect(printable('##[error]x')).toBe('#\u200B#[error]x');
  expect(printable('a\u001B[31mb')).toBe('a\\x1b[31mb');
});
