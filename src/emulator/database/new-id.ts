import { randomBytes } from 'node:crypto';

const lowerCase = '0123456789abcdefghijklmnopqrstuvwxyz';
const anyCase = `${lowerCase}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** An identifier as Logto makes them: 21 lower-case letters and digits, 12 for some kinds. */
export const newId = (length = 21): string => randomText(lowerCase, length);

/** A secret as Logto makes them. */
export const newSecret = (length = 32): string => randomText(anyCase, length);

function randomText(alphabet: string, length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
