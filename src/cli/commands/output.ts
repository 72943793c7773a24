import { UsageError } from '../../errors.js';
import { formatValues, secretNamed, type OutputFormat } from '../../output/formats.js';
import {
  listOutputValues,
  readOutputValues,
  type OutputOptions,
  type Outputs,
} from '../../output/output-values.js';
import type { ChosenName } from '../../output/select-values.js';
import { count } from '../../render/count.js';
import { exitCode } from '../exit-code.js';
import { outputFormats, type ManifestFlags, type TenantFlags } from '../options.js';
import { checkFormat, printJson } from '../output-format.js';
import { runCommand } from '../run-command.js';
import type { Progress } from '../progress.js';
import { withSession } from '../with-session.js';
import { writeWholeFile } from '../write-file.js';
import { stackName } from './unlock.js';

interface OutputFlags extends ManifestFlags, TenantFlags {
  readonly list?: boolean;
  readonly only?: readonly string[];
  readonly name?: readonly string[];
  readonly prefix?: string;
  readonly revealSecrets?: boolean;
  readonly format?: string;
  readonly to?: string;
  readonly exec?: string;
  readonly secretName?: string;
  readonly namespace?: string;
}

/** Hands on values of what the stack owns: prints them, writes them to a file, or runs a command with them. */
export async function output(flags: OutputFlags): Promise<number> {
  const format = formatOf(flags);
  const options = optionsOf(flags);
  const stack = await stackName(flags);
  const secret =
    format === 'k8s-secret' ? secretNamed(flags.secretName ?? `logto-${stack}`, flags.namespace) : undefined;
  if (flags.list) return list(flags, stack, options);
  const values = await withSession(flags, async (session, progress) => {
    const outputs = await readOutputValues(session, stack, options);
    progress.pause();
    tell(outputs, stack, progress);
    if (flags.exec !== undefined) return outputs.values;
    const text = formatValues(outputs.values, format, secret);
    if (flags.to === undefined) process.stdout.write(text);
    else {
      await writeWholeFile(flags.to, text, { mode: 0o600 });
      if (!flags.quiet) progress.say(`Wrote ${count(outputs.values.length, 'value')} to ${flags.to}.`);
    }
    return outputs.values;
  });
  if (flags.exec === undefined) return exitCode.done;
  return runCommand(flags.exec, Object.fromEntries(values.map(({ variable, value }) => [variable, value])));
}

/** Shows what there is. */
function list(flags: OutputFlags, stack: string, options: OutputOptions): Promise<number> {
  return withSession(flags, async (session, progress) => {
    const named = await listOutputValues(session, stack, options);
    progress.pause();
    const rows = named.map(({ variable, place, isSecret }) => ({ variable, place, secret: isSecret }));
    if (flags.format === 'json') printJson(rows);
    else process.stdout.write(listText(rows, flags.revealSecrets ? 'secret' : 'secret: --reveal-secrets'));
    return exitCode.done;
  });
}

/** @throws {UsageError} there is no such format, or two flags contradict each other */
function formatOf(flags: OutputFlags): OutputFormat {
  const { list, exec, to, format = 'dotenv', secretName, namespace } = flags;
  const ways = [list && '--list', exec !== undefined && '--exec', to !== undefined && '--to'].filter(Boolean);
  if (ways.length > 1) throw new UsageError(`${ways.join(' and ')} exclude each other`);
  if (exec !== undefined && flags.format !== undefined) {
    throw new UsageError('--exec gives values to a command as they are, so that --format says nothing');
  }
  const known = list
    ? checkFormat(flags.format ?? 'dotenv', ['dotenv', 'json'])
    : checkFormat(format, outputFormats);
  if (known !== 'k8s-secret' && (secretName ?? namespace) !== undefined) {
    throw new UsageError('--secret-name and --namespace are for --format k8s-secret');
  }
  return known;
}

function optionsOf({ only = [], name = [], prefix, revealSecrets = false }: OutputFlags): OutputOptions {
  return {
    only: only.flatMap(wordsOf),
    names: name.map(chosenName),
    ...(prefix !== undefined && { prefix }),
    secrets: revealSecrets,
  };
}

/** Separated by commas, but for those in the quotes of an address. */
const wordsOf = (text: string): readonly string[] =>
  text
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

function chosenName(text: string): ChosenName {
  const equals = text.indexOf('=');
  if (equals > 0) return { variable: text.slice(0, equals), place: text.slice(equals + 1) };
  throw new UsageError(
    `--name ${text} needs a name and a value`,
    'write --name APP_ID=applications.worker.clientId',
  );
}

interface Row {
  readonly variable: string;
  readonly place: string;
  readonly secret: boolean;
}

/** @param note behind what is secret */
function listText(rows: readonly Row[], note: string): string {
  const width = Math.max(0, ...rows.map(({ variable }) => variable.length));
  return rows
    .map(
      ({ variable, place, secret }) => `${variable.padEnd(width)}  ${place}${secret ? `  (${note})` : ''}\n`,
    )
    .join('');
}

/** On standard error: the result may go into a file or a pipe. */
function tell({ omissions, hidden, ownsNothing }: Outputs, stack: string, progress: Progress): void {
  const lines = [
    ...(ownsNothing ? [`The stack "${stack}" owns nothing: apply first, or name another with --stack.`] : []),
    ...omissions.map((omission) => `left out: ${omission}`),
    ...(hidden > 0
      ? [`left out: ${count(hidden, 'secret')}, because only --reveal-secrets hands on secrets`]
      : []),
  ];
  for (const line of lines) progress.say(line);
}
