import { createHash, createHmac } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../json.js';

/** A hash that says nothing of the value to somebody without the key, so that sensitive values cannot be guessed. */
export const keyedHash = (key: string, value: unknown): string =>
  createHmac('sha256', key).update(canonicalJson(value)).digest('base64url');

/** Three characters that tell one key from another, so that a changed key is not taken for a changed manifest. */
const fingerprint = (key: string): string => keyedHash(key, 'fingerprint').slice(0, 3);

/** The hash of the stated fields of a resource that the ledger keeps: 72 bits, after the fingerprint of its key. */
export const fieldsHash = (key: string, fields: JsonObject): string =>
  fingerprint(key) + keyedHash(key, fields).slice(0, 12);

/** Whether a hash was made with this key. */
export const isHashOf = (key: string, hash: string): boolean => hash.startsWith(fingerprint(key));

/** The digest of what a plan does and of what it read, in which sensitive values are keyed hashes already. */
export const digestOf = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 32);
