import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Runs a Node process to its end. @returns its output, and the seconds from start to end */
export async function runNode(args, { environment = {}, input } = {}) {
  const started = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment } });
  child.stdin.end(input);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  const seconds = (performance.now() - started) / 1000;
  if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with ${exitCode}\n${stdout}${stderr}`);
  return { stdout, stderr, seconds };
}

/** The run with the time in the middle, of several. */
export async function medianRun(times, run) {
  const runs = [];
  for (let index = 0; index < times; index += 1) runs.push(await run());
  return runs.sort((left, right) => left.seconds - right.seconds)[Math.floor(times / 2)];
}
