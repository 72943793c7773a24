import type { Command } from 'commander';
import { environmentVariables, exitMeanings } from './program-help.js';

/** The manual page of the command line, section 1, in the macros of man(7), by the same declarations as the help. */
export function manPage(program: Command, version: string): string {
  const name = program.name();
  return [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    '.SH NAME',
    text(`${name} - ${lowered(program.description()).replace(/\.$/, '')}`),
    '.SH SYNOPSIS',
    `.B ${escape(name)}`,
    '.I command',
    '[options]',
    '.SH DESCRIPTION',
    text(
      'Makes the configuration of a Logto tenant what manifests say. Standard output is the result; progress and problems go to standard error.',
    ),
    '.SH COMMANDS',
    ...commandsBelow(program).flatMap(commandSection),
    '.SH ENVIRONMENT',
    ...Object.entries(environmentVariables).flatMap(([variable, meaning]) => item(variable, meaning)),
    '.SH EXIT STATUS',
    ...exitMeanings.flatMap(([code, meaning]) => item(String(code), meaning)),
    '.SH EXAMPLES',
    ...example(program),
    '',
  ].join('\n');
}

/** Those that can be given, in the order of the help. */
const commandsBelow = (command: Command): readonly Command[] =>
  visibleBelow(command).flatMap((inner) => (inner.commands.length > 0 ? commandsBelow(inner) : [inner]));

const visibleBelow = (command: Command): readonly Command[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((inner) => inner.name() !== 'help');

function commandSection(command: Command): readonly string[] {
  const help = command.createHelp();
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  return [
    `.SS ${escape(help.commandUsage(command))}`,
    text(sentence(command.description())),
    ...help
      .visibleArguments(command)
      .flatMap((argument) => item(help.argumentTerm(argument), help.argumentDescription(argument))),
    ...options.flatMap((option) => item(help.optionTerm(option), help.optionDescription(option))),
    '.PP',
    ...example(command),
  ];
}

/** What the help shows below `Example:` or `Examples:`. */
function example(command: Command): readonly string[] {
  let shown = '';
  const before = command.configureOutput();
  command.configureOutput({ writeOut: (part) => (shown += part) }).outputHelp();
  command.configureOutput(before);
  const [, lines = ''] = shown.split(/\nExamples?:\n/);
  return ['.nf', ...lines.trimEnd().split('\n').map(text), '.fi'];
}

const item = (term: string, meaning: string): readonly string[] => [
  '.TP',
  `.B ${escape(term)}`,
  text(sentence(meaning)),
];

const sentence = (words: string): string => {
  const whole = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
};

const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** A line of text: one that begins with a dot or an apostrophe would be a macro. */
const text = (line: string): string => escape(line).replace(/^(?=[.'])/, '\\&');

/** A hyphen that is typed is a minus in roff; a backslash begins a command. */
const escape = (line: string): string => line.replaceAll('\\', '\\e').replaceAll('-', '\\-');
