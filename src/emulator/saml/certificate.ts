import { createHash, generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * A new pair of keys with a certificate that it signed itself. Logto's keys have 4096 bits; making such a pair takes
 * seconds, and nobody relies on these.
 *
 * @see packages/core/src/libraries/saml-application/utils.ts in logto-io/logto
 */
export async function newCertificate(lifeSpanInYears: number): Promise<Certificate> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const notBefore = new Date();
  const notAfter = new Date(notBefore);
  notAfter.setFullYear(notAfter.getFullYear() + lifeSpanInYears);
  const der = signedCertificate(publicKey, privateKey, notBefore, notAfter);
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\r\n${lines.join('\r\n')}\r\n-----END CERTIFICATE-----\r\n`,
    privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    expiresAt: notAfter.getTime(),
  };
}

export interface Fingerprints {
  readonly sha256: { readonly formatted: string; readonly unformatted: string };
}

export function fingerprintsOf(certificate: string): Fingerprints {
  const der = Buffer.from(certificate.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const unformatted = createHash('sha256').update(der).digest('hex').toUpperCase();
  return { sha256: { formatted: unformatted.match(/../g)?.join(':') ?? '', unformatted } };
}

/** @see RFC 5280, section 4.1 */
function signedCertificate(publicKey: KeyObject, privateKey: KeyObject, from: Date, until: Date): Buffer {
  const issuer = sequence(
    attribute('550403', 0x0c, 'logto.io'),
    attribute('55040a', 0x0c, 'Logto'),
    attribute('550406', 0x13, 'US'),
  );
  const body = sequence(
    // Version 3; then a serial number, which must be positive.
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    sha256WithRsa,
    issuer,
    sequence(time(from), time(until)),
    issuer,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  return sequence(body, sha256WithRsa, element(0x03, signature));
}

/** One element of DER: its tag, its length, its content. */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 + bytes.length]), bytes, content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, Buffer.concat(parts));

const objectId = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'));

const sha256WithRsa = sequence(objectId('2a864886f70d01010b'), element(0x05, Buffer.alloc(0)));

const attribute = (id: string, tag: number, value: string): Buffer =>
  element(0x31, sequence(objectId(id), element(tag, Buffer.from(value))));

/** Years before 2050 are written with two digits. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(0x18, Buffer.from(digits));
}
