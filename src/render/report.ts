import type { AccessGraph } from '../access/access-graph.js';
import type { ApplyResult } from '../apply/events.js';
import type { Problem } from '../errors.js';
import type { Statistics } from '../management-api/connection.js';
import type { Cause } from '../plan/cause.js';
import type { Action, Plan } from '../plan/plan.js';
import type { Unmanaged } from '../state/unmanaged.js';

/** Commands that have something to report. */
export type ReportingCommand = 'plan' | 'apply' | 'drift' | 'validate' | 'adopt' | 'destroy';

/**
 * What a command has to tell; every format shows the same value. Holds no secret: the plan has none (plan/redact.ts), and
 * problems have lost theirs where they were found.
 */
export type Report = PlanReport | ApplyReport | DriftReport | ValidateReport | FailureReport;

export interface PlanReport {
  readonly type: 'plan';
  readonly command: ReportingCommand;
  readonly plan: Plan;
  /** For formats that draw it. */
  readonly access?: AccessGraph;
}

export interface ApplyReport {
  readonly type: 'apply';
  readonly command: ReportingCommand;
  readonly plan: Plan;
  readonly access?: AccessGraph;
  readonly result: ApplyResult;
  readonly statistics: Statistics;
}

export interface DriftReport {
  readonly type: 'drift';
  readonly command: 'drift';
  readonly plan: Plan;
  readonly access?: AccessGraph;
  readonly causes: ReadonlyMap<string, Cause>;
  /** What is not applied yet counts as drift too. */
  readonly pendingCounts: boolean;
  /** Objects that this stack neither declares nor owns, where somebody asked for them. */
  readonly undeclared?: readonly Unmanaged[];
}

export interface ValidateReport {
  readonly type: 'validate';
  readonly command: 'validate';
  readonly stack: string;
  /** How many resources the manifest declares. */
  readonly resources: number;
  /** Warnings: with an error it is no valid manifest. */
  readonly problems: readonly Problem[];
}

/** What is said of a plan of which a safety rule does not let happen a part: by the command that would carry it out. */
export const refusalOf = (command: ReportingCommand): string =>
  `${command === 'adopt' || command === 'destroy' ? command : 'apply'} will refuse this plan`;

/** The command did not come to its result. */
export interface FailureReport {
  readonly type: 'failure';
  readonly command: ReportingCommand;
  /** `invalid`: the manifest or the command line; `refused`: a safety rule; `failed`: the tenant, or something else. */
  readonly reason: 'invalid' | 'refused' | 'failed';
  /** Empty where the problems say it all. */
  readonly message: string;
  readonly hint?: string;
  readonly problems: readonly Problem[];
}

/** What a renderer is told besides the report. */
export interface RenderOptions {
  /** The version of logto-iac. */
  readonly version: string;
  /** What a file of the manifest is called from the top of the repository; as it was named, where nothing is known. */
  readonly fileInRepository?: (file: string) => string;
}

/** How many resources were changed in the tenant, and how many are not applied yet. */
export function driftCounts({ causes }: DriftReport): { readonly drifted: number; readonly pending: number } {
  const pending = [...causes.values()].filter((cause) => cause === 'manifest').length;
  return { drifted: causes.size - pending, pending };
}

/** By what the report lets count. */
export function hasDrifted(report: DriftReport): boolean {
  const { drifted, pending } = driftCounts(report);
  return drifted > 0 || (report.pendingCounts && pending > 0);
}

/** What the plan of a report says besides its actions: what is refused, then what is doubtful. */
export const problemsOf = (report: Report): readonly Problem[] =>
  'plan' in report ? [...report.plan.blocked, ...report.plan.warnings] : report.problems;

export const causeNotes: Readonly<Record<Cause, string>> = {
  tenant: 'the tenant was changed',
  manifest: 'not applied yet',
  unknown: 'cause unknown',
};

/** What is said after the address of an action: why it is there, or what became of it. */
export function actionNotes(report: Report): (action: Action) => string | undefined {
  if (report.type === 'drift') return ({ address }) => causeNotes[report.causes.get(address) ?? 'unknown'];
  if (report.type !== 'apply') return () => undefined;
  const outcomes = new Map(report.result.outcomes.map((outcome) => [outcome.action.address, outcome]));
  return ({ address }) => {
    const outcome = outcomes.get(address);
    return outcome?.status === 'not-reached' ? `not reached: ${outcome.because}` : outcome?.status;
  };
}
