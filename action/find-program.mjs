import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * The command line: the one that the repository has installed, so that people and pipeline use one version. Where it has
 * none, the one that comes with this action, which is built when it is first needed.
 *
 * @returns the path of a program for Node.js
 */
export function findProgram({ GITHUB_WORKSPACE: top }, from = process.cwd()) {
  for (let folder = from; ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules', 'logto-iac', 'dist', 'cli', 'main.js');
    if (existsSync(installed)) return installed;
    if (folder === top || folder === dirname(folder)) return ownProgram();
  }
}

function ownProgram() {
  const program = join(own, 'dist', 'cli', 'main.js');
  if (existsSync(program)) return program;
  console.log('::group::Build logto-iac');
  for (const args of [
    ['ci', '--no-audit', '--no-fund', '--ignore-scripts'],
    ['run', 'build'],
  ]) {
    const { status, error } = spawnSync('npm', args, { cwd: own, stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0)
      throw new Error(`npm ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`);
  }
  console.log('::endgroup::');
  return program;
}
