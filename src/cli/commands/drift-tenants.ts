import { UsageError } from '../../errors.js';
import { Gate } from '../../management-api/gate.js';
import type { Manifest } from '../../manifest/manifest.js';
import type { Session } from '../../reconcile.js';
import { tenantsDocument, tenantsText, type TenantResult } from '../../render/tenants-report.js';
import { exitCode, exitCodeOf, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import { errorText } from '../report-error.js';
import { sessionFromFlags } from '../session-from-flags.js';
import { readTenantsFile, type NamedTenant } from '../tenants-file.js';
import { findDrift, type DriftFlags } from './drift.js';

/** What is read of a tenant is kept until its report is made, so that not all of them are read at once. */
const tenantsAtOnce = 8;

/**
 * Tells the drift of every tenant that a file names. One that cannot be checked does not keep the others from being
 * checked, and ends the command with its exit code.
 */
export async function driftOfTenants(flags: DriftFlags, path: string): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['text', 'json']);
  refuseSingleTenant(flags);
  const tenants = await readTenantsFile(path);
  const inAll = new Gate(limitOf(flags));
  const atOnce = new Gate(tenantsAtOnce);
  const load = manifestLoader();
  const checked = await Promise.all(
    tenants.map((tenant) => atOnce.run(() => check(tenant, { ...flags, sharedWith: inAll }, load))),
  );
  const results = checked.map(({ result }) => result);
  const cost = {
    requests: checked.reduce((sum, { requests }) => sum + requests, 0),
    maxInFlight: inAll.maxRunning,
    milliseconds: Math.round(inAll.busyMilliseconds),
  };
  if (format === 'json') printJson(tenantsDocument(results, cost));
  else process.stdout.write(tenantsText(results, cost, paintFor(process.stdout)));
  const failure = checked.find(({ failed }) => failed !== undefined)?.failed;
  const hasDrifted = results.some(({ found }) => found?.hasDrifted === true);
  return failure ?? (hasDrifted ? exitCode.changesFound : exitCode.done);
}

interface Checked {
  readonly result: TenantResult;
  readonly requests: number;
  /** What a command for this tenant alone would have ended with. */
  readonly failed?: ExitCode;
}

async function check(
  { name, flags: own, appSecret }: NamedTenant,
  flags: DriftFlags,
  load: (flags: DriftFlags) => Promise<Manifest>,
): Promise<Checked> {
  const given = { ...flags, ...own, var: [...(flags.var ?? []), ...(own.var ?? [])] };
  const { endpoint } = own;
  let session: Session | undefined;
  try {
    const manifest = await load(given);
    // Nothing of the environment but the secret: it is about another tenant.
    session = await sessionFromFlags(given, { LOGTO_APP_SECRET: appSecret });
    const found = await findDrift(manifest, session, flags);
    return { result: { name, endpoint, found }, ...requestsOf(session) };
  } catch (error) {
    const result = { name, endpoint, error: errorText(error) };
    return { result, ...requestsOf(session), failed: exitCodeOf(error) };
  } finally {
    session?.tenant.close();
  }
}

const requestsOf = (session: Session | undefined): { requests: number } => ({
  requests: session?.tenant.statistics().requests ?? 0,
});

/** Loads what several tenants share once, and tells its warnings once. */
function manifestLoader(): (flags: DriftFlags) => Promise<Manifest> {
  const loaded = new Map<string, Promise<Manifest>>();
  return (flags) => {
    const { file, recursive, overlay, var: variables, stack, allowEmpty } = flags;
    const key = JSON.stringify([file, recursive, overlay, variables, stack, allowEmpty]);
    const manifest = loaded.get(key) ?? loadManifestFromFlags(flags);
    loaded.set(key, manifest);
    return manifest;
  };
}

function refuseSingleTenant(flags: DriftFlags): void {
  const names = {
    endpoint: '--endpoint',
    appId: '--app-id',
    tokenEndpoint: '--token-endpoint',
    resource: '--resource',
    ledgerApplication: '--ledger-application',
  } as const;
  for (const [name, option] of Object.entries(names)) {
    if (flags[name as keyof typeof names] === undefined) continue;
    throw new UsageError(
      `${option} is about one tenant, and --tenants about many`,
      'write it into the file of tenants',
    );
  }
}

function limitOf({ concurrencyInAll = '32' }: DriftFlags): number {
  const number = Number(concurrencyInAll);
  if (Number.isInteger(number) && number >= 1 && number <= 1024) return number;
  throw new UsageError(`--concurrency-in-all ${concurrencyInAll} is no number between 1 and 1024`);
}
