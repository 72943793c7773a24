import type { RenderOptions, Report } from './report.js';

export type ReportFormat = 'text' | 'json' | 'markdown' | 'junit' | 'sarif' | 'github' | 'html';

/**
 * A report in one format, for a file or a pipe; undefined where the format has nothing to say of it. Each format is loaded
 * when it is asked for: a run needs one or two of them.
 */
export async function renderReport(
  format: ReportFormat,
  report: Report,
  options: RenderOptions,
): Promise<string | undefined> {
  switch (format) {
    case 'text':
      return (await import('./report-text.js')).wholeText(report);
    case 'json': {
      const document = (await import('./report-json.js')).reportDocument(report);
      return document && `${JSON.stringify(document, null, 2)}\n`;
    }
    case 'markdown':
      return (await import('./markdown.js')).reportMarkdown(report);
    case 'junit':
      return (await import('./junit.js')).reportJunit(report, options);
    case 'sarif':
      return (await import('./sarif.js')).reportSarif(report, options);
    case 'github':
      return (await import('./github.js')).reportGithub(report, options);
    case 'html':
      return (await import('./html.js')).reportHtml(report, options);
  }
}
