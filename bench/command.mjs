import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
export const program = pathOf('../dist/cli/main.js');

/** Runs a Node process to its end. @returns its output, and the seconds from start to end */
export async function runNode(args, { environment = {}, input } = {}) {
  const started = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment } });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  const seconds = (performance.now() - started) / 1000;
  if (exitCode !== 0)
    throw new Error(`${args.join(' ')} ended with ${exitCode}\n${(stdout + stderr).slice(-4000)}`);
  return { stdout, stderr, seconds };
}

/** The same, with the processor time in seconds and the peak of memory in megabytes. */
export async function runMeasured(args, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'logto-iac-bench-'));
  try {
    const file = join(folder, 'usage.json');
    const environment = { ...options.environment, BENCH_USAGE: file };
    const result = await runNode(['--require', pathOf('usage.cjs'), ...args], { ...options, environment });
    return { ...result, ...JSON.parse(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const median = (numbers) =>
  [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)];

/**
 * Does several things in turn, so that what disturbs the machine disturbs all of them alike.
 *
 * @param tasks by name; each resolves to an object of numbers
 * @returns by name, the median of each number, and how far the middle half of the rounds lies apart
 */
export async function alternate(rounds, tasks) {
  const results = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, task] of Object.entries(tasks)) results[name].push(await task());
  }
  return Object.fromEntries(
    Object.entries(results).map(([name, runs]) => {
      const medians = Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]);
      return [name, { ...Object.fromEntries(medians), spread: spreadOf(runs.map(({ seconds }) => seconds)) }];
    }),
  );
}

/** Between the first and the third quarter, as a part of the median: what differs by less is not told apart. */
function spreadOf(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  const at = (part) => sorted[Math.round((sorted.length - 1) * part)];
  return (at(0.75) - at(0.25)) / at(0.5);
}
