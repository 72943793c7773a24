import type { Argument, Command, Option } from 'commander';

/** What can stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** A file or a folder can stand there too. */
  readonly files: boolean;
}

/**
 * What can stand where the cursor is in a command line, by the same declarations as the help.
 *
 * @param before the words before it, without `logto-iac`
 * @param current the beginning of the word that it is in
 */
export function complete(program: Command, before: readonly string[], current: string): Completion {
  const [, option, value = ''] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? [];
  if (option !== undefined) {
    const { candidates } = complete(program, [...before, option], value);
    const whole = candidates.map((one) => candidate(`${option}=${one.value}`, one.description));
    // What names files for a shell takes the whole word for one.
    return { candidates: whole, files: false };
  }
  const { command, pending, operands } = walk(program, before);
  const { candidates, files } = pending
    ? valuesOf(pending, pending.flags.replace(/^.*[<[]/, ''))
    : expected(command, operands, current);
  return { candidates: candidates.filter(({ value }) => value.startsWith(current)), files };
}

interface Position {
  readonly command: Command;
  /** An option that waits for its value. */
  readonly pending: Option | undefined;
  /** How many arguments of the command stand there already. */
  readonly operands: number;
}

function walk(program: Command, words: readonly string[]): Position {
  let command = program;
  let pending: Option | undefined;
  let operands = 0;
  for (const word of words) {
    if (pending) pending = undefined;
    else if (word.startsWith('-')) {
      const option = command.options.find(({ long, short }) => word === long || word === short);
      pending = takesValue(option) ? option : undefined;
    } else {
      const inner = command.commands.find((candidate) => candidate.name() === word);
      if (inner) [command, operands] = [inner, 0];
      else operands += 1;
    }
  }
  return { command, pending, operands };
}

const takesValue = (option: Option | undefined): boolean =>
  option !== undefined && (option.required || option.optional);

function expected(command: Command, operands: number, current: string): Completion {
  if (current.startsWith('-')) return { candidates: optionsOf(command), files: false };
  if (command.commands.length > 0) {
    const visible = command.createHelp().visibleCommands(command);
    const named = visible.map((inner) => candidate(inner.name(), inner.description()));
    return { candidates: named, files: false };
  }
  const argument = command.registeredArguments[operands];
  return argument ? valuesOf(argument, argument.name()) : { candidates: [], files: false };
}

function optionsOf(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => candidate(long ?? short ?? '', description));
}

/** Files where the name of the value says so. */
function valuesOf({ argChoices = [] }: Option | Argument, name: string): Completion {
  return {
    candidates: argChoices.map((value) => candidate(value, '')),
    files: /\b(file|folder|path|plan)\b/.test(name),
  };
}

const candidate = (value: string, description: string): Candidate => ({ value, description });
