import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { apply, openSession, plan, type ApplyResult, type Connection, type Plan } from '../../src';
import type { JsonObject } from '../../src/json';
import { emptyManifest } from '../../src/manifest/empty-manifest';
import { parseManifest } from '../../src/manifest/load-manifest';
import type { Manifest } from '../../src/manifest/manifest';
import type { ApplyOptions, PlanOptions, Session } from '../../src/reconcile';
import { connectionVariables, type CliResult } from '../support/run-cli';
import { count } from './counts';
import type { TestTenant } from './tenant';

/** A manifest as the command line reads it from its standard input. JSON is YAML. */
export const manifestOf = (document: JsonObject): Promise<Manifest> =>
  parseManifest([{ name: '<stdin>', text: JSON.stringify(document) }], { allowEmpty: true });

/** Nobody looks at the plan, and nothing holds it up. */
export const withoutLimits: PlanOptions = { allowReplace: true, maxDeletes: 1000 };

/** A session that waits next to nothing between repetitions. */
export async function withSession<T>(
  tenant: TestTenant,
  run: (session: Session) => Promise<T>,
  options: Partial<Connection> = {},
): Promise<T> {
  const session = openSession({
    ...connectionOf(tenant),
    retry: { baseMilliseconds: 1, maxMilliseconds: 5, maxRetryAfterMilliseconds: 10 },
    ...options,
  });
  try {
    return await run(session);
  } finally {
    const { requests, tokens } = session.tenant.statistics();
    count({ runs: 1, requests: requests + tokens });
    session.tenant.close();
  }
}

const connectionOf = ({ url, appId, appSecret, resource }: TestTenant): Connection => ({
  endpoint: url,
  appId,
  appSecret,
  resource,
});

/** Plans and applies in this process. */
export const applyHere = (
  tenant: TestTenant,
  document: JsonObject,
  options: { plan?: PlanOptions; apply?: ApplyOptions; connection?: Partial<Connection> } = {},
): Promise<ApplyResult> =>
  withSession(
    tenant,
    async (session) => {
      const planned = await plan(await manifestOf(document), session, { ...withoutLimits, ...options.plan });
      return apply(planned, session, { acceptNewPlan: true, ...options.apply });
    },
    options.connection,
  );

/** @throws {Error} the first failure of an action */
export async function applyWhole(...args: Parameters<typeof applyHere>): Promise<ApplyResult> {
  const result = await applyHere(...args);
  for (const outcome of result.outcomes) if (outcome.status === 'failed') throw outcome.error;
  if (result.notReached > 0) throw new Error(`${result.notReached} actions were not reached`);
  return result;
}

export const planHere = (tenant: TestTenant, document: JsonObject, options?: PlanOptions): Promise<Plan> =>
  withSession(
    tenant,
    async (session) =>
      (await plan(await manifestOf(document), session, { ...withoutLimits, ...options })).plan,
  );

/** Removes what a stack owns. */
export const destroyHere = (
  tenant: TestTenant,
  stack: string,
  force: PlanOptions['force'] = [],
): Promise<ApplyResult> =>
  withSession(tenant, async (session) => {
    const planned = await plan(emptyManifest(stack), session, {
      ...withoutLimits,
      isDestroying: true,
      force,
    });
    return apply(planned, session, { acceptNewPlan: true });
  });

const program = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');

/** The command line in a process of its own, started ahead: it waits for its manifest. */
export interface WaitingApply {
  readonly kill: () => void;
  /** Gives it the manifest, and waits until it has ended, one way or another. */
  run(document: JsonObject): Promise<CliResult & { readonly wasKilled: boolean }>;
}

export function startApply(
  tenant: Pick<TestTenant, 'url' | 'appId' | 'appSecret' | 'resource'>,
  flags: readonly string[] = [],
): WaitingApply {
  const child = spawn(
    process.execPath,
    [program, 'apply', '-f', '-', '--yes', '--allow-replace', '--max-deletes', '1000', ...flags],
    { env: { PATH: process.env['PATH'], ...connectionVariables(tenant) }, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  child.stdin.on('error', () => undefined);
  return {
    kill: () => {
      child.kill('SIGKILL');
    },
    async run(document) {
      child.stdin.end(JSON.stringify(document));
      const [stdout, stderr, [exitCode, signal]] = await ended;
      return { exitCode, stdout, stderr, wasKilled: signal === 'SIGKILL' };
    },
  };
}
