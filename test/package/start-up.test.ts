import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(__dirname, '..', '..');
const program = join(root, 'dist', 'cli', 'main.js');

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
  const child = spawn(process.execPath, ['--import', preload, program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return JSON.parse(stderr) as Loaded;
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

test.each([['--version'], ['--help'], ['plan', '--help']])(
  'logto-iac %s %s loads the command line and nothing else: no YAML, no validator, no HTTP client',
  async (...args) => {
    const loaded = await loadedBy(...args);
    expect(partsOf(loaded)).toEqual(['cli/', 'commander', 'errors.js']);
    expect(
      loaded.builtIns.filter((name) =>
        ['http', 'https', 'tls', 'internal/deps/undici/undici'].includes(name),
      ),
    ).toEqual([]);
  },
);

test('logto-iac validate loads no HTTP client, no compiler of schemas and nothing of the emulator', async () => {
  const loaded = await loadedBy('validate', '-f', join(root, 'examples', 'quick-start', 'logto.yaml'));
  const parts = partsOf(loaded);
  expect(parts).toEqual(expect.arrayContaining(['yaml', 'manifest/', 'validators/']));
  expect(parts.filter((part) => /^(management-api|emulator|apply|plan|constructs|ajv|@)/.test(part))).toEqual(
    [],
  );
  expect(loaded.builtIns.filter((name) => ['http', 'https', 'tls'].includes(name))).toEqual([]);
});
