import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { blocks, readPage, root } from './pages';

const pages = [
  ...new Set([...blocks.map(({ page }) => page), 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/README.md']),
];

/** A page without its code, in which brackets are no links. */
const proseOf = (markdown: string): string =>
  markdown.replaceAll(/^ *```[^]*?^ *```$/gm, '').replaceAll(/`[^`\n]*`/g, 'code');

/** The anchors of the headings, as GitHub makes them. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const withoutBlocks = markdown.replaceAll(/^ *```[^]*?^ *```$/gm, '');
  const headings = [...withoutBlocks.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(
    headings.map((anchor, index) => {
      const earlier = headings.slice(0, index).filter((other) => other === anchor).length;
      return earlier === 0 ? anchor : `${anchor}-${earlier}`;
    }),
  );
}

test.each(pages)('every link of %s leads somewhere', (page) => {
  const links = [...proseOf(readPage(page)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(
    ([, link = '']) => link,
  );
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return true;
    if (anchor === undefined) return false;
    const file = statSync(join(root, target)).isDirectory() ? join(target, 'README.md') : target;
    return !anchorsOf(readPage(file)).has(anchor);
  });
  expect(broken).toEqual([]);
});

test.each(pages)('every npm script that %s names exists', (page) => {
  const { scripts } = JSON.parse(readPage('package.json')) as { readonly scripts: object };
  const named = [...readPage(page).matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(
    ([, name = '']) => name,
  );
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
