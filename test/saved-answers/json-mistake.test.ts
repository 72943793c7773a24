import { jsonMistake } from '../../src/saved-answers/json-mistake';

test.each([
  ['', 0, 'the file ends too early: a value should be here'],
  [' \n', 2, 'the file ends too early: a value should be here'],
  ['<html>', 0, 'broken JSON: a value should be here'],
  ['[1, 2', 5, 'the file ends too early: "," or "]" should be here'],
  ['[1 2]', 3, 'broken JSON: "," or "]" should be here'],
  ['[1,]', 3, 'broken JSON: a value should be here'],
  ['[}', 1, 'broken JSON: a value should be here'],
  ['{"a": 1,}', 8, 'broken JSON: a key in double quotes should be here'],
  ["{'a': 1}", 1, 'broken JSON: a key in double quotes should be here'],
  ['{"a" 1}', 5, 'broken JSON: ":" should be here'],
  ['{"a": }', 6, 'broken JSON: a value should be here'],
  ['{"a": 1 "b": 2}', 8, 'broken JSON: "," or "}" should be here'],
  ['[]\n[]', 3, 'broken JSON: the end of the file should be here'],
  ['[tru]', 1, 'broken JSON: a value should be here'],
  ['[truex]', 1, 'broken JSON: a value should be here'],
  ['[01]', 1, 'broken JSON: a value should be here'],
  ['["a\nb"]', 1, 'broken JSON: this text does not end, or holds what must be written as an escape'],
  ['["\\x"]', 1, 'broken JSON: this text does not end, or holds what must be written as an escape'],
  ['["open', 1, 'broken JSON: this text does not end, or holds what must be written as an escape'],
  ['{"a": {"b": [1, {"c": nul}]}}', 22, 'broken JSON: a value should be here'],
])('%j stops to be JSON at %d', (text, offset, message) => {
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect(jsonMistake(text)).toEqual({ offset, message });
});
