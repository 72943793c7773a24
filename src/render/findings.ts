import type { Outcome } from '../apply/events.js';
import { ApiError, type Problem, type SourceRange } from '../errors.js';
import type { Cause } from '../plan/cause.js';
import type { Action, ActionType } from '../plan/plan.js';
import { withoutMisleading } from '../printable.js';
import { pastTense } from './apply-text.js';
import { formatPath } from './plan-document.js';
import type { Report } from './report.js';
import type { RuleId } from './rules.js';

/** One thing that a report lists: a problem, or an action with what became of it. */
export interface Finding {
  readonly rule: RuleId;
  /** `note`: nothing is wrong. */
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly hint?: string;
  /** The resource that it is about. */
  readonly address?: string;
  readonly at?: SourceRange;
}

/** Everything that a report lists: problems first, then actions in their order. For formats that know nothing of plans. */
export const findingsOf = (report: Report): readonly Finding[] => allOf(report).map(withoutMisleadingSigns);

function withoutMisleadingSigns({ message, hint, ...finding }: Finding): Finding {
  return {
    ...finding,
    message: withoutMisleading(message),
    ...(hint !== undefined && { hint: withoutMisleading(hint) }),
  };
}

function allOf(report: Report): readonly Finding[] {
  switch (report.type) {
    case 'validate':
      return report.problems.map(problemFinding);
    case 'failure':
      return [
        ...(report.message === '' ? [] : [failureFinding(report)]),
        ...report.problems.map(problemFinding),
      ];
    case 'plan':
      return [...planProblems(report), ...report.plan.actions.map(plannedFinding)];
    case 'apply':
      return [...planProblems(report), ...report.result.outcomes.map(outcomeFinding)];
    case 'drift': {
      const { plan, causes, pendingCounts, undeclared = [] } = report;
      const actions = plan.actions.map((action) =>
        driftFinding(action, causes.get(action.address) ?? 'unknown', pendingCounts),
      );
      const strangers = undeclared.map(({ kind, id, name, stack }): Finding => ({
        rule: 'undeclared',
        level: 'note',
        message: `${kind} "${name}" (${id}) is not declared by this stack${stack === undefined ? '' : `; it belongs to the stack "${stack}"`}`,
      }));
      return [...planProblems(report), ...actions, ...strangers];
    }
  }
}

const planProblems = ({ plan }: Extract<Report, { readonly plan: unknown }>): readonly Finding[] =>
  [...plan.blocked, ...plan.warnings].map(problemFinding);

const problemFinding = ({ code, severity, message, hint, at }: Problem): Finding => ({
  rule: code,
  level: severity,
  message,
  ...(hint !== undefined && { hint }),
  ...(at && { at }),
});

const failureFinding = ({ message, hint }: Extract<Report, { readonly type: 'failure' }>): Finding => ({
  rule: 'failed',
  level: 'error',
  message,
  ...(hint !== undefined && { hint }),
});

const future: Readonly<Record<ActionType, string>> = {
  create: 'would be created',
  update: 'would be changed',
  replace: 'would be replaced',
  delete: 'would be deleted',
  adopt: 'would be taken over',
  move: 'would be recorded anew',
};

/** Of something that is there already, the first field that differs is what to look at. */
function aboutAction({ address, changes, source }: Action): Pick<Finding, 'address' | 'at'> {
  const at = changes.find((change) => change.source)?.source ?? source;
  return { address, ...(at && { at }) };
}

const plannedFinding = (action: Action): Finding => ({
  rule: 'planned',
  level: 'note',
  message: `${action.address} ${future[action.type]}${detailsOf(action)}`,
  ...aboutAction(action),
});

function driftFinding(action: Action, cause: Cause, pendingCounts: boolean): Finding {
  const { address, type } = action;
  const details = detailsOf(action);
  const about = aboutAction(action);
  switch (cause) {
    case 'tenant': {
      const what = type === 'create' ? 'is gone from the tenant' : 'was changed in the tenant';
      return { rule: 'drift', level: 'error', message: `${address} ${what}${details}`, ...about };
    }
    case 'unknown': {
      const message = `${address} differs, and it cannot be told who changed it${details}`;
      return { rule: 'unknown-cause', level: 'error', message, ...about };
    }
    case 'manifest':
      return {
        rule: 'not-applied',
        level: pendingCounts ? 'error' : 'note',
        message: `${address} is not applied yet: it ${future[type]}${details}`,
        ...about,
      };
  }
}

function outcomeFinding(outcome: Outcome): Finding {
  const { action } = outcome;
  const about = aboutAction(action);
  switch (outcome.status) {
    case 'done':
      return {
        rule: 'applied',
        level: 'note',
        message: `${action.address} was ${pastTense[action.type]}`,
        ...about,
      };
    case 'failed': {
      const hint = outcome.error instanceof ApiError ? outcome.error.hint : undefined;
      const message = `${action.address} could not be ${pastTense[action.type]}: ${outcome.error.message}`;
      return {
        rule: 'apply-failed',
        level: 'error',
        message,
        ...(hint !== undefined && { hint }),
        ...about,
      };
    }
    case 'not-reached': {
      const message = `${action.address} was not reached: ${outcome.because}`;
      return { rule: 'not-reached', level: 'warning', message, ...about };
    }
  }
}

/** Which fields, and why; values are for formats that have room for them. */
function detailsOf({ type, changes, reason, consequences }: Action): string {
  const fields =
    type === 'create' || type === 'delete' ? [] : changes.map(({ path }) => formatPath(path)).join(', ');
  const parts = [fields, reason, ...consequences].filter(
    (part): part is string => typeof part === 'string' && part !== '',
  );
  return parts.length === 0 ? '' : `: ${parts.join('; ')}`;
}
