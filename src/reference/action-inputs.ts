import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What action.yml says of itself, as far as a page lists it. */
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const readAction = (): Action =>
  parse(readFileSync(join(__dirname, '..', '..', 'action.yml'), 'utf8')) as Action;

/** The table of the inputs of our GitHub Action. */
export const actionInputs = (): string =>
  [
    '| input | what it is | default |',
    '| --- | --- | --- |',
    ...Object.entries(readAction().inputs).map(
      ([name, input]) =>
        `| \`${name}\` | ${input.description} | ${input.default === '' ? '' : `\`${input.default}\``} |`,
    ),
  ].join('\n');

/** The table of its outputs. */
export const actionOutputs = (): string =>
  [
    '| output | what it is |',
    '| --- | --- |',
    ...Object.entries(readAction().outputs).map(
      ([name, { description }]) => `| \`${name}\` | ${description} |`,
    ),
  ].join('\n');
