import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block of a page; see blocks.mjs. */
export interface Block {
  readonly page: string;
  readonly line: number;
  /** `walk` for commands in a comment. */
  readonly language: string;
  readonly text: string;
  /** What the page says about how it is checked. */
  readonly check?: string;
}

export const root = join(__dirname, '..', '..');

export const readPage = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Of README.md, docs/ and the pages in examples/, in their order. */
export const blocks = JSON.parse(
  execFileSync(process.execPath, [join(__dirname, 'blocks.mjs')], { encoding: 'utf8' }),
) as readonly Block[];

export const placeOf = ({ page, line }: Block): string => `${page}:${line}`;
