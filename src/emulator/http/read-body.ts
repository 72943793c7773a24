import type { IncomingMessage } from 'node:http';
import { parse as parseQuery } from 'node:querystring';

const mebibyte = 1024 * 1024;
const formLimit = 56 * 1024;

/** The body is larger than Logto reads. koa says 413, and Logto's error handler turns that into a plain 404. */
export class BodyTooLarge extends Error {}

/** All bytes of a request, so that they can be logged and parsed later. Nothing is kept beyond twice the limit. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= 2 * mebibyte) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The body as koa-body reads it; undefined when it is of a type that koa-body leaves alone.
 *
 * @throws {SyntaxError} the JSON is malformed, or neither an object nor an array
 * @throws {BodyTooLarge}
 */
export function parseBody(contentType: string | undefined, bytes: Buffer): unknown {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || /^application\/[\w.-]+\+json$/.test(type)) return parseJson(bytes);
  if (type === 'application/x-www-form-urlencoded') {
    refuseAbove(formLimit, bytes);
    return parseForm(bytes.toString());
  }
  if (type.startsWith('text/')) {
    refuseAbove(formLimit, bytes);
    return bytes.toString();
  }
  return undefined;
}

function parseJson(bytes: Buffer): unknown {
  refuseAbove(mebibyte, bytes);
  const text = bytes.toString();
  if (text === '') return {};
  // co-body's strict mode
  if (!/^[ \t\n\r]*[[{]/.test(text)) throw new SyntaxError('invalid JSON, only supports object and array');
  return JSON.parse(text);
}

function refuseAbove(limit: number, bytes: Buffer): void {
  if (bytes.length > limit) throw new BodyTooLarge();
}

/** `a=1&b[]=2&c[d]=3` as { a: '1', b: ['2'], c: { d: '3' } }, the part of qs that forms use. */
export function parseForm(text: string): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parseQuery(text))) {
    const path = key.split('[').map((part) => part.replace(/\]$/, ''));
    const isList = path.length > 1 && path.at(-1) === '';
    if (isList) path.pop();
    let target = form;
    for (const part of path.slice(0, -1)) target = (target[part] ??= {}) as Record<string, unknown>;
    target[path.at(-1) ?? ''] = isList ? [value].flat() : value;
  }
  return form;
}
