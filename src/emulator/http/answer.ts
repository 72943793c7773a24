import { STATUS_CODES } from 'node:http';

/** A response before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const statusesWithoutBody = new Set([204, 205, 304]);

export const jsonAnswer = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

/** What koa sends for a status that was given no body: its reason as plain text. */
export function reasonAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  if (statusesWithoutBody.has(status)) return { status, headers, body: '' };
  const body = STATUS_CODES[status] ?? String(status);
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body };
}
