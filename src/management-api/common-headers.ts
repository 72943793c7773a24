import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../json.js';

/** Sent with every request. */
export const commonHeaders = {
  accept: 'application/json',
  // Logto translates its messages; ours are English.
  'accept-language': 'en',
  'user-agent': `logto-iac/${ownVersion()}`,
};

function ownVersion(): string {
  const description: unknown = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  return isObject(description) ? String(description.version) : '';
}
