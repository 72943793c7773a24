import { withSlashes } from './file-uri.js';
import { findingsOf, type Finding } from './findings.js';
import type { RenderOptions, Report } from './report.js';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** More annotations of one level than this are not shown by GitHub, for one step. */
const shownOfLevel = 10;

/** A report as annotations of a GitHub workflow, each at its place in the manifest. */
export function reportGithub(report: Report, options: Pick<RenderOptions, 'fileInRepository'> = {}): string {
  const findings = findingsOf(report);
  const levels = Object.keys(commands) as (keyof typeof commands)[];
  const lines = levels.flatMap((level) => {
    const ofLevel = findings.filter((finding) => finding.level === level);
    // The last that GitHub shows says how many there are.
    const shown = ofLevel.length > shownOfLevel ? ofLevel.slice(0, shownOfLevel - 1) : ofLevel;
    const hidden = ofLevel.length - shown.length;
    return [
      ...shown.map((finding) => annotation(finding, options)),
      ...(hidden > 0 ? [command(level, {}, `logto-iac ${report.command}: ${hidden} more like these`)] : []),
    ];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(
  { level, rule, message, hint, at }: Finding,
  { fileInRepository = (file: string): string => file }: Pick<RenderOptions, 'fileInRepository'>,
): string {
  const place: Readonly<Record<string, string | number>> = at
    ? {
        file: withSlashes(fileInRepository(at.file)),
        line: at.line,
        ...(at.endLine !== undefined && { endLine: at.endLine }),
        col: at.column,
        // An end column without an end line, or in another line, is not taken.
        ...(at.endColumn !== undefined && (at.endLine ?? at.line) === at.line && { endColumn: at.endColumn }),
      }
    : {};
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return command(level, { ...place, title: `logto-iac: ${rule}` }, text);
}

function command(
  level: keyof typeof commands,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const shown = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[level]}${shown.length > 0 ? ` ${shown.join(',')}` : ''}::${escapeData(text)}`;
}

// As @actions/core does it (packages/core/src/command.ts in actions/toolkit).
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
