import { createHash, createHmac } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../json.js';

/** A hash that says nothing of the value to somebody without the key, so that sensitive values cannot be guessed. */
export const keyedHash = (key: string, value: unknown): string =>
  createHmac('sha256', key).update(canonicalJson(value)).digest('base64url');

/** The hash of the stated fields of a resource that the ledger keeps. Twelve characters are 72 bits. */
export const fieldsHash = (key: string, fields: JsonObject): string => keyedHash(key, fields).slice(0, 12);

/** The digest of what a plan does and of what it read, in which sensitive values are keyed hashes already. */
export const digestOf = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 32);
