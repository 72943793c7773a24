import { ApiError } from '../errors.js';
import type { Action, Plan } from '../plan/plan.js';
import { accessSections } from './html-access.js';
import { htmlPage, type PageSection } from './html-page.js';
import { actionsHtml, problemsHtml, type Note } from './html-plan.js';
import { markup, type Markup } from './markup.js';
import { count } from './count.js';
import { summaryText } from './plan-text.js';
import { driftCounts, type RenderOptions, type Report } from './report.js';
import { scheduledTitle } from './scheduled-text.js';

/** A report as one page: the plan with filters, and what it does to who can reach what. */
export function reportHtml(report: Report, { version }: Pick<RenderOptions, 'version'>): string {
  const sections: PageSection[] = [{ id: 'plan', title: sectionTitle(report), content: mainHtml(report) }];
  if ('plan' in report && report.access) sections.push(...accessSections(report.access));
  const facts = [...factsOf(report), markup`<span>logto-iac ${version}</span>`];
  return htmlPage({ title: `logto-iac ${report.command}${stackOf(report)}`, facts, sections });
}

function stackOf(report: Report): string {
  if ('plan' in report) return `: ${report.plan.stack}`;
  return report.type === 'validate' ? `: ${report.stack}` : '';
}

const sectionTitle = ({ type }: Report): string =>
  ({ plan: 'Plan', apply: 'What was done', drift: 'Drift', validate: 'Manifest', failure: 'Problems' })[type];

function factsOf(report: Report): readonly Markup[] {
  const fact = (text: string): Markup => markup`<span>${text}</span>`;
  switch (report.type) {
    case 'failure':
      return [fact({ invalid: 'not valid', refused: 'refused', failed: 'failed' }[report.reason])];
    case 'validate':
      return [fact(count(report.resources, 'resource'))];
    case 'plan':
      return [fact(report.plan.endpoint), fact(summaryText(report.plan.summary))];
    case 'apply': {
      const { done, failed, notReached } = report.result;
      return [fact(report.plan.endpoint), fact(`${done} done, ${failed} failed, ${notReached} not reached`)];
    }
    case 'drift': {
      const { drifted, pending } = driftCounts(report);
      return [
        fact(report.plan.endpoint),
        fact(`${drifted} changed in the tenant, ${pending} not applied yet`),
      ];
    }
  }
}

function mainHtml(report: Report): Markup {
  switch (report.type) {
    case 'failure':
      return markup`${failureHtml(report.message, report.hint)}${problemsHtml('Problems', report.problems)}`;
    case 'validate':
      return problemsHtml('Warnings', report.problems) ?? markup`<p class="empty">Nothing is wrong.</p>`;
    default:
      return markup`${problemsHtml('apply refuses this plan', report.plan.blocked)}${problemsHtml('Warnings', report.plan.warnings)}${actionsHtml(report.plan.actions, noteOf(report))}${scheduledHtml(report.plan)}${undeclaredHtml(report)}`;
  }
}

const failureHtml = (message: string, hint: string | undefined): Markup | undefined =>
  message === '' ? undefined : markup`<div class="problems"><p><b>${message}</b></p><p>${hint}</p></div>`;

function noteOf(report: Extract<Report, { readonly plan: unknown }>): (action: Action) => Note | undefined {
  switch (report.type) {
    case 'plan':
      return () => undefined;
    case 'drift': {
      const notes = {
        tenant: { text: 'changed in the tenant', tone: 'bad' },
        unknown: { text: 'cause unknown', tone: 'bad' },
        manifest: { text: 'not applied yet', tone: 'plain' },
      } as const;
      return ({ address }) => notes[report.causes.get(address) ?? 'unknown'];
    }
    case 'apply': {
      const outcomes = new Map(report.result.outcomes.map((outcome) => [outcome.action.address, outcome]));
      return ({ address }) => {
        const outcome = outcomes.get(address);
        switch (outcome?.status) {
          case 'done':
            return { text: 'done', tone: 'good' };
          case 'failed': {
            const hint = outcome.error instanceof ApiError ? (outcome.error.hint ?? '') : '';
            return { text: `failed: ${outcome.error.message} ${hint}`.trimEnd(), tone: 'bad' };
          }
          case 'not-reached':
            return { text: `not reached: ${outcome.because}`, tone: 'bad' };
          case undefined:
            return undefined;
        }
      };
    }
  }
}

function scheduledHtml({ scheduled = [] }: Plan): Markup | undefined {
  if (scheduled.length === 0) return undefined;
  const rows = scheduled.map(
    ({ type, address, at }) => markup`<tr><td>${at}</td><td>${type}</td><th scope="row">${address}</th></tr>`,
  );
  return markup`<h3>${scheduledTitle}</h3><div class="wide"><table class="reach"><thead><tr><th scope="col">Time</th><th scope="col">What</th><th scope="col">Resource</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function undeclaredHtml(report: Report): Markup | undefined {
  if (report.type !== 'drift' || !report.undeclared || report.undeclared.length === 0) return undefined;
  const rows = report.undeclared.map(
    ({ kind, id, name, stack }) =>
      markup`<tr><td>${kind}</td><th scope="row">${name}</th><td><code>${id}</code></td><td>${stack ?? ''}</td></tr>`,
  );
  return markup`<h3>Not declared by this stack</h3><div class="wide"><table class="reach"><thead><tr><th scope="col">Section</th><th scope="col">Name</th><th scope="col">Id</th><th scope="col">Stack</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
