import { CommanderError, type Command } from 'commander';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { makeProgram } from '../../src/cli/program';
import { blocks, readPage, root } from './pages';

/** Everything that people read and copy from: pages, and what lies in examples/ with its comments and pipelines. */
const documents = [
  ...new Set([
    ...blocks.map(({ page }) => page),
    ...['CONTRIBUTING.md', '.pre-commit-hooks.yaml'],
    ...examplesWithCommands(),
  ]),
];

function examplesWithCommands(): readonly string[] {
  return readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|ya?ml)$/.test(name))
    .map((name) => join('examples', name));
}

/** The command lines that a text shows: in shell blocks, in code spans, in steps of pipelines and in comments. */
function commandLinesOf(text: string): readonly string[] {
  const shown = [
    ...[...text.matchAll(/^ *```sh\n(.*?)^ *```$/gms)].flatMap(([, block = '']) =>
      block.replaceAll(/\\\n\s*/g, ' ').split('\n'),
    ),
    ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? ''),
    ...[...text.matchAll(/^ *- (?:run: )?(.*)$/gm)].map(([, line]) => line ?? ''),
    ...[...text.matchAll(/^ *(?:run|entry): (.*)$/gm)].map(([, line]) => line ?? ''),
    ...[...text.matchAll(/^# {2,}(logto-iac .*)$/gm)].map(([, line]) => line ?? ''),
  ];
  return shown
    .flatMap((line) => line.replace(/\s+#.*$/, '').split(/&&|\|\||[|>]/))
    .map((part) => part.trim().replace(/^npx /, ''))
    .filter((part) => part.startsWith('logto-iac '));
}

const commandLines = documents.flatMap((name) =>
  [...new Set(commandLinesOf(readPage(name)))].map((line) => [name, line] as const),
);

/** Lets every command parse its arguments and do nothing. */
function withoutActions(command: Command): Command {
  command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  command.commands.forEach(withoutActions);
  return command;
}

test.each(commandLines)('%s: logto-iac understands `%s`', (_document, line) => {
  // `logto-iac COMMAND --help` stands for every command.
  const words = line
    .replace('COMMAND', 'plan')
    .split(/\s+/)
    .slice(1)
    .map((word) => word.replaceAll(/^['"]|['"]$/g, ''));
  try {
    withoutActions(makeProgram(() => undefined)).parse(words, { from: 'user' });
  } catch (error) {
    // Help and version end with a CommanderError too.
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
});

/** What the help names: `complete` is for shells alone. */
const named = (command: Command): readonly Command[] => {
  const visible = command.createHelp().visibleCommands(command);
  return command.commands.filter((inner) => visible.includes(inner));
};

const leaves = (command: Command, path: readonly string[] = []): readonly string[] =>
  named(command).flatMap((inner) =>
    inner.commands.length > 0 ? leaves(inner, [...path, inner.name()]) : [[...path, inner.name()].join(' ')],
  );

test('every command has its part of the page on commands, with its options', () => {
  const page = readPage('docs/commands.md');
  const missing = leaves(makeProgram(() => undefined)).filter(
    (name) => !page.includes(`\n## ${name}\n`) || !page.includes(`<!-- generated: options of ${name} -->`),
  );
  expect(missing).toEqual([]);
});

test('the README names every command', () => {
  const inReadme = new Set(
    [...readPage('README.md').matchAll(/`logto-iac ([\w-]+)/g)].map(([, name]) => name),
  );
  const commands = named(makeProgram(() => undefined)).map((command) => command.name());
  expect(commands.filter((name) => !inReadme.has(name))).toEqual([]);
});
