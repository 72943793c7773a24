import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of this package; read, not imported, because it lies outside of the compiled sources. */
export function ownVersion(): string {
  const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
