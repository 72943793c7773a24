import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freshPages } from './pages.js';
import { schemaFiles } from './schema-files.js';

// `npm run schema`: writes schema/, and the generated parts of docs/, anew from the kinds and the command line.
const root = join(__dirname, '..', '..');
const docs = join(root, 'docs');
const names = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
const pages = new Map(names.map((name) => [name, readFileSync(join(docs, name), 'utf8')]));

const files = [
  ...[...schemaFiles()].map(([name, text]) => [join(root, 'schema', name), text] as const),
  ...[...freshPages(pages)].map(([name, text]) => [join(docs, name), text] as const),
];
for (const [path, text] of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
