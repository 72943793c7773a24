import { appendFileSync } from 'node:fs';
import { faultCountsFile, type FaultCounts } from '../support/fault-counts';

/** Adds to what is told at the end of the run, over all workers. */
export function count(counts: Partial<FaultCounts>): void {
  appendFileSync(faultCountsFile(), `${JSON.stringify(counts)}\n`);
}
