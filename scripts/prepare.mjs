// npm runs this where it makes the package: for `npm pack`, and where somebody installs it from its repository. There it
// has installed what the build needs, except for a global installation, as pre-commit does it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const run = (command, ...args) => {
  // What npm was told for the outer installation it tells us in the environment.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));
  // Standard output belongs to npm, which prints the name of the tarball there.
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync(join(root, 'node_modules', 'typescript'))) {
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
}
run(process.execPath, join(root, 'scripts', 'build.mjs'));
