import { isObject } from '../json.js';
import type { StoredSection } from './ledger.js';

/** Whether something that was read has the shape of a section: a ledger may have been merged or changed by hand. */
export const isStoredSection = (value: unknown): value is StoredSection =>
  isObject(value) &&
  isObject(value.entries) &&
  Object.values(value.entries).every(isStoredEntry) &&
  isObject(value.intents) &&
  Object.values(value.intents).every(isStoredIntent);

function isStoredEntry(value: unknown): boolean {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  return value.every((item) => item === null || typeof item === 'string');
}

function isStoredIntent(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [since, fields, carried] = value as readonly unknown[];
  return (
    typeof since === 'number' && isObject(fields) && (carried === undefined || typeof carried === 'string')
  );
}
