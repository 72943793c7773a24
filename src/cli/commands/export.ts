import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import type { Omission } from '../../export/exported.js';
import {
  environmentExample,
  environmentWithValues,
  withMissingNames,
} from '../../export/environment-files.js';
import { adoptExported } from '../../export/adopt-exported.js';
import { exportTenant, type Export, type ExportOptions } from '../../export/export-tenant.js';
import { schemaFileName } from '../../export/write-manifest.js';
import { count } from '../../render/plan-text.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { lockOf, type LockFlags } from '../limits-from-flags.js';
import type { TenantFlags } from '../options.js';
import { sessionFromFlags } from '../session-from-flags.js';
import { stopSignal } from '../stop-signal.js';
import { writeFolder } from '../write-folder.js';
import { writeWholeFile } from '../write-file.js';
import { schemaFile } from './schema.js';

interface ExportFlags extends TenantFlags, LockFlags {
  readonly out?: string;
  readonly only?: readonly string[];
  readonly select?: readonly string[];
  readonly layout?: string;
  readonly files?: boolean;
  readonly revealSecrets?: string;
  readonly adopt?: boolean;
  readonly stack?: string;
  readonly from?: string;
}

/** Writes what a tenant holds as manifests. */
export async function exportCommand(flags: ExportFlags): Promise<ExitCode> {
  const { from, only, select, stack, files = false, adopt = false } = flags;
  const options = {
    layout: layoutOf(flags),
    contentFiles: files,
    ...(stack !== undefined && { stack }),
    ...(only && { only }),
    ...(select && { select }),
  };
  if (from !== undefined) return exportFolder(from, options, flags);
  const session = await sessionFromFlags(flags);
  try {
    const exported = await exportTenant(session, options);
    await deliver(exported, flags);
    if (adopt) await takeOver(exported, session, flags);
    tell(exported, flags);
    return exitCode.done;
  } finally {
    session.tenant.close();
  }
}

/** The same from saved answers: no tenant is asked. */
async function exportFolder(folder: string, options: ExportOptions, flags: ExportFlags): Promise<ExitCode> {
  const ofTenants = [
    'adopt',
    'endpoint',
    'tokenEndpoint',
    'resource',
    'ledger',
    'ledgerApplication',
  ] as const;
  const wrong = ofTenants.find((name) => flags[name] !== undefined);
  if (wrong !== undefined) {
    const flag = `--${wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new UsageError(
      `${flag} needs a tenant, and --from reads files`,
      wrong === 'adopt' ? 'adopt afterwards, with `logto-iac adopt`' : 'leave one of the two out',
    );
  }
  const id = flags.appId ?? process.env.LOGTO_APP_ID ?? '';
  const own = id === '' ? undefined : { id, isNamed: flags.appId !== undefined };
  const { exportSaved } = await import('../../saved-answers/export-saved.js');
  const exported = await exportSaved(folder, options, own);
  await deliver(exported, flags);
  tell(exported, flags);
  if (exported.unused.length > 0 && !options.only) {
    process.stderr.write(`not looked at: ${exported.unused.join(', ')}\n`);
  }
  return exitCode.done;
}

async function deliver(exported: Export, { out, revealSecrets }: ExportFlags): Promise<void> {
  if (out === undefined) process.stdout.write(exported.files.get('logto.yaml') ?? '');
  else await writeExport(out, exported);
  if (revealSecrets !== undefined) {
    await writeWholeFile(revealSecrets, environmentWithValues(exported.tenant.secrets), { mode: 0o600 });
  }
}

function layoutOf({ out, layout = 'single', files }: ExportFlags): 'single' | 'by-kind' {
  if (layout !== 'single' && layout !== 'by-kind') {
    throw new UsageError(`--layout ${layout} is none of single, by-kind`);
  }
  if (out === undefined && (layout === 'by-kind' || files)) {
    throw new UsageError('more than one file does not fit on standard output', 'name a folder: --out DIR');
  }
  return layout;
}

async function writeExport(folder: string, { files, tenant }: Export): Promise<void> {
  const manifests = [...files.keys()].filter((name) => existsSync(join(folder, name)));
  if (manifests.length > 0) {
    throw new UsageError(
      `${manifests.map((name) => join(folder, name)).join(', ')} exists already; nothing has been written`,
      'name another folder',
    );
  }
  const example = join(folder, '.env.example');
  const all = new Map([
    ...files,
    [schemaFileName, await readFile(schemaFile('manifest'), 'utf8')] as const,
    [
      '.env.example',
      existsSync(example)
        ? withMissingNames(await readFile(example, 'utf8'), tenant.secrets)
        : environmentExample(tenant.secrets),
    ] as const,
  ]);
  await writeFolder(folder, all);
}

async function takeOver(
  exported: Export,
  session: Awaited<ReturnType<typeof sessionFromFlags>>,
  flags: ExportFlags,
): Promise<void> {
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const stop = stopSignal('finishing what is under way …');
  try {
    const adopted = await adoptExported(exported, session, lockOf(flags, stop.signal, say));
    say(
      `The stack "${exported.tenant.stack}" owns ${count(adopted, 'object')} more; nothing else in the tenant has changed.`,
    );
  } finally {
    stop.release();
  }
}

/** On standard error: the result may be the manifest itself. */
function tell({ tenant, files }: Export, { out }: ExportFlags): void {
  const { resources, omissions, secrets } = tenant;
  const lines = [
    ...omissions.map(({ what, why }: Omission) => `left out: ${what}: ${why}`),
    `${count(resources.length, 'resource')}${out === undefined ? '' : ` in ${out}`}, ${count(secrets.length, 'secret')} as ${secrets.length === 1 ? 'a variable' : 'variables'}.`,
    ...(out === undefined ? [] : [`Wrote ${[...files.keys(), schemaFileName, '.env.example'].join(', ')}.`]),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}
