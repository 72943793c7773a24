import { parseAddress } from '../address.js';
import { findingsOf, type Finding } from './findings.js';
import { count } from './count.js';
import type { RenderOptions, Report } from './report.js';
import { element, escapeXml as escapeText } from './xml.js';

interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly finding?: Finding;
}

/**
 * A report as JUnit XML, for the test tabs of CI systems: each resource, or problem, is a test case, which fails where
 * the finding is an error.
 */
export function reportJunit(report: Report, { fileInRepository }: Partial<RenderOptions> = {}): string {
  const cases = [...findingsOf(report).map(toCase), ...asStated(report)];
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((suite) =>
    suiteElement(
      `logto-iac ${report.command}: ${suite}`,
      cases.filter((testCase) => testCase.suite === suite),
      fileInRepository ?? ((file) => file),
    ),
  );
  const attributes = {
    name: `logto-iac ${report.command}`,
    tests: cases.length,
    failures: cases.filter(isFailure).length,
    errors: 0,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, `\n${suites.join('\n')}\n`)}\n`;
}

/** By section of the manifest; what is about no resource is about the manifest. */
function toCase(finding: Finding): TestCase {
  const { address, at, rule, message } = finding;
  if (address !== undefined) return { suite: parseAddress(address)?.[0] ?? address, name: address, finding };
  const place = at ? `${at.file}:${at.line}:${at.column} ` : '';
  return { suite: 'manifest', name: `${place}${rule}: ${message}`, finding };
}

/** What is as it should be passes, so that a report is never empty. */
function asStated(report: Report): readonly TestCase[] {
  switch (report.type) {
    case 'validate':
      return [
        { suite: 'manifest', name: `${count(report.resources, 'resource')} in the stack ${report.stack}` },
      ];
    case 'failure':
      return [];
    default: {
      const { unchanged } = report.plan.summary;
      const isEmpty = unchanged === 0 && report.plan.actions.length > 0;
      return isEmpty ? [] : [{ suite: 'manifest', name: `${count(unchanged, 'resource')} as stated` }];
    }
  }
}

const isFailure = ({ finding }: TestCase): boolean => finding?.level === 'error';
const isSkipped = ({ finding }: TestCase): boolean => finding?.rule === 'not-reached';

function suiteElement(
  name: string,
  cases: readonly TestCase[],
  fileInRepository: (file: string) => string,
): string {
  const attributes = {
    name,
    tests: cases.length,
    failures: cases.filter(isFailure).length,
    errors: 0,
    skipped: cases.filter(isSkipped).length,
  };
  const elements = cases.map((testCase) => `    ${caseElement(testCase, fileInRepository)}`);
  return `  ${element('testsuite', attributes, `\n${elements.join('\n')}\n  `)}`;
}

function caseElement(testCase: TestCase, fileInRepository: (file: string) => string): string {
  const { suite, name, finding } = testCase;
  const attributes = { name, classname: `logto-iac.${suite}` };
  if (!finding) return element('testcase', attributes);
  const { rule, message, hint, at } = finding;
  const place = at ? `${fileInRepository(at.file)}:${at.line}:${at.column}` : undefined;
  const text = [place, message, hint].filter((line) => line !== undefined).join('\n');
  if (isSkipped(testCase))
    return element('testcase', attributes, element('skipped', {}, escapeText(message)));
  return isFailure(testCase)
    ? element('testcase', attributes, element('failure', { type: rule, message }, escapeText(text)))
    : element('testcase', attributes, element('system-out', {}, escapeText(text)));
}
