// Compiles src/ into dist/, and removes from dist/ what no source stands behind any more: tsc leaves it there, and it
// would be packed and published.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [sources, outputs] = [join(root, 'src'), join(root, 'dist')];

const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    : [];
const outputOf = (source) => source.replace(/\.ts$/, '.js');
const sourceOf = (output) => output.replace(/(\.d\.ts|\.js)$/, '.ts');

for (const output of filesBelow(outputs)) {
  if (output.endsWith('.tsbuildinfo') || existsSync(join(sources, sourceOf(output)))) continue;
  rmSync(join(outputs, output));
}
// tsc trusts its notes of the last build, and would not write again what somebody has deleted.
const isWhole = filesBelow(sources).every((source) => existsSync(join(outputs, outputOf(source))));
if (!isWhole) rmSync(join(outputs, '.tsbuildinfo'), { force: true });

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
process.exit(status ?? 1);
