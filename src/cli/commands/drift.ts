import { causesOf, type Cause } from '../../plan/cause.js';
import type { Plan } from '../../plan/plan.js';
import { plan as makePlan } from '../../reconcile.js';
import { planDocument } from '../../render/plan-document.js';
import { count } from '../../render/count.js';
import { planText } from '../../render/plan-text.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import type { Unmanaged } from '../../state/unmanaged.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import { sessionFromFlags } from '../session-from-flags.js';

interface DriftFlags extends ManifestFlags, TenantFlags {
  readonly format: string;
  readonly pending?: boolean;
  readonly undeclared?: boolean;
}

const causeNotes = {
  tenant: 'the tenant was changed',
  manifest: 'not applied yet',
  unknown: 'cause unknown',
} as const;

/** Tells what differs, and who changed it: the tenant, or the manifest that is not applied yet. */
export async function drift(flags: DriftFlags): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['text', 'json']);
  const manifest = await loadManifestFromFlags(flags);
  const session = await sessionFromFlags(flags);
  const planned = await makePlan(manifest, session, { everyKind: flags.undeclared ?? false });
  session.tenant.close();
  const causes = causesOf(planned.plan, manifest.desired, planned.ledger, session.hashKey);
  const pending = [...causes.values()].filter((cause) => cause === 'manifest').length;
  const drifted = causes.size - pending;
  if (format === 'json') {
    const document = planDocument(planned.plan);
    const actions = document.actions.map((action) => ({ ...action, cause: causes.get(action.address) }));
    printJson({
      ...document,
      drifted,
      pending,
      actions,
      ...(flags.undeclared && { undeclared: planned.unmanaged }),
    });
  } else {
    process.stdout.write(driftText(planned.plan, causes, drifted, pending));
    if (flags.undeclared) process.stdout.write(undeclaredText(planned.unmanaged));
  }
  return drifted > 0 || (flags.pending && pending > 0) ? exitCode.changesFound : exitCode.done;
}

type Causes = ReadonlyMap<string, Cause>;

function driftText(plan: Plan, causes: Causes, drifted: number, pending: number): string {
  if (plan.actions.length === 0) return `No drift: ${count(plan.summary.unchanged, 'resource')} as stated.\n`;
  const text = planText(plan, {
    paint: paintFor(process.stdout),
    note: ({ address }) => causeNotes[causes.get(address) ?? 'unknown'],
  });
  const sentence = drifted > 0 ? `Drift: ${count(drifted, 'resource')} changed in the tenant.` : 'No drift.';
  return `${text}${sentence}${pending > 0 ? ` ${count(pending, 'resource')} not applied yet.` : ''}\n`;
}

function undeclaredText(unmanaged: readonly Unmanaged[]): string {
  if (unmanaged.length === 0) return 'Nothing in the tenant is undeclared.\n';
  const lines = unmanaged.map(
    ({ kind, id, name, stack }) =>
      `? ${kind}  ${JSON.stringify(name)}  ${id}${stack === undefined ? '' : `   of the stack "${stack}"`}`,
  );
  return `\nNot declared by this stack:\n${lines.join('\n')}\n`;
}
