// Runs, in the clone, each command that a page quotes ("told by"), and looks for the quotation in what it prints. Shows
// the output too. No part of `npm test`: these commands are checks of their own, and .ci/run runs them here.
import { spawnSync } from 'node:child_process';
import { blocksOf, pages, root } from './blocks.mjs';
import { isLike } from './walk.mjs';

let failed = false;
for (const { page, line, check = '', text } of pages().flatMap((page) => blocksOf(page))) {
  const [, command] = /^told by `(.+)`$/s.exec(check) ?? [];
  if (command === undefined) continue;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' });
  process.stdout.write(stdout + stderr);
  const isTold = isLike(stdout, `…\n${text}…`);
  if (!isTold) console.log(`${page}:${line}: this is not what \`${command}\` prints`);
  failed ||= status !== 0 || !isTold;
}
process.exitCode = failed ? 1 : 0;
