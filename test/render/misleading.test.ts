import { formatProblem } from '../../src/manifest/format-problem';
import { actionText } from '../../src/render/plan-text';

const sign = '\u202E';

test('a plan shows nothing in another order than it is in, wherever it stands', () => {
  const text = actionText({
    type: 'update',
    address: `roles["a${sign}b"]`,
    reason: `was roles["c${sign}d"]`,
    consequences: [`"e${sign}f" is deleted`],
    changes: [{ path: ['customData', `g${sign}h`], before: `i${sign}`, after: `two${sign}\nlines` }],
  });
  expect(text).toContain('roles["a\\u202eb"]   was roles["c\\u202ed"]');
  expect(text).toContain('customData["g\\u202eh"]');
  expect(text).toContain('"e\\u202ef" is deleted');
  expect(text).not.toContain(sign);
});

test('nor does the line below a problem, and its caret stands where the mistake is', () => {
  const line = `  "${sign}": { nme: x }\u001B[31m`;
  const at = { file: 'a.yaml', line: 1, column: 10, endLine: 1, endColumn: 13, text: line };
  expect(formatProblem({ code: 'unknown-field', severity: 'error', message: 'no', hint: 'name', at })).toBe(`\
a.yaml:1:10  error: no
  1 |   "\\u202e": { nme: x }\\x1b[31m
    |               ^^^   name`);
});
