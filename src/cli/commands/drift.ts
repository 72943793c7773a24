import { causesOf, type Cause } from '../../plan/cause.js';
import type { Plan } from '../../plan/plan.js';
import type { Manifest } from '../../manifest/manifest.js';
import { plan as makePlan, type Session } from '../../reconcile.js';
import { plain, type Paint } from '../../render/paint.js';
import { planDocument } from '../../render/plan-document.js';
import { count } from '../../render/count.js';
import { planText } from '../../render/plan-text.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import type { Unmanaged } from '../../state/unmanaged.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import { sessionFromFlags } from '../session-from-flags.js';

export interface DriftFlags extends ManifestFlags, TenantFlags {
  readonly format: string;
  readonly pending?: boolean;
  readonly undeclared?: boolean;
  /** A file that names tenants. */
  readonly tenants?: string;
  readonly concurrencyInAll?: string;
}

const causeNotes = {
  tenant: 'the tenant was changed',
  manifest: 'not applied yet',
  unknown: 'cause unknown',
} as const;

/** Tells what differs, and who changed it: the tenant, or the manifest that is not applied yet. */
export async function drift(flags: DriftFlags): Promise<ExitCode> {
  if (flags.tenants !== undefined) {
    const { driftOfTenants } = await import('./drift-tenants.js');
    return driftOfTenants(flags, flags.tenants);
  }
  const format = checkFormat(flags.format, ['text', 'json']);
  const manifest = await loadManifestFromFlags(flags);
  const session = await sessionFromFlags(flags);
  const found = await findDrift(manifest, session, flags);
  session.tenant.close();
  if (format === 'json') printJson(found.document());
  else process.stdout.write(found.text(paintFor(process.stdout)));
  return found.hasDrifted ? exitCode.changesFound : exitCode.done;
}

/** What one tenant has of drift, in both formats. */
export interface DriftFound {
  readonly drifted: number;
  readonly pending: number;
  /** By what the flags let count. */
  readonly hasDrifted: boolean;
  readonly text: (paint?: Paint) => string;
  readonly document: () => object;
}

export async function findDrift(
  manifest: Manifest,
  session: Session,
  flags: Pick<DriftFlags, 'pending' | 'undeclared'>,
): Promise<DriftFound> {
  const planned = await makePlan(manifest, session, { everyKind: flags.undeclared ?? false });
  const causes = causesOf(planned.plan, manifest.desired, planned.ledger, session.hashKey);
  const pending = [...causes.values()].filter((cause) => cause === 'manifest').length;
  const drifted = causes.size - pending;
  const { plan, unmanaged } = planned;
  return {
    drifted,
    pending,
    hasDrifted: drifted > 0 || (flags.pending === true && pending > 0),
    text: (paint = plain) =>
      driftText(plan, causes, drifted, pending, paint) + (flags.undeclared ? undeclaredText(unmanaged) : ''),
    document: () => {
      const document = planDocument(plan);
      const actions = document.actions.map((action) => ({ ...action, cause: causes.get(action.address) }));
      return { ...document, drifted, pending, actions, ...(flags.undeclared && { undeclared: unmanaged }) };
    },
  };
}

type Causes = ReadonlyMap<string, Cause>;

function driftText(plan: Plan, causes: Causes, drifted: number, pending: number, paint: Paint): string {
  if (plan.actions.length === 0) return `No drift: ${count(plan.summary.unchanged, 'resource')} as stated.\n`;
  const text = planText(plan, {
    paint,
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
