import { translation } from '../../src/diff/same-text';

test('every text is looked for at once, so that none changes what another one has put there', () => {
  const translate = translation([
    ['a.example.com', 'b.example.com'],
    ['b.example.com', 'c.example.com'],
  ]);
  expect(translate('https://a.example.com and https://b.example.com')).toBe(
    'https://b.example.com and https://c.example.com',
  );
});

test('the longest text that fits counts, whatever its order', () => {
  const translate = translation([
    ['example.com', 'short'],
    ['dev.example.com', 'long'],
  ]);
  expect(translate('dev.example.com example.com')).toBe('long short');
});

test('texts mean themselves, not a pattern', () => {
  const translate = translation([
    ['a.c', 'x'],
    ['$1', '$&'],
  ]);
  expect(translate('abc a.c $1')).toBe('abc x $&');
});

test('without texts, and for one that is the same in both, nothing changes', () => {
  expect(translation([])('dev')).toBe('dev');
  expect(
    translation([
      ['dev', 'dev'],
      ['', 'x'],
    ])('dev'),
  ).toBe('dev');
});
