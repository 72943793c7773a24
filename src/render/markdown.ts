import { parseAddress } from '../address.js';
import { formatProblem } from '../manifest/format-problem.js';
import type { Action, Plan } from '../plan/plan.js';
import { printableJson } from '../printable.js';
import { codeSpan, fenced } from './fence.js';
import { findingsOf } from './findings.js';
import { count } from './count.js';
import { actionText } from './plan-text.js';
import { actionNotes, driftCounts, problemsOf, type Report } from './report.js';
import { scheduledLine, scheduledTitle } from './scheduled-text.js';
import { escapeXml } from './xml.js';

/** GitHub takes comments of so many characters; what a workflow adds of its own has to fit too. */
const maximumLength = 65_536 - 2_000;

/** One resource is shown with so many characters at most, so that others are shown too. */
const maximumOfText = 8_000;

/**
 * A report as a comment on a pull request: what it comes to, and what changes behind a fold for each section. Cut where
 * it would not fit in a comment.
 */
export function reportMarkdown(report: Report): string {
  const head = [
    `<!-- ${['logto-iac', report.command, escapeXml(stackOf(report)).replaceAll('--', '- -')].join(' ').trimEnd()} -->`,
    `### ${titleOf(report)}`,
    ...summaryOf(report),
  ].join('\n\n');
  const tail = 'plan' in report ? `Digest ${codeSpan(report.plan.digest)}` : '';
  const sections = [...problemSections(report), ...detailSections(report)];
  return assemble(head, sections, tail);
}

/** Texts in one fence, each shown whole or not at all. */
interface Section {
  readonly opening: string;
  readonly language: string;
  readonly texts: readonly string[];
  readonly closing: string;
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');

const sectionText = ({ opening, language, texts, closing }: Section): string =>
  joined([opening, fenced(texts.join('\n'), language), closing]);

function assemble(head: string, sections: readonly Section[], tail: string): string {
  const total = sections.reduce((sum, { texts }) => sum + texts.length, 0);
  const note = (hidden: number): string =>
    `_Cut to fit into a comment: ${hidden} of ${total} entries are not shown here. The whole is in the output of the run._`;
  let room = maximumLength - joined([head, note(total), tail]).length - 8;
  let shown = 0;
  const parts: string[] = [];
  for (const section of sections) {
    const texts: string[] = [];
    for (const text of section.texts) {
      const length = sectionText({ ...section, texts: [...texts, text] }).length + 2;
      if (length > room) break;
      texts.push(text);
    }
    if (texts.length === 0) continue;
    const part = sectionText({ ...section, texts });
    room -= part.length + 2;
    shown += texts.length;
    parts.push(part);
  }
  return `${joined([head, ...parts, shown < total ? note(total - shown) : '', tail])}\n`;
}

function stackOf(report: Report): string {
  if ('plan' in report) return report.plan.stack;
  return report.type === 'validate' ? report.stack : '';
}

function titleOf(report: Report): string {
  const about = `logto-iac ${report.command}`;
  switch (report.type) {
    case 'failure':
      return `${about}: ${{ invalid: 'the manifest is not valid', refused: 'refused', failed: 'failed' }[report.reason]}`;
    case 'validate':
      return `${about}: the manifest is valid`;
    case 'apply': {
      const { done, failed, notReached } = report.result;
      return failed + notReached > 0
        ? `${about}: ended part-way`
        : `${about}: ${done === 0 ? 'nothing to do' : count(done, 'change') + ' made'}`;
    }
    case 'drift': {
      const { drifted } = driftCounts(report);
      return `${about}: ${drifted === 0 ? 'no drift' : `${count(drifted, 'resource')} changed in the tenant`}`;
    }
    case 'plan': {
      const { actions, blocked } = report.plan;
      if (blocked.length > 0) return `${about}: apply will refuse this plan`;
      return `${about}: ${actions.length === 0 ? 'nothing to do' : count(actions.length, 'change')}`;
    }
  }
}

function summaryOf(report: Report): readonly string[] {
  if (report.type === 'failure') return [];
  if (report.type === 'validate') {
    return [`${count(report.resources, 'resource')} in the stack ${codeSpan(report.stack)}.`];
  }
  const { stack, endpoint } = report.plan;
  return [`Stack ${codeSpan(stack)} in ${codeSpan(endpoint)}`, tableOf(report)];
}

function tableOf(report: Extract<Report, { readonly plan: unknown }>): string {
  const columns = countsOf(report);
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(columns.map(([name]) => name)),
    row(columns.map(() => '---:')),
    row(columns.map(([, number]) => (number === 0 ? '' : String(number)))),
  ].join('\n');
}

function countsOf(
  report: Extract<Report, { readonly plan: unknown }>,
): readonly (readonly [string, number])[] {
  if (report.type === 'apply') {
    const { done, failed, notReached } = report.result;
    return [
      ['Done', done],
      ['Failed', failed],
      ['Not reached', notReached],
    ];
  }
  if (report.type === 'drift') {
    const { drifted, pending } = driftCounts(report);
    return [
      ['Changed in the tenant', drifted],
      ['Not applied yet', pending],
      ['As stated', report.plan.summary.unchanged],
      ...(report.undeclared ? ([['Not declared', report.undeclared.length]] as const) : []),
    ];
  }
  const { create, update, replace, delete: deleted, adopt, move, unchanged } = report.plan.summary;
  return [
    ['Create', create],
    ['Update', update],
    ['Replace', replace],
    ['Delete', deleted],
    ['Adopt', adopt],
    ['Move', move],
    ['Unchanged', unchanged],
  ];
}

/** Problems hold what the manifest and the tenant say, so they stand in a fence as a terminal shows them. */
function problemSections(report: Report): readonly Section[] {
  const failures =
    report.type === 'apply'
      ? findingsOf(report).filter(({ rule }) => rule === 'apply-failed')
      : report.type === 'failure' && report.message !== ''
        ? [report]
        : [];
  const problems = [
    ...failures.map(({ message, hint }) =>
      [message, ...(hint === undefined ? [] : [`  ${hint}`])].join('\n'),
    ),
    ...problemsOf(report).map(formatProblem),
  ];
  if (problems.length === 0) return [];
  return [
    {
      opening: `**${count(problems.length, 'problem')}**`,
      language: 'text',
      texts: problems.map((text) => cut(text)),
      closing: '',
    },
  ];
}

/** A fold for each section of the manifest. */
function detailSections(report: Report): readonly Section[] {
  if (!('plan' in report)) return [];
  const noteOf = actionNotes(report);
  const { actions } = report.plan;
  const sections = [...new Set(actions.map(sectionOf))].map((section): Section => {
    const ofSection = actions.filter((action) => sectionOf(action) === section);
    return fold(
      `<code>${escapeXml(section)}</code>: ${count(ofSection.length, 'resource')}`,
      'diff',
      ofSection.map((action) => actionAsDiff(action, noteOf(action))),
    );
  });
  return [...sections, ...scheduledSection(report.plan), ...undeclaredSection(report)];
}

const sectionOf = ({ address }: Action): string => parseAddress(address)?.[0] ?? address;

// A blank line ends a block of HTML, so that what follows is Markdown again.
const fold = (summary: string, language: string, texts: readonly string[]): Section => ({
  opening: `<details>\n<summary>${summary}</summary>`,
  language,
  texts,
  closing: '</details>',
});

const cut = (text: string): string =>
  text.length > maximumOfText ? `${text.slice(0, maximumOfText)}\n… cut` : text;

/** GitHub colours the lines of a diff by their first character. */
function actionAsDiff(action: Action, note: string | undefined): string {
  const [head = '', ...lines] = actionText(action, note === undefined ? {} : { note: () => note }).split(
    '\n',
  );
  const sign = { create: '+', update: '!', replace: '!', delete: '-', adopt: '!', move: '#' }[action.type];
  const body = lines.map((line) => line.replace(/^ {8}([+-]) /, '$1       '));
  return cut([`${sign} ${head.slice(2)}`, ...body].join('\n'));
}

const scheduledSection = ({ scheduled = [] }: Plan): readonly Section[] =>
  scheduled.length === 0 ? [] : [fold(scheduledTitle, 'text', scheduled.map(scheduledLine))];

function undeclaredSection(report: Report): readonly Section[] {
  if (report.type !== 'drift' || !report.undeclared || report.undeclared.length === 0) return [];
  const lines = report.undeclared.map(
    ({ kind, id, name, stack }) =>
      `? ${kind}  ${printableJson(name)}  ${id}${stack === undefined ? '' : `   of the stack ${JSON.stringify(stack)}`}`,
  );
  return [fold(`Not declared by this stack: ${count(report.undeclared.length, 'object')}`, 'text', lines)];
}
