// Compiles src/ into dist/, and removes from dist/ what no source stands behind any more: tsc leaves it there, and it
// would be packed and published.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
  const isKnown = existsSync(join(sources, sourceOf(output))) || existsSync(join(sources, output));
  if (output.endsWith('.tsbuildinfo') || isKnown) continue;
  rmSync(join(outputs, output));
}
// tsc trusts its notes of the last build, and would not write again what somebody has deleted.
const isWhole = filesBelow(sources)
  .filter((source) => source.endsWith('.ts'))
  .every((source) => existsSync(join(outputs, outputOf(source))));
if (!isWhole) rmSync(join(outputs, '.tsbuildinfo'), { force: true });

// What a report carries with it, and what shells read, goes as it is.
const assets = filesBelow(sources).filter((file) => /\.(js|css|bash|zsh|fish|ps1)$/.test(file));

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

for (const asset of assets) {
  mkdirSync(dirname(join(outputs, asset)), { recursive: true });
  copyFileSync(join(sources, asset), join(outputs, asset));
}

// The manual page, from the same declarations as the help.
const fromOutputs = createRequire(join(outputs, 'cli', 'main.js'));
const { makeProgram } = fromOutputs('./program.js');
const { manPage } = fromOutputs('./man-page.js');
const { ownVersion } = fromOutputs('./version.js');
mkdirSync(join(outputs, 'man'), { recursive: true });
writeFileSync(
  join(outputs, 'man', 'logto-iac.1'),
  manPage(
    makeProgram(() => undefined),
    ownVersion(),
  ),
);

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
