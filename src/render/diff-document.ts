import type { Comparison, FieldDifference } from '../diff/comparison.js';
import { formatPath } from './plan-document.js';

/** A comparison as it may be printed and stored; see schema/diff.schema.json. Holds no secret. */
export function diffDocument({ from, to, summary, differences, ambiguous, secrets, notes }: Comparison) {
  const withPath = <T extends { readonly path: readonly string[] }>({ path, ...rest }: T) => ({
    path: formatPath(path),
    ...rest,
  });
  return {
    formatVersion: 1 as const,
    from,
    to,
    summary,
    differences: differences.map(({ fields, ...difference }) => ({
      ...difference,
      fields: fields.map((field: FieldDifference) => withPath(field)),
    })),
    ambiguous,
    secrets: secrets.map(({ address, path }) => ({ address, path: formatPath(path) })),
    notes,
  };
}
