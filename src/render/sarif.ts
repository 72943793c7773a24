import { createHash } from 'node:crypto';
import { fileUri } from './file-uri.js';
import { findingsOf, type Finding } from './findings.js';
import type { RenderOptions, Report } from './report.js';
import { ruleDescriptions } from './rules.js';

/**
 * A report as SARIF 2.1.0, for code scanning: each problem, drift and action at the place of the manifest that it is
 * about.
 */
export function reportSarif(report: Report, options: RenderOptions): string {
  const findings = findingsOf(report);
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'logto-iac',
            version: options.version,
            rules: rules.map((id) => ({ id, shortDescription: { text: ruleDescriptions[id] } })),
          },
        },
        // So that reports of several commands on one commit stand beside each other.
        automationDetails: { id: `logto-iac/${report.command}/${stackOf(report)}` },
        invocations: [{ executionSuccessful: report.type !== 'failure' }],
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, rules.indexOf(finding.rule), options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function stackOf(report: Report): string {
  if ('plan' in report) return `${report.plan.stack}/`;
  return report.type === 'validate' ? `${report.stack}/` : '';
}

function resultOf(finding: Finding, ruleIndex: number, { fileInRepository = same }: RenderOptions) {
  const { rule, level, message, hint, address, at } = finding;
  const location = {
    ...(at && {
      physicalLocation: {
        artifactLocation: { uri: fileUri(fileInRepository(at.file)) },
        region: {
          startLine: at.line,
          startColumn: at.column,
          ...(at.endLine !== undefined && { endLine: at.endLine }),
          ...(at.endColumn !== undefined && { endColumn: at.endColumn }),
        },
      },
    }),
    ...(address !== undefined && { logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }] }),
  };
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    ...(Object.keys(location).length > 0 && { locations: [location] }),
    // The same finding is known again when lines move.
    partialFingerprints: { 'logtoIac/v1': fingerprint(finding) },
  };
}

const same = (file: string): string => file;

const fingerprint = ({ rule, address, at, message }: Finding): string =>
  createHash('sha256')
    .update(JSON.stringify([rule, address ?? [at?.file, message]]))
    .digest('hex')
    .slice(0, 32);
