import { UsageError } from '../../errors.js';
import { Gate } from '../../management-api/gate.js';
import type { Manifest } from '../../manifest/manifest.js';
import { plan as makePlan, type Session } from '../../reconcile.js';
import { hasDrifted } from '../../render/report.js';
import {
  tenantsDocument,
  tenantsText,
  type TenantResult,
  type TenantsCost,
} from '../../render/tenants-report.js';
import { exitCode, exitCodeOf, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { paintFor } from '../output-format.js';
import { readOutputs, type Formats, type Outputs } from '../outputs.js';
import { progressFromFlags, type Progress } from '../progress.js';
import { errorText } from '../report-error.js';
import { sessionFromFlags } from '../session-from-flags.js';
import { readTenantsFile, type NamedTenant } from '../tenants-file.js';
import { writeWholeFile } from '../write-file.js';
import { driftReport, type DriftFlags } from '../drift-report.js';

/** What is read of a tenant is kept until its report is made, so that not all of them are read at once. */
const tenantsAtOnce = 8;

const formats: Formats<'text' | 'json'> = {
  known: ['text', 'json'],
  byEnding: { '.json': 'json', '.txt': 'text' },
};

/**
 * Tells the drift of every tenant that a file names. One that cannot be checked does not keep the others from being
 * checked, and ends the command with its exit code.
 */
export async function driftOfTenants(flags: DriftFlags, path: string): Promise<ExitCode> {
  refuseSingleTenant(flags);
  const outputs = await readOutputs(flags, formats);
  const tenants = await readTenantsFile(path);
  const inAll = new Gate(limitOf(flags));
  const atOnce = new Gate(tenantsAtOnce);
  const load = manifestLoader();
  const progress = progressFromFlags(flags);
  progress.stage('checking tenants', { total: tenants.length });
  let done = 0;
  const checkOne = async (tenant: NamedTenant): Promise<Checked> => {
    const log: Progress['log'] = (event) => {
      progress.log({ ...event, tenant: tenant.name });
    };
    const result = await check(tenant, { ...flags, sharedWith: inAll }, load, log);
    progress.advance((done += 1));
    return result;
  };
  const checked = await Promise.all(tenants.map((tenant) => atOnce.run(() => checkOne(tenant))));
  progress.end();
  const results = checked.map(({ result }) => result);
  await writeResults(outputs, results, {
    requests: checked.reduce((sum, { requests }) => sum + requests, 0),
    maxInFlight: inAll.maxRunning,
    milliseconds: Math.round(inAll.busyMilliseconds),
  });
  const failure = checked.find(({ failed }) => failed !== undefined)?.failed;
  const isAnyDrifted = results.some((result) => 'report' in result && hasDrifted(result.report));
  return failure ?? (isAnyDrifted ? exitCode.changesFound : exitCode.done);
}

async function writeResults(
  { format, files }: Outputs<'text' | 'json'>,
  results: readonly TenantResult[],
  cost: TenantsCost,
): Promise<void> {
  const json = (): string => `${JSON.stringify(tenantsDocument(results, cost), null, 2)}\n`;
  process.stdout.write(format === 'json' ? json() : tenantsText(results, cost, paintFor(process.stdout)));
  for (const file of files) {
    await writeWholeFile(file.path, file.format === 'json' ? json() : tenantsText(results, cost));
  }
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
  log: Progress['log'],
): Promise<Checked> {
  const given = { ...flags, ...own, var: [...(flags.var ?? []), ...(own.var ?? [])] };
  const { endpoint } = own;
  let session: Session | undefined;
  try {
    const manifest = await load(given);
    // Nothing of the environment but the secret: it is about another tenant.
    session = await sessionFromFlags(given, { log }, { LOGTO_APP_SECRET: appSecret });
    const planned = await makePlan(manifest, session, { everyKind: flags.undeclared ?? false });
    const report = driftReport(planned, session.hashKey, flags);
    return { result: { name, endpoint, report }, requests: requestsOf(session) };
  } catch (error) {
    const result = { name, endpoint, error: errorText(error) };
    return { result, requests: requestsOf(session), failed: exitCodeOf(error) };
  } finally {
    session?.tenant.close();
  }
}

const requestsOf = (session: Session | undefined): number => session?.tenant.statistics().requests ?? 0;

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

/** @throws {UsageError} an option does not go with many tenants */
function refuseSingleTenant(flags: DriftFlags): void {
  if (flags.accept) {
    throw new UsageError(
      '--accept edits the manifests of one tenant',
      'run it for each tenant, without --tenants',
    );
  }
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
