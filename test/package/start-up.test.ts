import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(__dirname, '..', '..');
const program = join(root, 'dist', 'cli', 'main.js');
/** The command line with its packages; `program` only starts it. */
const bundle = join(root, 'dist', 'cli', 'run.js');
/** The same in as many files as the sources have, so that it shows which of them are loaded. */
const unbundled = `require(${JSON.stringify(join(root, 'dist', 'cli', 'program.js'))})
  .makeProgram(() => undefined).parseAsync(['node', 'logto-iac', ...process.argv.slice(1)]).catch(() => undefined);`;

/** Prints, at the end of a process, which files and built-in modules it has loaded. */
const listLoaded = `process.on('exit', () => {
  const files = Object.keys(require.cache);
  const builtIns = process.moduleLoadList.filter((name) => name.startsWith('NativeModule ')).map((name) => name.slice(13));
  require('node:fs').writeSync(2, JSON.stringify({ files, builtIns }));
});`;

interface Loaded {
  readonly files: readonly string[];
  readonly builtIns: readonly string[];
}

async function loadedBy(...args: readonly string[]): Promise<Loaded> {
  const preload = `data:text/javascript,import { createRequire } from 'node:module';const require = createRequire(${JSON.stringify(program)});${listLoaded}`;
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return JSON.parse(stderr.slice(stderr.lastIndexOf('{"files"'))) as Loaded;
}

/** The packages of which something is loaded, and the folders of our own. */
const partsOf = ({ files }: Loaded): readonly string[] => {
  const parts = files.map((file) => {
    const afterModules = file.split('/node_modules/').at(-1) ?? '';
    if (file.includes('/node_modules/')) return afterModules.split('/')[0] ?? '';
    return file.slice(join(root, 'dist').length + 1).replace(/\/[^/]+$/, '/');
  });
  return [...new Set(parts)].sort();
};

const httpOf = ({ builtIns }: Loaded): readonly string[] =>
  builtIns.filter((name) => ['http', 'https', 'tls', 'internal/deps/undici/undici'].includes(name));

const loadsNoMore = [['--version'], ['--help'], ['plan', '--help']];
const manifest = join(root, 'examples', 'quick-start', 'logto.yaml');

test.each(['--version', '-V'])(
  'logto-iac %s loads nothing but what starts the command line',
  async (flag) => {
    const loaded = await loadedBy(program, flag);
    expect(loaded.files).toEqual([program]);
  },
);

test.each([['--help'], ['plan', '--help'], ['plan', '--version']])(
  'logto-iac %s %s is one file beside that, and loads no HTTP client',
  async (...args) => {
    const loaded = await loadedBy(program, ...args);
    expect(loaded.files).toEqual([program, bundle]);
    expect(httpOf(loaded)).toEqual([]);
  },
);

test('logto-iac validate is one file beside that, and the validators of what the manifest holds', async () => {
  const loaded = await loadedBy(program, 'validate', '-f', manifest);
  const validators = ['variable', 'apiResources', 'roles', 'applications'].map((name) =>
    join(root, 'dist', 'validators', `${name}.js`),
  );
  expect(loaded.files).toEqual([program, bundle, ...validators]);
  expect(httpOf(loaded)).toEqual([]);
});

test.each(loadsNoMore)(
  'logto-iac %s %s loads the command line and nothing else: no YAML, no validator',
  async (...args) => {
    const loaded = await loadedBy('--eval', unbundled, '--', ...args);
    expect(partsOf(loaded)).toEqual(['cli/', 'commander', 'errors.js']);
  },
);

test('logto-iac validate loads no compiler of schemas, no writer of differences and nothing of the emulator', async () => {
  const parts = partsOf(await loadedBy('--eval', unbundled, '--', 'validate', '-f', manifest));
  expect(parts).toEqual(expect.arrayContaining(['yaml', 'manifest/', 'validators/']));
  const needless = /^(management-api|emulator|apply|plan|constructs|ajv|diff|@)/;
  expect(parts.filter((part) => needless.test(part))).toEqual([]);
});
