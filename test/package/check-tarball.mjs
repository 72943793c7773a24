// Packs the package, installs it in an empty folder elsewhere, and uses it as a stranger would: command line, library,
// types. Needs the npm registry, so it is no part of `npm test`; .ci/run runs it. Prints one line for each check.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocksOf, pages } from '../docs/blocks.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'logto-iac-package-'));
const npm = (args, cwd) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const run = (command, ...args) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (error) throw error;
  return { status, stdout, stderr };
};
const logtoIac = (...args) => run('npx', '--no-install', 'logto-iac', ...args);
const write = (name, text) => {
  writeFileSync(join(folder, name), text);
};
const succeeds = ({ status, stdout, stderr }) => {
  assert.equal(status, 0, stdout + stderr);
  return stdout;
};

const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], root));
write('package.json', JSON.stringify({ name: 'stranger', private: true }));
npm(['install', '--no-audit', '--no-fund', join(folder, packed.filename)], folder);

const useOfLibrary = `import { loadManifest, openSession, type Manifest } from 'logto-iac';
const manifest: Promise<Manifest> = loadManifest({ files: ['logto.yaml'] });
export const stack: Promise<string> = manifest.then((loaded) => loaded.stack);
export const endpoint: string = openSession({ endpoint: 'http://localhost:3001', appId: 'a', appSecret: 'b' }).tenant.endpoint;
// @ts-expect-error a secret is needed
openSession({ endpoint: 'http://localhost:3001', appId: 'a' });
`;

const useOfConstructs = `const { App, TerraformStack, TerraformVariable } = require('cdktf');
const { LogtoTenant, Role } = require('logto-iac/cdktf');
const app = new App();
const stack = new TerraformStack(app, 'shop');
const endpoint = new TerraformVariable(stack, 'endpoint', { type: 'string' }).stringValue;
const tenant = new LogtoTenant(stack, 'tenant', { endpoint, runner: 'terraform_data', destroy: 'delete' });
new Role(tenant, 'clerk', { name: 'Clerk', description: 'Works', type: 'User' });
app.synth();
`;

const programsOfPages = pages()
  .flatMap((page) => blocksOf(page))
  .filter(({ language }) => language === 'ts')
  .map(({ text }) => text);
assert.ok(programsOfPages.length > 0);

const checks = {
  'the tarball holds what is needed to run, and no source, test or note of the compiler': () => {
    const paths = packed.files.map(({ path }) => path);
    const expected =
      /^(dist\/.*\.(js|d\.ts)|dist\/cli\/licenses\.txt|dist\/render\/page\/\w+\.css|dist\/man\/logto-iac\.1|dist\/cli\/completion\/logto-iac\.\w+|docs\/.*\.md|schema\/[\w.-]+|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/;
    assert.deepEqual(
      paths.filter((path) => !expected.test(path)),
      [],
    );
    for (const path of [
      'LICENSE',
      'README.md',
      'docs/README.md',
      'schema/manifest.schema.json',
      'dist/cli/main.js',
      'dist/cli/run.js',
      'dist/render/page/page.js',
      'dist/man/logto-iac.1',
    ]) {
      assert.ok(paths.includes(path), path);
    }
    assert.deepEqual(
      paths.filter((path) => path.startsWith('dist/cli/')),
      [
        ...['bash', 'fish', 'ps1', 'zsh'].map((ending) => `dist/cli/completion/logto-iac.${ending}`),
        ...['dist/cli/licenses.txt', 'dist/cli/main.js', 'dist/cli/run.js'],
      ],
    );
  },
  'the licence of each package whose code is in the command line is given along': () => {
    const licenses = readFileSync(join(folder, 'node_modules/logto-iac/dist/cli/licenses.txt'), 'utf8');
    for (const name of ['commander', 'diff', 'fastest-levenshtein', 'yaml']) {
      assert.match(licenses, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, 'm'));
    }
    assert.match(licenses, /Copyright/);
  },
  '--version': () => {
    assert.equal(succeeds(logtoIac('--version')), `${version}\n`);
  },
  'init writes a manifest that validates': () => {
    succeeds(logtoIac('init'));
    assert.match(succeeds(logtoIac('validate')), /^Valid: /);
  },
  'schema prints the published schema': () => {
    const published = readFileSync(join(root, 'schema', 'manifest.schema.json'), 'utf8');
    assert.equal(succeeds(logtoIac('schema')), published);
    assert.equal(readFileSync(join(folder, 'logto.schema.json'), 'utf8'), published);
  },
  'the library is imported by ES modules and required by CommonJS': () => {
    const use = "loadManifest({ files: ['logto.yaml'] }).then(({ stack }) => console.log(stack));";
    write('use.mjs', `import { loadManifest } from 'logto-iac';\n${use}`);
    write('use.cjs', `const { loadManifest } = require('logto-iac');\n${use}`);
    assert.equal(succeeds(run(process.execPath, 'use.mjs')), 'default\n');
    assert.equal(succeeds(run(process.execPath, 'use.cjs')), 'default\n');
  },
  'what is not exported cannot be imported': () => {
    for (const path of ['dist/index.js', 'dist/plan/make-plan.js', 'dist/cli/main.js', 'src/index.ts']) {
      const { stderr } = run(process.execPath, '-e', `require('logto-iac/${path}')`);
      assert.match(stderr, /ERR_PACKAGE_PATH_NOT_EXPORTED/, path);
    }
    succeeds(run(process.execPath, '-e', "require('logto-iac/schema/manifest.schema.json')"));
  },
  'the types resolve, with node16 and with bundler resolution, in both kinds of module and in our pages':
    () => {
      const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
      const types = join(root, 'node_modules', '@types');
      for (const name of ['use.mts', 'use.cts']) write(name, useOfLibrary);
      const programs = programsOfPages.map((_, index) => `page-${index}.mts`);
      programs.forEach((name, index) => {
        write(name, programsOfPages[index]);
      });
      for (const resolution of [
        ['--module', 'node16', '--moduleResolution', 'node16'],
        ['--module', 'esnext', '--moduleResolution', 'bundler'],
      ]) {
        const common = [
          '--noEmit',
          '--strict',
          '--target',
          'es2022',
          '--typeRoots',
          types,
          '--types',
          'node',
        ];
        // Not skipLibCheck: our declarations must hold by themselves.
        succeeds(run(process.execPath, tsc, ...common, ...resolution, 'use.mts', 'use.cts', ...programs));
      }
    },
  'constructs are synthesised, and applied by terraform where there is one': async () => {
    npm(['install', '--no-audit', '--no-fund', 'cdktf@^0.21.0', 'constructs@~10.7.0'], folder);
    write('main.cjs', useOfConstructs);
    succeeds(run(process.execPath, 'main.cjs'));
    const stack = join(folder, 'cdktf.out', 'stacks', 'shop');
    assert.match(readFileSync(join(stack, 'logto', 'shop-tenant.yaml'), 'utf8'), /name: Clerk/);
    if (spawnSync('terraform', ['version']).error)
      return console.log('        (no terraform on this machine)');
    const emulator = spawn(process.execPath, [
      join(root, 'dist/emulator/main.js'),
      '--port',
      '0',
      '--stop-with-stdin',
    ]);
    const [line] = await once(emulator.stdout, 'data');
    const { url, appId, appSecret } = JSON.parse(line);
    const env = { ...process.env, TF_VAR_endpoint: url, LOGTO_APP_ID: appId, LOGTO_APP_SECRET: appSecret };
    for (const args of [
      ['init'],
      ['apply', '-auto-approve'],
      ['plan', '-detailed-exitcode'],
      ['destroy', '-auto-approve'],
    ]) {
      succeeds(
        spawnSync('terraform', [...args, '-no-color', '-input=false'], { cwd: stack, env, encoding: 'utf8' }),
      );
    }
    emulator.stdin.end();
  },
  'emulator says which packages to install where its optional ones are missing': () => {
    const { status, stderr } = logtoIac('emulator', '--port', '0');
    assert.match(stderr, /npm install --save-dev @logto\/schemas@\S+ @electric-sql\/pglite@\S+/);
    assert.doesNotMatch(stderr, /This is a bug/);
    assert.equal(status, 3);
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.message}\n`);
  }
}
rmSync(folder, { recursive: true });
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
