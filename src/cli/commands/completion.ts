import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import { complete } from '../complete.js';
import { completionScript } from '../completion-script.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { shells } from '../options.js';

/** Prints the script for a shell. */
export function completion(_flags: unknown, name: string | undefined): Promise<ExitCode> {
  const shell = shells.find((known) => known === name);
  if (shell === undefined) {
    throw new UsageError(
      name === undefined ? 'it is not said which shell is meant' : `there is no completion for "${name}"`,
      `the shells are ${shells.join(', ')}`,
    );
  }
  process.stdout.write(completionScript(shell));
  return Promise.resolve(exitCode.done);
}

/**
 * Prints what can stand where the cursor is: a word a line, with its description behind a tab.
 *
 * @param words those up to the cursor; the last one, which it is in, with a dot before it
 */
export function printCompletions(program: Command, words: readonly string[]): void {
  const current = (words.at(-1) ?? '.').slice(1);
  const { candidates, files } = complete(program, words.slice(0, -1), current);
  const lines = candidates.map(({ value, description }) => `${value}\t${description}\n`);
  process.stdout.write([...lines, ...(files ? [':files\n'] : [])].join(''));
}
