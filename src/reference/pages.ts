import { kindNamed, kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import { actionInputs, actionOutputs } from './action-inputs.js';
import { isSharedGroup, optionsOfCommand, sharedOptions } from './command-options.js';
import { emptyBlock, fillBlocks } from './generated-blocks.js';
import { fieldsOf } from './kind-fields.js';

/** The page of a kind, from the folder of the documentation. */
export const pageOf = ({ name }: Kind): string => `kinds/${name}.md`;

/**
 * Every page of the documentation with its generated parts made anew; a kind without a page gets one.
 *
 * @param pages what the folder holds, by path
 */
export function freshPages(pages: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const missing = kinds.filter((kind) => !pages.has(pageOf(kind)));
  const all = new Map([...pages, ...missing.map((kind) => [pageOf(kind), firstPage(kind)] as const)]);
  return new Map([...all].map(([path, page]) => [path, fillBlocks(page, makeBlock)]));
}

function makeBlock(name: string): string {
  if (name === 'kinds') return kindsTable();
  if (name === 'inputs of the action') return actionInputs();
  if (name === 'outputs of the action') return actionOutputs();
  const [, what, of = ''] = /^(fields|options) of (.+)$/.exec(name) ?? [];
  if (what === 'fields') return fieldsOf(kindNamed(of));
  if (what === 'options') return isSharedGroup(of) ? sharedOptions(of) : optionsOfCommand(of);
  throw new Error(`nothing is generated that is called "${name}"`);
}

const kindsTable = (): string =>
  [
    '| section | what it is |',
    '| --- | --- |',
    ...kinds.map((kind) => `| [\`${kind.name}\`](${kind.name}.md) | ${kind.summary} |`),
  ].join('\n');

const firstPage = ({ name, summary }: Kind): string =>
  `# ${name}\n\n${summary}\n\n## Fields\n\n${emptyBlock(`fields of ${name}`)}\n`;
