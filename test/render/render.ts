import type { ReportFormat } from '../../src/render/formats';
import { reportGithub } from '../../src/render/github';
import { reportHtml } from '../../src/render/html';
import { reportJunit } from '../../src/render/junit';
import { reportMarkdown } from '../../src/render/markdown';
import type { Report } from '../../src/render/report';
import { reportDocument } from '../../src/render/report-json';
import { wholeText } from '../../src/render/report-text';
import { reportSarif } from '../../src/render/sarif';

const version = '1.2.3';

/** As render/formats.ts does it, which loads each format when it is asked for: jest cannot. */
export function render(format: ReportFormat, report: Report): string | undefined {
  switch (format) {
    case 'text':
      return wholeText(report);
    case 'json': {
      const document = reportDocument(report);
      return document && `${JSON.stringify(document, null, 2)}\n`;
    }
    case 'markdown':
      return reportMarkdown(report);
    case 'junit':
      return reportJunit(report);
    case 'sarif':
      return reportSarif(report, { version });
    case 'github':
      return reportGithub(report);
    case 'html':
      return reportHtml(report, { version });
  }
}
