import { apply, loadManifest, openSession, plan, type ApplyResult, type Plan } from '../../src/index';
import type { LedgerChoice } from '../../src/open-session';
import type { Session } from '../../src/reconcile';
import type { PlanOptions } from '../../src/reconcile';
import { parseManifest } from '../../src/manifest/load-manifest';
import type { TestEmulator } from './emulator';

export { loadManifest };

/** Plans and applies manifests given as text, in this process, against an emulator. */
export interface TestSession {
  readonly session: Session;
  readonly plan: (yaml: string, options?: PlanOptions) => Promise<Plan>;
  readonly apply: (yaml: string, options?: PlanOptions) => Promise<ApplyResult>;
}

export function testSession(emulator: TestEmulator, ledger: LedgerChoice = { in: 'tenant' }): TestSession {
  const connection = {
    endpoint: emulator.url,
    appId: emulator.appId,
    appSecret: emulator.appSecret,
    resource: emulator.resource,
    retry: { baseMilliseconds: 1, maxMilliseconds: 5 },
  };
  const session = openSession(connection, ledger);
  const planned = async (yaml: string, options?: PlanOptions) =>
    plan(await parseManifest([{ name: 'logto.yaml', text: yaml }], { allowEmpty: true }), session, options);
  return {
    session,
    plan: async (yaml, options) => (await planned(yaml, options)).plan,
    apply: async (yaml, options) => {
      const result = await apply(await planned(yaml, options), session);
      const failure = result.outcomes.find((outcome) => outcome.status === 'failed');
      if (failure?.status === 'failed') throw failure.error;
      return result;
    },
  };
}
