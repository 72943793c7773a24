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

const ofTenants = ['adopt', 'endpoint', 'tokenEndpoint', 'resource', 'ledger', 'ledgerApplication'] as const;

/** A program of constructs states the address of its tenant; a manifest has no use for it. */
const ofPrograms: readonly string[] = ['endpoint', 'resource'];

function refuseTenantFlags(flags: ExportFlags): void {
  const isProgram = flags.format === 'constructs';
  const wrong = ofTenants.find(
    (name) => flags[name] !== undefined && !(isProgram && ofPrograms.includes(name)),
  );
  if (wrong === undefined) return;
  const flag = `--${wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(
    `${flag} needs a tenant, and --from reads files`,
    wrong === 'adopt' ? 'adopt afterwards, with `logto-iac adopt`' : 'leave one of the two out',
  );
}

function addressOf(flags: ExportFlags): { readonly endpoint?: string; readonly resource?: string } {
  const endpoint = flags.endpoint ?? process.env.LOGTO_ENDPOINT ?? '';
  const resource = flags.resource ?? process.env.LOGTO_RESOURCE ?? '';
  return { ...(endpoint !== '' && { endpoint }), ...(resource !== '' && { resource }) };
}
