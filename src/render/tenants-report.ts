import { count } from './count.js';
import { plain, type Paint } from './paint.js';

/** What a check of one tenant has found, or why there was none. */
export interface TenantResult {
  readonly name: string;
  readonly endpoint: string;
  readonly found?: {
    readonly drifted: number;
    readonly pending: number;
    readonly hasDrifted: boolean;
    readonly text: (paint?: Paint) => string;
    readonly document: () => object;
  };
  /** As people are told of it. */
  readonly error?: string;
}

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
  const parts = results.map(({ name, endpoint, found, error }) => {
    const mark = found ? (found.hasDrifted ? paint('yellow', '~') : paint('green', '✓')) : paint('red', '✗');
    const text = found ? found.text(paint) : (error ?? '');
    return `${mark} ${name}  ${endpoint}\n${indent(text)}\n`;
  });
  const { asStated, drifted, failed } = summarize(results);
  const seconds = (cost.milliseconds / 1000).toFixed(1);
  const inAll = `${count(cost.requests, 'request')}, at most ${cost.maxInFlight} at once, ${seconds} s`;
  return `${parts.join('\n')}\n${count(results.length, 'tenant')}: ${asStated} without drift, ${drifted} with drift, ${failed} not checked   (${inAll})\n`;
}

/** The same as JSON: what `drift` gives for each tenant, with its name. */
export const tenantsDocument = (results: readonly TenantResult[], cost: TenantsCost): object => ({
  formatVersion: 1,
  summary: { ...summarize(results), ...cost },
  tenants: results.map(({ name, endpoint, found, error }) => ({
    name,
    endpoint,
    ...(found ? found.document() : { error }),
  })),
});

function summarize(results: readonly TenantResult[]) {
  const failed = results.filter(({ found }) => found === undefined).length;
  const drifted = results.filter(({ found }) => found?.hasDrifted === true).length;
  return { tenants: results.length, asStated: results.length - failed - drifted, drifted, failed };
}

const indent = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
