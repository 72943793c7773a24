import { Command, type Option } from 'commander';
import { withLimitOptions, withLockOptions, withManifestOptions, withTenantOptions } from '../cli/options.js';
import { makeProgram } from '../cli/program.js';

/** Options that several commands have, so that a page can explain them once. */
const shared = {
  manifest: withManifestOptions,
  tenant: withTenantOptions,
  limits: withLimitOptions,
  lock: withLockOptions,
} as const;

type Shared = keyof typeof shared;

const optionsOfGroup = (group: Shared): readonly Option[] => shared[group](new Command()).options;

export const isSharedGroup = (name: string): name is Shared => Object.hasOwn(shared, name);

/** The table of options that commands share. */
export const sharedOptions = (group: Shared): string => table(optionsOfGroup(group));

/** How a command is called, and the options that it alone has; the others are named. */
export function optionsOfCommand(name: string): string {
  const command = name.split(' ').reduce<Command | undefined>(
    (parent, word) => parent?.commands.find((child) => child.name() === word),
    makeProgram(() => undefined),
  );
  if (!command) throw new Error(`there is no command ${name}`);
  const flags = command.options.map((option) => option.flags);
  const groups = (Object.keys(shared) as Shared[]).filter((group) =>
    optionsOfGroup(group).every((option) => flags.includes(option.flags)),
  );
  const known = groups.flatMap((group) => optionsOfGroup(group).map((option) => option.flags));
  const own = command.options.filter((option) => !known.includes(option.flags));
  const args = command.registeredArguments.map(
    (argument) => `\`${argument.name()}\`: ${cell(argument.description)}.`,
  );
  const links = groups.map((group) => `[${group} options](#${group}-options)`);
  return [
    ...args,
    ...(own.length > 0 ? [table(own)] : []),
    ...(links.length > 0 ? [`Besides: ${links.join(', ')}.`] : []),
  ].join('\n\n');
}

const table = (options: readonly Option[]): string =>
  [
    '| option | what it does |',
    '| --- | --- |',
    ...options.map(
      ({ flags, description, argChoices, defaultValue }) =>
        `| \`${cell(flags)}\` | ${cell(description)}${choicesText(argChoices, description)}${typeof defaultValue === 'string' ? ` (default: \`${cell(defaultValue)}\`)` : ''} |`,
    ),
  ].join('\n');

/** The values, where the description does not name them already. */
const choicesText = (choices: readonly string[] = [], description: string): string =>
  choices.every((choice) => description.includes(choice))
    ? ''
    : `: ${choices.map((choice) => `\`${choice}\``).join(', ')}`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
