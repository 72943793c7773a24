import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { isObject, type JsonObject } from '../json.js';

const algorithm = 'aes-256-gcm';
const [ivLength, tagLength] = [12, 16];

const keyFrom = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'logto-iac sealed fields', 32));

/** Fields as a text that says nothing to somebody without the secret: they may hold secrets of their own. */
export function seal(secret: string, fields: JsonObject): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, keyFrom(secret), iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(fields), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What was sealed; undefined where the secret is another one by now. */
export function unseal(secret: string, text: string): JsonObject | undefined {
  const bytes = Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv(algorithm, keyFrom(secret), bytes.subarray(0, ivLength));
    decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
    const opened = Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]);
    const fields: unknown = JSON.parse(opened.toString('utf8'));
    return isObject(fields) ? (fields as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
