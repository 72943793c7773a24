const camelCased = new Map<string, string>();

/** `tenant_id` → `tenantId`. */
export function camelCase(snakeCase: string): string {
  let cased = camelCased.get(snakeCase);
  if (cased === undefined) {
    cased = snakeCase.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    camelCased.set(snakeCase, cased);
  }
  return cased;
}
