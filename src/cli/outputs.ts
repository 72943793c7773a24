import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';
import type { ReportFormat } from '../render/formats.js';
import { formats } from './options.js';
import { checkFormat } from './output-format.js';
import { placeOf } from './write-file.js';

/** Options of every command that reports, as commander hands them over. */
export interface ReportFlags {
  readonly format: string;
  readonly out?: readonly string[];
}

/** Where a result goes, in which formats. */
export interface Outputs<F extends string = ReportFormat> {
  /** What standard output gets. */
  readonly format: F;
  readonly files: readonly { readonly format: F; readonly path: string }[];
  /** Files that keep the plan, for `apply FILE`. */
  readonly savedPlans: readonly string[];
}

/** The formats of a command, and which of them a file gets by its ending. */
export interface Formats<F extends string> {
  readonly known: readonly F[];
  readonly byEnding: Readonly<Record<string, F>>;
  /** A file that is not of these endings keeps the plan. */
  readonly savesPlans?: true;
}

const endings = { '.md': 'markdown', '.sarif': 'sarif', '.sarif.json': 'sarif', '.xml': 'junit' } as const;

const ofReports: Formats<ReportFormat> = {
  known: formats,
  byEnding: { ...endings, '.html': 'html', '.json': 'json', '.txt': 'text' },
};

/** Of `plan`, whose result is a file that `apply` reads: what is of no other format is that. */
export const ofPlans: Formats<ReportFormat> = {
  known: formats,
  byEnding: { ...endings, '.html': 'html' },
  savesPlans: true,
};

export const outputsOf = (flags: ReportFlags, of = ofReports): Promise<Outputs> => readOutputs(flags, of);

/**
 * Reads `--format` and `--out`. `FORMAT:FILE` says which format a file gets; without it, its ending does.
 *
 * @throws {UsageError} a format is unknown, or a file cannot be written: found out before anything is done, not after
 */
export async function readOutputs<F extends string>(
  { format, out = [] }: ReportFlags,
  of: Formats<F>,
): Promise<Outputs<F>> {
  const outputs = out.map((text) => outputOf(text, of));
  const twice = outputs.find(({ path }, index) => outputs.findIndex((other) => other.path === path) < index);
  if (twice) throw new UsageError(`--out names ${twice.path} twice`, 'give each format a file of its own');
  for (const { path } of outputs) await refuseUnwritable(path);
  return {
    format: checkFormat(format, of.known),
    files: outputs.flatMap((output) =>
      output.format === undefined ? [] : [{ format: output.format, path: output.path }],
    ),
    savedPlans: outputs.filter((output) => output.format === undefined).map(({ path }) => path),
  };
}

interface Output<F> {
  /** Undefined for a plan that is kept. */
  readonly format: F | undefined;
  readonly path: string;
}

function outputOf<F extends string>(text: string, { known, byEnding, savesPlans }: Formats<F>): Output<F> {
  // The drive of `C:\plan.json` is no format.
  const prefixed = known.find((format) => text.startsWith(`${format}:`));
  if (prefixed !== undefined && text.length > prefixed.length + 1) {
    return { format: prefixed, path: text.slice(prefixed.length + 1) };
  }
  const ending = Object.keys(byEnding).find((candidate) => text.toLowerCase().endsWith(candidate));
  if (ending !== undefined) return { format: byEnding[ending], path: text };
  if (savesPlans) return { format: undefined, path: text };
  throw new UsageError(
    `--out ${text} does not say which format is meant`,
    `write FORMAT:FILE, such as ${known[0] ?? ''}:${text}; the formats are ${known.join(', ')}`,
  );
}

/** @throws {UsageError} the folder of the file is not there, or must not be written to; or a folder is in its place */
export async function refuseUnwritable(path: string): Promise<void> {
  const { target, isFile, isFolder } = await placeOf(path);
  if (isFolder) throw new UsageError(`cannot write ${path}: it is a folder`, 'name a file in it');
  if (!isFile) {
    if (await isWritable(target)) return;
    throw new UsageError(`cannot write ${path}: it must not be written to`);
  }
  const folder = await placeOf(dirname(target));
  if (folder.isFolder && (await isWritable(folder.target))) return;
  throw new UsageError(`cannot write ${path}: its folder is not there, or must not be written to`);
}

const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
