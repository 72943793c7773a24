import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import { adoptExported } from '../export/adopt-exported.js';
import { environmentExample, withMissingNames } from '../export/environment-files.js';
import type { Export, ExportFormat } from '../export/export-tenant.js';
import { schemaFileName, type Layout } from '../export/write-manifest.js';
import type { Session } from '../reconcile.js';
import { count } from '../render/count.js';
import { lockOf, type LockFlags } from './limits-from-flags.js';
import type { TenantFlags } from './options.js';
import type { Progress } from './progress.js';
import { revealSecrets, type RevealFlags } from './reveal-secrets.js';
import { schemaFile } from './schema-file.js';
import { stopSignal } from './stop-signal.js';
import { textBefore } from './write-files.js';
import { writeFolder } from './write-folder.js';

export interface ExportFlags extends TenantFlags, LockFlags, RevealFlags {
  /** What it takes to read manifests that are there already. */
  readonly overlay?: readonly string[];
  readonly var?: readonly string[];
  readonly dryRun?: boolean;
  readonly only?: readonly string[];
  readonly select?: readonly string[];
  readonly format?: string;
  readonly layout?: string;
  readonly files?: boolean;
  readonly adopt?: boolean;
  readonly stack?: string;
  readonly from?: string;
}

/**
 * Writes the export into its folder, or to standard output, and the values of secrets where that was asked for.
 *
 * @returns the names of the files in the folder
 */
export async function deliver(
  exported: Export,
  flags: ExportFlags,
  say: (line: string) => void,
): Promise<readonly string[]> {
  const { out } = flags;
  const files =
    out === undefined ? new Map<string, string>() : await filesFor(out, exported, formatOf(flags));
  await revealSecrets(flags, exported.secrets, say);
  if (out === undefined) process.stdout.write(exported.files.get(exported.mainFile) ?? '');
  else await writeFolder(out, files);
  return [...files.keys()];
}

export function formatOf({ format = 'yaml' }: ExportFlags): ExportFormat {
  if (format === 'yaml' || format === 'constructs') return format;
  throw new UsageError(`--format ${format} is none of yaml, constructs`);
}

export function layoutOf({ out, layout = 'single', files }: ExportFlags): Layout {
  if (layout !== 'single' && layout !== 'by-kind') {
    throw new UsageError(`--layout ${layout} is none of single, by-kind`);
  }
  if (out === undefined && (layout === 'by-kind' || files)) {
    throw new UsageError('more than one file does not fit on standard output', 'name a folder: --out DIR');
  }
  return layout;
}

/** @throws {UsageError} one of the files is there already */
async function filesFor(
  folder: string,
  { files, secrets }: Export,
  format: ExportFormat,
): Promise<ReadonlyMap<string, string>> {
  // What is left to its owner where it is there.
  const own = new Map(
    [...files].filter(([name]) => name !== '.gitignore' || !existsSync(join(folder, name))),
  );
  const present = [...own.keys()].filter((name) => existsSync(join(folder, name)));
  if (present.length > 0) {
    throw new UsageError(
      `${present.map((name) => join(folder, name)).join(', ')} exists already; nothing has been written`,
      'name another folder',
    );
  }
  const example = textBefore(join(folder, '.env.example'));
  return new Map([
    ...own,
    ...(format === 'yaml' ? [[schemaFileName, await readFile(schemaFile('manifest'), 'utf8')] as const] : []),
    [
      '.env.example',
      example === undefined ? environmentExample(secrets) : withMissingNames(example, secrets),
    ] as const,
  ]);
}

export async function takeOver(
  exported: Pick<Export, 'tenant' | 'manifest'>,
  session: Session,
  flags: ExportFlags,
  { say }: Progress,
): Promise<void> {
  const stop = stopSignal('finishing what is under way …', say);
  try {
    const adopted = await adoptExported(exported, session, lockOf(flags, stop.signal, say));
    say(
      `The stack "${exported.tenant.stack}" owns ${count(adopted, 'object')} more; nothing else in the tenant has changed.`,
    );
  } finally {
    stop.release();
  }
}

export function tellOmissions({ omissions }: Export['tenant'], say: (line: string) => void): void {
  for (const { what, why } of omissions) say(`left out: ${what}: ${why}`);
}

/** On standard error: the result may be the manifest itself. */
export function tell(
  { tenant }: Export,
  written: readonly string[],
  { out }: ExportFlags,
  say: (line: string) => void,
): void {
  const { resources, secrets } = tenant;
  tellOmissions(tenant, say);
  const lines = [
    `${count(resources.length, 'resource')}${out === undefined ? '' : ` in ${out}`}, ${count(secrets.length, 'secret')} as ${secrets.length === 1 ? 'a variable' : 'variables'}.`,
    ...(out === undefined ? [] : [`Wrote ${written.join(', ')}.`]),
  ];
  for (const line of lines) say(line);
}
