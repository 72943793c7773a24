/**
 * The value without what is empty in it, at any depth: empty strings, nulls, empty lists and empty objects.
 *
 * @see the package clean-deep, with which Logto writes connectors
 */
export function cleanDeep<Value extends object>(value: Value): Partial<Value> {
  return cleaned(value) as Partial<Value>;
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned).filter((item) => !isEmpty(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, cleaned(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => !isEmpty(inner)));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);
