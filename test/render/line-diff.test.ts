import { lineDiff, wholeText } from '../../src/render/line-diff';
import { planText } from '../../src/render/plan-text';
import type { Change, Plan } from '../../src/plan/plan';

const planOf = (changes: readonly Change[]): Plan => ({
  stack: 'default',
  endpoint: 'https://acme.logto.app',
  digest: 'd',
  summary: { create: 0, update: 1, replace: 0, delete: 0, adopt: 0, move: 0, unchanged: 0 },
  actions: [{ type: 'update', address: 'signInExperience', consequences: [], changes }],
  blocked: [],
  warnings: [],
  steps: [],
});

test('what changes in a text of several lines is shown by line, with two lines around it', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\n';
  expect(lineDiff(before, 'a\nb\nc\nD\ne\nf\ng\n')).toEqual(['…', '  b', '  c', '- d', '+ D', '  e', '  f']);
});

test('what is left out between two changes is told', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const changed = lines.map((line, index) => (index === 0 || index === 19 ? `${line}!` : line));
  const shown = lineDiff(`${lines.join('\n')}\n`, `${changed.join('\n')}\n`);
  expect(shown.filter((line) => /^[-+…]/.test(line))).toEqual([
    '- line 0',
    '+ line 0!',
    '…',
    '- line 19',
    '+ line 19!',
  ]);
});

test('a long text is cut, and the rest of it counted', () => {
  const shown = wholeText('+', 'x\n'.repeat(100));
  expect([shown.length, shown.at(-1)]).toEqual([61, '… 40 more lines']);
});

test('a plan shows a style sheet line by line, and everything else on one', () => {
  const text = planText(
    planOf([
      { path: ['customCss'], before: 'a {\n  x: y;\n}\n', after: 'a {\n  x: z;\n}\n' },
      { path: ['signInMode'], before: 'SignIn', after: 'Register' },
    ]),
  );
  expect(text).toBe(`~ signInExperience
    customCss
          a {
        -   x: y;
        +   x: z;
          }
    signInMode  "SignIn" → "Register"

1 to update, 0 unchanged   digest d
`);
});

test('a secret of several lines is not shown', () => {
  expect(planText(planOf([{ path: ['customCss'], sensitive: true }]))).toContain('customCss  (sensitive)');
});
