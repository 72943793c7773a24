import { count } from './count.js';
import { plain, type Paint } from './paint.js';
import { reportDocument } from './report-json.js';
import { reportText } from './report-text.js';
import { hasDrifted, type DriftReport } from './report.js';

/** What a check of one tenant has found, or why there was none. */
export type TenantResult =
  | { readonly name: string; readonly endpoint: string; readonly report: DriftReport }
  /** The error as people are told of it. */
  | { readonly name: string; readonly endpoint: string; readonly error: string };

export interface TenantsCost {
  readonly requests: number;
  readonly maxInFlight: number;
  readonly milliseconds: number;
}

/** One report on all tenants: a heading for each, what was found below it, and how many there are of each. */
export function tenantsText(
  results: readonly TenantResult[],
  cost: TenantsCost,
  paint: Paint = plain,
): string {
  const parts = results.map((result) => {
    const text = 'report' in result ? reportText(result.report, paint) : result.error;
    return `${markOf(result, paint)} ${result.name}  ${result.endpoint}\n${indent(text)}\n\n`;
  });
  const { tenants, asStated, drifted, failed } = summarize(results);
  const seconds = (cost.milliseconds / 1000).toFixed(1);
  const inAll = `${count(cost.requests, 'request')}, at most ${cost.maxInFlight} at once, ${seconds} s`;
  const sums = `${asStated} without drift, ${drifted} with drift, ${failed} not checked`;
  return `${parts.join('')}${count(tenants, 'tenant')}: ${sums}   (${inAll})\n`;
}

function markOf(result: TenantResult, paint: Paint): string {
  if (!('report' in result)) return paint('red', '✗');
  return hasDrifted(result.report) ? paint('yellow', '~') : paint('green', '✓');
}

/** The same as JSON: what `drift` gives for each tenant, with its name. */
export const tenantsDocument = (results: readonly TenantResult[], cost: TenantsCost): object => ({
  formatVersion: 1,
  summary: { ...summarize(results), ...cost },
  tenants: results.map(({ name, endpoint, ...result }) => ({
    name,
    endpoint,
    ...('report' in result ? reportDocument(result.report) : result),
  })),
});

function summarize(results: readonly TenantResult[]) {
  const failed = results.filter((result) => !('report' in result)).length;
  const drifted = results.filter((result) => 'report' in result && hasDrifted(result.report)).length;
  return { tenants: results.length, asStated: results.length - failed - drifted, drifted, failed };
}

const indent = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
