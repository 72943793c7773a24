import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the tests of test/faults/ did and found, over all workers. */
export interface FaultCounts {
  /** Processes killed, and answers that were lost, late, broken or refusals. */
  readonly injected: number;
  /** Applies, plans and destroys. */
  readonly runs: number;
  /** Requests of those runs. */
  readonly requests: number;
  /** Objects that were missing or there twice at the end. */
  readonly lost: number;
}

/** One file for all workers of a run: they inherit the environment that the global setup leaves. */
export function faultCountsFile(): string {
  return (process.env['LOGTO_IAC_FAULT_COUNTS'] ??= join(tmpdir(), `logto-iac-faults-${process.pid}.jsonl`));
}

/** The line that tells the counts, or undefined where no such test has run. Forgets them. */
export function tellFaultCounts(): string | undefined {
  const lines = readLines(faultCountsFile());
  if (lines.length === 0) return undefined;
  const counts = lines.map((line) => JSON.parse(line) as Partial<FaultCounts>);
  const sum = (name: keyof FaultCounts): string =>
    counts.reduce((total, one) => total + (one[name] ?? 0), 0).toLocaleString('en');
  return `faults: ${sum('injected')} injected, ${sum('runs')} runs, ${sum('requests')} requests, lost: ${sum('lost')}`;
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  } finally {
    rmSync(file, { force: true });
  }
}
