// Compiles src/ into dist/, and removes from dist/ what no source stands behind any more: tsc leaves it there, and it
// would be packed and published. Then makes what start-up would otherwise spend its time on.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
run(tsc, '-p', root);

// Validators of the manifest, so that none has to be compiled when a command starts.
run(join(outputs, 'manifest', 'write-validators.js'));

// So that `npx logto-iac` works in a clone too; npm does this only where it installs.
chmodSync(join(outputs, 'cli', 'main.js'), 0o755);

// The constructs are written against cdktf; cdktn, which continues it, has the same names. What a package built for the
// one library makes cannot be used in an application of the other, so there is a copy for each.
const [constructs, forCdktn] = [join(outputs, 'constructs'), join(outputs, 'constructs-cdktn')];
for (const file of filesBelow(constructs)) {
  const text = readFileSync(join(constructs, file), 'utf8');
  mkdirSync(dirname(join(forCdktn, file)), { recursive: true });
  writeFileSync(join(forCdktn, file), text.replaceAll(/(['"])cdktf\1/g, '$1cdktn$1'));
}
