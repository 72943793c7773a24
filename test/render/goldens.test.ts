import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ReportFormat } from '../../src/render/formats';
import type { Report } from '../../src/render/report';
import { exampleReports } from './plans';
import { render } from './render';

// UPDATE_GOLDENS=1 writes what the formats come to; look at the difference before it is committed.
const endings: Readonly<Record<ReportFormat, string>> = {
  text: 'txt',
  json: 'json',
  markdown: 'md',
  junit: 'xml',
  sarif: 'sarif',
  github: 'github.txt',
  html: 'html',
};

/** Longer ones are kept as their beginning, their end and their hash. */
const longest = 24_000;

/** Without what every page has, which lies in files of its own. */
const withoutAssets = (text: string): string =>
  text
    .replace(/<style>[^]*?<\/style>/, '<style></style>')
    .replace(/<script>[^]*?<\/script>/, '<script></script>')
    .replaceAll(/sha256-[\w+/=]+/g, 'sha256-…');

function inShort(text: string): string {
  if (text.length <= longest) return text;
  const hash = createHash('sha256').update(text).digest('hex');
  const [beginning, end] = [text.slice(0, 3000), text.slice(-1500)];
  return `${beginning}\n… ${text.length} characters, SHA-256 ${hash} …\n${end}`;
}

let reports: ReadonlyMap<string, Report> = new Map();
beforeAll(async () => {
  reports = await exampleReports();
});

const names = [
  ...['empty', 'create', 'update', 'replace', 'delete', 'adopt', 'mixed', 'blocked', 'partial-failure'],
  ...['500-actions', 'drift', 'valid', 'invalid', 'refused'],
];

describe.each(Object.keys(endings) as ReportFormat[])('as %s', (format) => {
  test.each(names)('%s is as its golden file', (name) => {
    const report = reports.get(name);
    if (!report) throw new Error(`no report is named ${name}`);
    const rendered = render(format, report) ?? '';
    const actual = inShort(format === 'html' ? withoutAssets(rendered) : rendered);
    const folder = join(__dirname, 'goldens', name);
    const file = join(folder, `report.${endings[format]}`);
    if (process.env['UPDATE_GOLDENS'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, actual);
    }
    expect(actual).toBe(existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  });
});

test('the names are those of all reports', () => {
  expect([...reports.keys()]).toEqual(names);
});
