import { blocks, placeOf, readPage, root } from './pages';
import { readdirSync } from 'node:fs';
import { kinds } from '../../src/kinds';
import { freshPages, pageOf } from '../../src/reference/pages';

/** What a page may say of a block, by its language, and the test that looks at it. */
const checks: Readonly<Record<string, readonly RegExp[]>> = {
  // manifests.test.ts
  yaml: [
    /^$/,
    /^(more|overlay) of [\w./-]+$/,
    /^wrong: [a-z-]+(, [a-z-]+)*$/,
    /^valid, but needs Logto Cloud$/,
    // pipelines.test.ts
    /^workflow$/,
    /^GitLab pipeline$/,
    /^pre-commit configuration$/,
    // tenants-file.test.ts
    /^file of tenants$/,
  ],
  // manifests.test.ts, walks.test.ts, messages.test.ts, told.mjs
  text: [
    /^$/,
    /^problems of the manifest above$/,
    /^told (when .+|by (the scenario [\w-]+|`[^`]+`))$/,
    /^what the command above prints$/,
  ],
  // walks.test.ts, and all of them command-lines.test.ts
  sh: [/^$/, /^exit code [1-6]$/, /^in the background$/, /^not run: .{15,}$/s],
  walk: [/^$/],
  // programs.test.ts
  ts: [/^$/],
  js: [/^$/],
};

test('every block of every page is checked in a way that is known', () => {
  const unknown = blocks.filter(
    ({ language, check = '' }) => !checks[language]?.some((known) => known.test(check)),
  );
  expect(unknown.map((block) => `${placeOf(block)} ${block.language} ${block.check ?? ''}`)).toEqual([]);
});

const pages = new Map(
  readdirSync(`${root}/docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readPage(`docs/${name}`)]),
);

test('what is generated in the pages is what the kinds and the command line say now (npm run schema)', () => {
  expect(freshPages(pages)).toEqual(pages);
});

test.each(kinds.map(pageOf))(
  '%s has an introduction, an example, what to look out for, and the fields',
  (page) => {
    const text = pages.get(page) ?? '';
    const [, introduction = '', lookOut = ''] =
      /^# \w+\n\n(.+?)\n```yaml.*?\n## Good to know\n\n(.+?)\n\n## Fields\n\n/s.exec(text) ?? [];
    expect([introduction.length > 40, lookOut.length > 40]).toEqual([true, true]);
    expect(text).toContain(`<!-- generated: fields of ${page.slice('kinds/'.length, -'.md'.length)} -->`);
  },
);
