import { problemsText } from '../manifest/problems-text.js';
import { printableJson } from '../printable.js';
import type { Unmanaged } from '../state/unmanaged.js';
import { eventText, resultText } from './apply-text.js';
import { plain, type Paint } from './paint.js';
import { count } from './count.js';
import { planText } from './plan-text.js';
import { actionNotes, driftCounts, problemsOf, type DriftReport, type Report } from './report.js';
import { validText } from './valid-text.js';

/** What standard output says to people. Problems are not in it: they are said on standard error. */
export function reportText(report: Report, paint: Paint = plain): string {
  switch (report.type) {
    case 'plan':
      return planText(report.plan, { paint });
    case 'apply': {
      const { plan, result, statistics } = report;
      const events = result.outcomes.flatMap((outcome) => eventText({ type: 'ended', outcome }, paint) ?? []);
      const shown = events.length === 0 ? '' : `\n${events.join('\n')}\n\n${resultText(result, statistics)}`;
      return `${planText(plan, { paint })}${shown}`;
    }
    case 'drift':
      return `${driftText(report, paint)}${report.undeclared ? undeclaredText(report.undeclared) : ''}`;
    case 'validate':
      return validText(report);
    case 'failure':
      return '';
  }
}

/** The same for a file, in which problems have to be said too. */
export function wholeText(report: Report): string {
  const problems = problemsOf(report);
  const failure =
    report.type === 'failure' && report.message !== ''
      ? `${report.reason}: ${report.message}\n${report.hint === undefined ? '' : `  ${report.hint}\n`}`
      : '';
  const blocked = 'plan' in report && report.plan.blocked.length > 0;
  const said = problems.length === 0 ? '' : `${problemsText(problems)}\n`;
  return [reportText(report), failure, blocked ? `\napply will refuse this plan:\n${said}` : said].join('');
}

function driftText(report: DriftReport, paint: Paint): string {
  const { plan } = report;
  if (plan.actions.length === 0) return `No drift: ${count(plan.summary.unchanged, 'resource')} as stated.\n`;
  const { drifted, pending } = driftCounts(report);
  const text = planText(plan, { paint, note: actionNotes(report) });
  const sentence = drifted > 0 ? `Drift: ${count(drifted, 'resource')} changed in the tenant.` : 'No drift.';
  return `${text}${sentence}${pending > 0 ? ` ${count(pending, 'resource')} not applied yet.` : ''}\n`;
}

function undeclaredText(unmanaged: readonly Unmanaged[]): string {
  if (unmanaged.length === 0) return 'Nothing in the tenant is undeclared.\n';
  const lines = unmanaged.map(
    ({ kind, id, name, stack }) =>
      `? ${kind}  ${printableJson(name)}  ${id}${stack === undefined ? '' : `   of the stack "${stack}"`}`,
  );
  return `\nNot declared by this stack:\n${lines.join('\n')}\n`;
}
