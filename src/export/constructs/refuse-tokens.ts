import { formatAddress } from '../../address.js';
import { UsageError } from '../../errors.js';
import { isObject, type Json } from '../../json.js';

// CDKTF passes what only Terraform knows around as texts and numbers of this form, and takes each such text for a value
// of its own: it might be a secret that stands elsewhere in the program.
const tokenText = /[$#&]\{TfToken\[/;
const leastNumber = -1e270;

/**
 * Refuses what no program for CDKTF can say.
 *
 * @throws {UsageError} names every place
 */
export function refuseTokens(document: Json): void {
  const places = placesOfTokens(document, []);
  if (places.length === 0) return;
  throw new UsageError(
    `constructs cannot hold what CDKTF takes for a value of its own: ${places.map(formatAddress).join(', ')}`,
    'export a manifest instead (--format yaml), or leave this out with --only or --select',
  );
}

function placesOfTokens(value: Json, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value === 'string') return tokenText.test(value) ? [path] : [];
  if (typeof value === 'number') return value < leastNumber ? [path] : [];
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([key, inner]) => [
    ...(tokenText.test(key) ? [[...path, key]] : []),
    ...placesOfTokens(inner, [...path, key]),
  ]);
}
