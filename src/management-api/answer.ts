import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type Json } from '../json.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Undefined when the answer is no JSON: Logto sends `Created`, `OK`, `Not Found` and empty bodies too. */
  readonly json: Json | undefined;
}

/** Logto's own code of a refusal, such as `role.name_in_use`; empty when there is none. */
export function codeOf(answer: Answer): string {
  const code = textIn(answer.json, 'code');
  return /^[\w.-]{1,200}$/.test(code) ? code : '';
}

/** The id by which Logto logs a request. */
export function requestIdOf({ headers }: Answer): string | undefined {
  const value = headers['logto-core-request-id'];
  const id = Array.isArray(value) ? value[0] : value;
  return id !== undefined && /^[\w-]{1,100}$/.test(id) ? id : undefined;
}

/** A text that an object holds by that name; empty when it holds something else. */
export function textIn(value: unknown, name: string): string {
  const text = isObject(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : '';
}
