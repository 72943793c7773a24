import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../json.js';

/** A hash that says nothing of the value to somebody without the key, so that sensitive values cannot be guessed. */
export const keyedHash = (key: string, value: unknown): string => hashWith(knownKey(key).key, value);

const hashWith = (key: KeyObject, value: unknown): string =>
  createHmac('sha256', key).update(canonicalJson(value)).digest('base64url');

interface KnownKey {
  readonly key: KeyObject;
  /** Three characters that tell one key from another, so that a changed key is not taken for a changed manifest. */
  readonly fingerprint: string;
}

/** The one key of a process, or few: thousands of resources are hashed with each. */
const knownKeys = new Map<string, KnownKey>();

function knownKey(text: string): KnownKey {
  const known = knownKeys.get(text);
  if (known) return known;
  const key = createSecretKey(text, 'utf8');
  const made = { key, fingerprint: hashWith(key, 'fingerprint').slice(0, 3) };
  knownKeys.set(text, made);
  return made;
}

/** The hash of the stated fields of a resource that the ledger keeps: 72 bits, after the fingerprint of its key. */
export const fieldsHash = (key: string, fields: JsonObject): string =>
  knownKey(key).fingerprint + keyedHash(key, fields).slice(0, 12);

/** Whether a hash was made with this key. */
export const isHashOf = (key: string, hash: string): boolean => hash.startsWith(knownKey(key).fingerprint);

/** The digest of what a plan does and of what it read, in which sensitive values are keyed hashes already. */
export const digestOf = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 32);
