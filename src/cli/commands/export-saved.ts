import { UsageError } from '../../errors.js';
import type { ExportOptions } from '../../export/export-tenant.js';
import { exportSaved } from '../../saved-answers/export-saved.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { progressFromFlags } from '../progress.js';
import { deliver, tell, type ExportFlags } from '../deliver-export.js';

/** Writes what saved answers of a tenant tell as manifests: no tenant is asked. */
export async function exportFromFolder(
  folder: string,
  options: ExportOptions,
  flags: ExportFlags,
): Promise<ExitCode> {
  refuseTenantFlags(flags);
  const id = flags.appId ?? process.env.LOGTO_APP_ID ?? '';
  const exported = await exportSaved(folder, options, {
    ...(id !== '' && { ownApplication: { id, isNamed: flags.appId !== undefined } }),
    ...addressOf(flags),
  });
  const { say } = progressFromFlags(flags);
  tell(exported, await deliver(exported, flags, say), flags, say);
  if (exported.unused.length > 0 && !options.only) say(`not looked at: ${exported.unused.join(', ')}`);
  return exitCode.done;
}

/** Options that say nothing where no tenant is asked; none of them has a value that nobody has given. */
const ofTenants = {
  adopt: '--adopt',
  endpoint: '--endpoint',
  tokenEndpoint: '--token-endpoint',
  resource: '--resource',
  ledger: '--ledger',
  ledgerApplication: '--ledger-application',
  concurrency: '--concurrency',
  maxRequestsPerSecond: '--max-requests-per-second',
  lockTimeout: '--lock-timeout',
} as const;

/** A program of constructs states the address of its tenant; a manifest has no use for it. */
const ofPrograms: readonly string[] = ['endpoint', 'resource'];

function refuseTenantFlags(flags: ExportFlags): void {
  const isProgram = flags.format === 'constructs';
  const stated = Object.entries(ofTenants).find(
    ([name]) =>
      flags[name as keyof typeof ofTenants] !== undefined && !(isProgram && ofPrograms.includes(name)),
  )?.[1];
  const flag = stated ?? (flags.lock === false ? '--no-lock' : undefined);
  if (flag === undefined) return;
  throw new UsageError(
    `${flag} needs a tenant, and --from reads files`,
    flag === '--adopt' ? 'adopt afterwards, with `logto-iac adopt`' : 'leave one of the two out',
  );
}

function addressOf(flags: ExportFlags): { readonly endpoint?: string; readonly resource?: string } {
  const endpoint = flags.endpoint ?? process.env.LOGTO_ENDPOINT ?? '';
  const resource = flags.resource ?? process.env.LOGTO_RESOURCE ?? '';
  return { ...(endpoint !== '' && { endpoint }), ...(resource !== '' && { resource }) };
}
