import { relative, resolve, sep } from 'node:path';
import type { AccessGraph } from '../access/access-graph.js';
import type { Manifest } from '../manifest/manifest.js';
import type { Plan } from '../plan/plan.js';
import { ApiError, ManifestError, RefusedError, UsageError } from '../errors.js';
import type { FailureReport, RenderOptions, Report, ReportingCommand } from '../render/report.js';
import type { ExitCode } from './exit-code.js';
import type { Outputs } from './outputs.js';
import { paintFor } from './output-format.js';
import { ownVersion } from './version.js';
import { writeWholeFile } from './write-file.js';

/** Writes a report to standard output and to each file that was asked for. */
export async function writeReports(outputs: Outputs, report: Report): Promise<void> {
  if (outputs.format === 'text') {
    process.stdout.write(await textOf(report));
  }
  await writeOtherReports(outputs, report);
}

async function textOf(report: Report): Promise<string> {
  if (report.type === 'validate') return (await import('../render/valid-text.js')).validText(report);
  const { reportText } = await import('../render/report-text.js');
  return reportText(report, paintFor(process.stdout));
}

/** The same without the text on standard output: for commands that have said it already, while they worked. */
export async function writeOtherReports(outputs: Outputs, report: Report): Promise<void> {
  if (outputs.format === 'text' && outputs.files.length === 0) return;
  const { renderReport } = await import('../render/formats.js');
  const options: RenderOptions = { version: ownVersion(), fileInRepository: fileInRepository(process.env) };
  if (outputs.format !== 'text') {
    process.stdout.write((await renderReport(outputs.format, report, options)) ?? '');
  }
  for (const { format, path } of outputs.files) {
    const text = await renderReport(format, report, options);
    if (text !== undefined) await writeWholeFile(path, text);
  }
}

/** The access graph, where a format is asked for that draws it. */
export async function accessFor(
  { format, files }: Outputs,
  manifest: Manifest,
  plan: Plan,
): Promise<{ readonly access?: AccessGraph }> {
  if (format !== 'html' && files.every((file) => file.format !== 'html')) return {};
  const { manifestGraph } = await import('../access/manifest-graph.js');
  return { access: manifestGraph(manifest, plan) };
}

/**
 * Does a command's work; where it fails, what was asked for is told of the failure too. The error goes on, so that
 * standard error and the exit code say the same as without any report.
 */
export async function reportingFailures(
  command: ReportingCommand,
  outputs: Outputs,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const report = failureReport(command, error);
    if (report) await writeOtherReports(outputs, report);
    throw error;
  }
}

/** Nothing for a bug: what its message holds is not known. */
function failureReport(command: ReportingCommand, error: unknown): FailureReport | undefined {
  const common = { type: 'failure', command } as const;
  if (error instanceof ManifestError) {
    return { ...common, reason: 'invalid', message: '', problems: error.problems };
  }
  if (error instanceof RefusedError || error instanceof UsageError || error instanceof ApiError) {
    return {
      ...common,
      reason: error instanceof RefusedError ? 'refused' : error instanceof UsageError ? 'invalid' : 'failed',
      message: error.message,
      ...(error.hint !== undefined && { hint: error.hint }),
      problems: error instanceof RefusedError ? error.problems : [],
    };
  }
  return undefined;
}

/** In a workflow of GitHub, files are named from the top of the work tree, wherever the command runs. */
function fileInRepository({ GITHUB_WORKSPACE: top }: NodeJS.ProcessEnv): (file: string) => string {
  return (file) => {
    if (top === undefined || top === '' || file.startsWith('<')) return file;
    const path = relative(top, resolve(file));
    return path.startsWith(`..${sep}`) || path === '..' ? file : path;
  };
}
