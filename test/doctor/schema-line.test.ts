import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { checkSchemaLines } from '../../src/doctor/schema-line';
import { SourceText } from '../../src/manifest/source-text';

const schema = '{"this": "version"}\n';
const folder = mkdtempSync(join(tmpdir(), 'logto-iac-schema-line-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
writeFileSync(join(folder, 'same.json'), schema);
writeFileSync(join(folder, 'other.json'), '{}');
const pathOf = (name: string): string => relative(process.cwd(), join(folder, name));
const line = (name: string): string => `# yaml-language-server: $schema=${name}\nstack: acme\n`;

test.each([
  [
    'that of this version',
    line('./same.json'),
    'the schema that manifests name is that of this version',
    undefined,
  ],
  [
    'that of this version, below another comment',
    `# The tenant of Acme.\n${line('same.json')}`,
    'the schema that manifests name is that of this version',
    undefined,
  ],
  [
    'one at an address',
    line('https://example.com/logto.schema.json'),
    'the schema that manifests name is at an address of its own, and was not compared',
    undefined,
  ],
  [
    'another',
    line('./other.json'),
    `${pathOf('other.json')} is not the schema of this version of logto-iac`,
    `logto-iac schema > ${pathOf('other.json')}`,
  ],
  [
    'one that is not there',
    line('./gone.json'),
    `logto.yaml names a schema that is not there: ${pathOf('gone.json')}`,
    `logto-iac schema > ${pathOf('gone.json')}`,
  ],
  [
    'none',
    'stack: acme\n',
    'logto.yaml names no schema, so that editors cannot complete and check it',
    'logto-iac schema > logto.schema.json, and write above it: # yaml-language-server: $schema=./logto.schema.json',
  ],
])('a manifest names %s', async (_, text, message, remedy) => {
  const { value, ...said } = await checkSchemaLines([new SourceText('logto.yaml', text, folder)], schema);
  expect({ value, ...said }).toEqual({ value: undefined, message, ...(remedy !== undefined && { remedy }) });
});

test('of several manifests the worst is told', async () => {
  const sources = ['./same.json', './gone.json', './other.json'].map(
    (name, index) => new SourceText(`${index}.yaml`, line(name), folder),
  );
  expect((await checkSchemaLines(sources, schema)).message).toBe(
    `1.yaml names a schema that is not there: ${pathOf('gone.json')}`,
  );
});
