import type { Problem } from '../../src/errors.js';
import { formatProblem } from '../../src/manifest/format-problem.js';

const problem = (text: string, column: number, endColumn: number, more: Partial<Problem> = {}): Problem => ({
  code: 'unknown-reference',
  severity: 'error',
  message: 'something is wrong',
  at: { file: 'tenant.yaml', line: 14, column, endLine: 14, endColumn, text },
  ...more,
});

test('a problem shows its place, the line, a caret below and what to do', () => {
  const shown = formatProblem(
    problem('  roles: [suport-agent]', 11, 23, {
      message: 'unknown role "suport-agent" in applications.crm-sync',
      hint: 'did you mean "support-agent"?',
    }),
  );
  expect(shown).toBe(`tenant.yaml:14:11  error: unknown role "suport-agent" in applications.crm-sync
  14 |   roles: [suport-agent]
     |           ^^^^^^^^^^^^   did you mean "support-agent"?`);
});

test('a value of several lines is marked to the end of its first', () => {
  const at = { file: 'a.yaml', line: 9, column: 4, endLine: 12, endColumn: 2, text: '  - name: x  ' };
  expect(formatProblem(problem('', 1, 1, { severity: 'warning', at })))
    .toBe(`a.yaml:9:4  warning: something is wrong
  9 |   - name: x  
    |    ^^^^^^^^`);
});

test('tabs and wide characters keep the caret in its column', () => {
  expect(
    formatProblem(problem('a:\tb', 4, 5))
      .split('\n')
      .slice(1),
  ).toEqual(['  14 | a:  b', '     |     ^']);
  expect(
    formatProblem(problem('名前: 値x', 5, 6))
      .split('\n')
      .slice(1),
  ).toEqual(['  14 | 名前: 値x', '     |       ^^']);
});

test('a long line is cut around the place', () => {
  const line = `${'a'.repeat(300)}HERE${'b'.repeat(300)}`;
  expect(
    formatProblem(problem(line, 301, 305))
      .split('\n')
      .slice(1),
  ).toEqual([`  14 | …${'a'.repeat(50)}HERE${'b'.repeat(46)}…`, `     | ${' '.repeat(51)}^^^^`]);
});

test('without a line to show, the advice stands below the message', () => {
  expect(formatProblem({ code: 'not-found', severity: 'error', message: 'no file', hint: 'make one' })).toBe(
    'error: no file\n  make one',
  );
  expect(formatProblem(problem('   ', 1, 1))).toBe('tenant.yaml:14:1  error: something is wrong');
});
