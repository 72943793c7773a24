import { codeSpan, fenced } from '../../src/render/fence';
import { reportMarkdown } from '../../src/render/markdown';
import type { Change } from '../../src/plan/plan';
import { planOf } from './plans';

const comment = (changes: readonly (readonly Change[])[]): string =>
  reportMarkdown({
    type: 'plan',
    command: 'plan',
    plan: planOf(
      changes.map((ofOne, index) => ({
        type: 'update',
        address: `applications.app-${index}`,
        consequences: [],
        changes: ofOne,
      })),
    ),
  });

test('a comment fits whatever the plan, and says how much is cut', () => {
  const small = Array.from({ length: 3000 }, (): readonly Change[] => [
    { path: ['name'], after: 'x'.repeat(50) },
  ]);
  const large = Array.from({ length: 30 }, (): readonly Change[] =>
    Array.from({ length: 500 }, (_, index) => ({ path: [`field-${index}`], after: 'y'.repeat(90) })),
  );
  const ticks = [[{ path: ['text'], after: `a\n${'`'.repeat(70_000)}\nb` }]];
  for (const plan of [small, large, ticks]) {
    const text = comment(plan);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toMatch(/_Cut to fit into a comment: \d+ of \d+ entries are not shown here\.|… cut/);
    expect(text).toMatch(/\nDigest `[0-9a-f]+`\n$/);
  }
  expect(comment(small.slice(0, 10))).not.toContain('Cut to fit');
});

/** Every line of the comment that is not inside of a fence. */
function outsideOfFences(text: string): readonly string[] {
  let fence: string | undefined;
  return text.split('\n').filter((line) => {
    const [, ticks] = /^(`{3,})/.exec(line) ?? [];
    if (fence === undefined) {
      fence = ticks;
      return ticks === undefined;
    }
    if (ticks !== undefined && ticks.length >= fence.length && line === ticks) fence = undefined;
    return false;
  });
}

test('nothing that a value holds is markup: it stands inside of fences that it cannot end', () => {
  const nasty = '@team </details> <img src=x onerror=alert(1)> | [link](javascript:x) ``` ````` #1 -->';
  const text = comment([
    [
      { path: ['name'], before: nasty, after: `${nasty}!` },
      { path: [nasty], after: 1 },
      { path: ['customCss'], before: `${nasty}\n\`\`\`\n`, after: `x\n${nasty}\n` },
    ],
  ]);
  expect(outsideOfFences(text).join('\n')).toMatchInlineSnapshot(`
   "<!-- logto-iac plan shop -->

   ### logto-iac plan: 1 change

   Stack \`shop\` in \`https://shop.logto.app\`

   | Create | Update | Replace | Delete | Adopt | Move | Unchanged |
   | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
   |  | 1 |  |  |  |  | 4 |

   <details>
   <summary><code>applications</code>: 1 resource</summary>


   </details>

   Digest \`0123456789abcdef0123456789abcdef\`
   "
  `);
});

test('a fence is longer than any in it, and a span of code keeps its backticks', () => {
  expect(fenced('a\n````\nb')).toBe('`````\na\n````\nb\n`````');
  expect(codeSpan('plain')).toBe('`plain`');
  expect(codeSpan('`a` | b\nc')).toBe('`` `a` \\| b c ``');
});
