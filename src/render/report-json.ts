import { applyDocument } from './apply-document.js';
import { planDocument } from './plan-document.js';
import { driftCounts, type DriftReport, type Report } from './report.js';

/**
 * A report as JSON; schema/ has a JSON Schema for what each command gives. Undefined for a command that did not come to
 * its result, except for `validate`, whose result the problems are.
 */
export function reportDocument(report: Report): object | undefined {
  switch (report.type) {
    case 'plan':
      return planDocument(report.plan);
    case 'apply':
      return applyDocument(report.plan, report.result);
    case 'drift':
      return driftDocument(report);
    case 'validate':
      return { formatVersion: 1, valid: true, problems: report.problems };
    case 'failure':
      return report.command === 'validate' && report.reason === 'invalid'
        ? { formatVersion: 1, valid: false, problems: report.problems }
        : undefined;
  }
}

function driftDocument(report: DriftReport): object {
  const document = planDocument(report.plan);
  const { drifted, pending } = driftCounts(report);
  const actions = document.actions.map((action) => ({ ...action, cause: report.causes.get(action.address) }));
  return {
    ...document,
    drifted,
    pending,
    actions,
    ...(report.undeclared && { undeclared: report.undeclared }),
  };
}
