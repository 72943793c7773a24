import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
import { check } from 'prettier/standalone';

/** Whether prettier would leave a source as it is. */
export const isFormatted = (source: string): Promise<boolean> =>
  check(source, { parser: 'typescript', plugins: [estree, typescript], singleQuote: true });
