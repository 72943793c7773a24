import { diffTenants, type DiffedTenant } from '../../diff/diff-tenants.js';
import { isSame } from '../../diff/comparison.js';
import { UsageError } from '../../errors.js';
import { diffDocument } from '../../render/diff-document.js';
import { diffText } from '../../render/diff-text.js';
import { namesOf, readEnvironmentFiles, type EnvironmentFile } from '../environment-file.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import type { LogFlags } from '../options.js';
import { progressFromFlags, type Progress } from '../progress.js';
import { sessionFromFlags } from '../session-from-flags.js';

interface DiffFlags extends LogFlags {
  readonly from?: string;
  readonly to?: string;
  readonly only?: readonly string[];
  readonly select?: readonly string[];
  readonly map?: readonly string[];
  readonly secrets?: boolean;
  readonly format: string;
  readonly concurrency?: string;
  readonly maxRequestsPerSecond?: string;
}

/** Tells what is different between two tenants. */
export async function diff(flags: DiffFlags): Promise<ExitCode> {
  const { only, select, map = [], secrets = false } = flags;
  const format = checkFormat(flags.format, ['text', 'json']);
  const sameTexts = map.map(sameText);
  const files = await readEnvironmentFiles(pathsOf(flags));
  const progress = progressFromFlags(flags);
  const [from, to] = await openBoth([files['--from'], files['--to']], flags, progress);
  try {
    warnOfSameTenant(from, to, progress);
    progress.stage('reading both tenants', { unit: 'requests' });
    const comparison = await diffTenants(
      { from, to },
      { sameTexts, secretsCount: secrets, ...(only && { only }), ...(select && { select }) },
    );
    progress.end();
    if (format === 'json') printJson(diffDocument(comparison));
    else process.stdout.write(diffText(comparison, paintFor(process.stdout)));
    for (const note of comparison.notes) progress.say(note);
    return isSame(comparison) ? exitCode.done : exitCode.changesFound;
  } finally {
    progress.end();
    from.session.tenant.close();
    to.session.tenant.close();
  }
}

function pathsOf({ from = '', to = '' }: DiffFlags): Readonly<Record<'--from' | '--to', string>> {
  const missing = [...(from === '' ? ['--from FILE'] : []), ...(to === '' ? ['--to FILE'] : [])];
  if (missing.length === 0) return { '--from': from, '--to': to };
  throw new UsageError(
    `it is not said which tenants to compare; missing: ${missing.join(', ')}`,
    'each names a file of lines such as LOGTO_ENDPOINT=…, with LOGTO_APP_ID and LOGTO_APP_SECRET',
  );
}

function sameText(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new UsageError(
    `--map ${text} says nothing that is the same`,
    'write what stands in the one tenant = what stands in the other: --map dev.example.com=example.com',
  );
}

type OpenTenant = DiffedTenant & { readonly session: Awaited<ReturnType<typeof sessionFromFlags>> };

async function openBoth(
  files: readonly [EnvironmentFile, EnvironmentFile],
  { concurrency, maxRequestsPerSecond }: DiffFlags,
  progress: Progress,
): Promise<readonly [OpenTenant, OpenTenant]> {
  const [fromName, toName] = namesOf([files[0].path, files[1].path]);
  const open = async ({ path, variables }: EnvironmentFile, name: string): Promise<OpenTenant> => {
    const flags = {
      ...(concurrency !== undefined && { concurrency }),
      ...(maxRequestsPerSecond !== undefined && { maxRequestsPerSecond }),
    };
    try {
      return { name, session: await sessionFromFlags(flags, progress, variables) };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new UsageError(`${path}: ${error.message}`, error.hint);
    }
  };
  return [await open(files[0], fromName), await open(files[1], toName)];
}

/** Every self-hosted Logto has the same indicator, so only the address tells one from another there. */
function warnOfSameTenant(
  { session: { tenant: from } }: OpenTenant,
  { session: { tenant: to } }: OpenTenant,
  { say }: Progress,
): void {
  if (from.endpoint !== to.endpoint) return;
  say(`warning: --from and --to name the same tenant, ${from.endpoint}`);
}
