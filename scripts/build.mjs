// Compiles src/ into dist/, and removes from dist/ what no source stands behind any more: tsc leaves it there, and it
// would be packed and published. Then makes what start-up would otherwise spend its time on.
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
import { build } from 'esbuild';

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
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
run(tsc, '-p', root);

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

// Validators of the manifest, so that none has to be compiled when a command starts.
run(join(outputs, 'manifest', 'write-validators.js'));

// The command line as one file, run.js, with the packages it uses: to look for 250 files and read them takes longer than
// to do what most of them say. main.js, which starts it, stays apart and small. Both are made from the sources, because
// tsc writes what it believes to be unchanged only once.
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['main', 'run'].map((name) => join(sources, 'cli', `${name}.ts`)),
  outdir: join(outputs, 'cli'),
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // Names stay, and lines are short, so that the stack of an unforeseen error says something.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // What is loaded later is required: the other loader of Node would have to be started first.
  supported: { 'dynamic-import': false },
  plugins: [
    { name: 'what stays apart', setup: keepApart },
    { name: 'YAML for browsers', setup: takeYamlForBrowsers },
  ],
});
checkPaths(Object.keys(metafile.inputs));
writeFileSync(join(outputs, 'cli', 'licenses.txt'), licensesOf(Object.keys(metafile.inputs)));

for (const asset of assets) {
  mkdirSync(dirname(join(outputs, asset)), { recursive: true });
  copyFileSync(join(sources, asset), join(outputs, asset));
}

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

/** In one file all sources are as deep as that is: two folders below the package. */
function checkPaths(files) {
  const ours = files.filter((file) => /^src\/.*\/.*\/|^src\/[^/]*$/.test(file));
  const wrong = ours.filter((file) =>
    /\b__(dirname|filename)\b/.test(readFileSync(join(root, file), 'utf8')),
  );
  if (wrong.length > 0) throw new Error(`__dirname is another folder in the bundle: ${wrong.join(', ')}`);
}

/** The emulator has packages of its own, which only those have who use it. */
function keepApart({ onResolve }) {
  onResolve({ filter: /^\.\/run\.js$/ }, ({ path }) => ({ path, external: true }));
  onResolve({ filter: /\/emulator\// }, ({ path, resolveDir }) => ({
    path: relative(join(sources, 'cli'), join(resolveDir, path)),
    external: true,
  }));
}

/** The same without a look into the environment, for a switch to debug it, at each token: a tenth of the time it takes. */
function takeYamlForBrowsers({ onResolve }) {
  const path = join(root, 'node_modules', 'yaml', 'browser', 'index.js');
  onResolve({ filter: /^yaml$/ }, () => ({ path }));
}

/** The licences of the packages that these files come from: each asks to be given along with a copy. */
function licensesOf(files) {
  const folders = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const packages = [...new Set(folders)].filter((folder) => folder !== undefined).sort();
  const texts = packages.map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const license = readdirSync(join(root, folder)).find((file) => /^licen[cs]e/i.test(file));
    if (license === undefined) throw new Error(`${name} has no file with its licence`);
    return `${name} ${version}\n\n${readFileSync(join(root, folder, license), 'utf8').trim()}\n`;
  });
  const first = 'run.js holds parts of these packages, under their licences:\n';
  return [first, ...texts].join(`\n${'-'.repeat(80)}\n\n`);
}
