// The fenced blocks of our pages, with what the page says about how each is checked. Plain JavaScript, because the check
// of the packed package reads pages too, outside of jest. Run by itself, it prints the blocks of all pages as JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const pagesBelow = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .sort();

/** Every page that people read, from the top of the repository. */
export const pages = () => ['README.md', ...pagesBelow('docs'), ...pagesBelow('examples')];

const fence = /^(?<indent> *)```(?<language>\S*)$/;
const oneComment = /^ *<!-- (?<word>check|walk):\s(?<text>.*?)\s*-->$/s;

/**
 * The blocks of a page in their order.
 *
 * A comment `check:` before a block says what becomes of it. A comment `walk:` holds commands that are run at its place
 * with those of the page, and that readers need not see; it comes as a block of the language `walk`.
 */
export function blocksOf(page, markdown = readFileSync(join(root, page), 'utf8')) {
  const lines = markdown.split('\n');
  const blocks = [];
  let check;
  for (let index = 0; index < lines.length; index += 1) {
    const [line, start] = [lines[index], index];
    if (/^ *<!-- (check|walk):/.test(line)) {
      while (!lines[index].includes('-->')) index += 1;
      const { word, text } = oneComment.exec(lines.slice(start, index + 1).join('\n')).groups;
      if (word === 'check') check = text;
      else blocks.push({ page, line: start + 1, language: 'walk', text });
      continue;
    }
    const opening = fence.exec(line);
    if (!opening) {
      if (line.trim() !== '') check = undefined;
      continue;
    }
    const { indent, language } = opening.groups;
    const text = [];
    while (lines[(index += 1)] !== `${indent}\`\`\``) {
      if (index >= lines.length) throw new Error(`${page}:${start + 1}: the block has no end`);
      text.push(lines[index].startsWith(indent) ? lines[index].slice(indent.length) : lines[index]);
    }
    const block = { page, line: start + 1, language, text: text.map((one) => `${one}\n`).join('') };
    blocks.push(check === undefined ? block : { ...block, check });
    check = undefined;
  }
  return blocks;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(pages().flatMap((page) => blocksOf(page))));
}
