import { UsageError } from '../errors.js';
import { defaultConcurrency, type Connection } from '../management-api/connection.js';
import type { Session } from '../reconcile.js';
import type { LedgerChoice } from '../open-session.js';
import type { TenantFlags } from './options.js';
import { progressFromFlags, type Progress } from './progress.js';

/** Which tenant, as far as it is said. */
export interface Settings {
  readonly connection: Connection;
  readonly ledger: LedgerChoice;
  /** What is not said; its value in `connection` is empty. */
  readonly missing: readonly string[];
}

/**
 * Connects to the tenant that flags and environment name. Nothing is sent yet.
 *
 * @param progress is told of what is logged
 * @throws {UsageError} something is missing: all of it is named at once
 */
export async function sessionFromFlags(
  flags: TenantFlags,
  progress: Pick<Progress, 'log'> = progressFromFlags(flags),
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Session> {
  const { connection, ledger, missing } = settingsFromFlags(flags, progress, environment);
  if (missing.length > 0) throw isMissing(missing);
  const { openSession } = await import('../open-session.js');
  return openSession(connection, ledger);
}

export const isMissing = (missing: readonly string[]): UsageError =>
  new UsageError(
    `it is not said which tenant to talk to; missing: ${missing.join('; ')}`,
    'create the application in the Console and give it the role "Logto Management API access"',
  );

/** @throws {UsageError} a flag makes no sense */
export function settingsFromFlags(
  flags: TenantFlags,
  progress: Pick<Progress, 'log'> = progressFromFlags(flags),
  environment: NodeJS.ProcessEnv = process.env,
): Settings {
  const endpoint = flags.endpoint ?? environment.LOGTO_ENDPOINT ?? '';
  const appId = flags.appId ?? environment.LOGTO_APP_ID ?? '';
  const appSecret = environment.LOGTO_APP_SECRET ?? '';
  const tokenEndpoint = flags.tokenEndpoint ?? environment.LOGTO_TOKEN_ENDPOINT;
  const resource = flags.resource ?? environment.LOGTO_RESOURCE;
  const missing = [
    ...(endpoint === '' ? ['LOGTO_ENDPOINT (or --endpoint), such as https://my-tenant.logto.app'] : []),
    ...(appId === '' ? ['LOGTO_APP_ID (or --app-id), of a machine-to-machine application'] : []),
    ...(appSecret === '' ? ['LOGTO_APP_SECRET, of the same application'] : []),
  ];
  const connection = {
    endpoint,
    appId,
    appSecret,
    ...(resource !== undefined && resource !== '' && { resource }),
    ...(tokenEndpoint !== undefined && tokenEndpoint !== '' && { tokenEndpoint }),
    concurrency: concurrencyOf(flags),
    ...rateOf(flags),
    ...(flags.sharedWith && { sharedWith: flags.sharedWith }),
    log: progress.log,
  };
  return { connection, ledger: ledgerOf(flags), missing };
}

function ledgerOf({ ledger = 'tenant', ledgerApplication }: TenantFlags): LedgerChoice {
  if (ledger === 'none') return { in: 'nowhere' };
  if (ledger.startsWith('file:') && ledger.length > 'file:'.length) {
    return { in: 'file', path: ledger.slice('file:'.length) };
  }
  if (ledger === 'tenant') {
    return { in: 'tenant', ...(ledgerApplication !== undefined && { applicationId: ledgerApplication }) };
  }
  throw new UsageError(`--ledger ${ledger} is none of tenant, file:PATH, none`);
}

function concurrencyOf({ concurrency = String(defaultConcurrency) }: TenantFlags): number {
  const number = Number(concurrency);
  if (Number.isInteger(number) && number >= 1 && number <= 256) return number;
  throw new UsageError(`--concurrency ${concurrency} is no number between 1 and 256`);
}

function rateOf({ maxRequestsPerSecond }: TenantFlags): Pick<Connection, 'maxRequestsPerSecond'> {
  if (maxRequestsPerSecond === undefined) return {};
  const number = Number(maxRequestsPerSecond);
  if (number >= 0.01 && number <= 10_000) return { maxRequestsPerSecond: number };
  throw new UsageError(
    `--max-requests-per-second ${maxRequestsPerSecond} is no number between 0.01 and 10000`,
  );
}
