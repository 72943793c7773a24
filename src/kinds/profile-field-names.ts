import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { Finding, TenantView } from './kind.js';

/** Logto 1.42 refuses names of profile fields that it does not know (custom_profile_fields.entity_not_exists_with_names). */
export function checkProfileFieldNames(
  field: string,
  fields: JsonObject,
  view: TenantView,
): readonly Finding[] {
  const stated = fields[field];
  if (!Array.isArray(stated)) return [];
  const known = [
    ...[...view.declared('customProfileFields').values()].map(({ name }) => textOf(name)),
    ...view.others('customProfileFields').map((other) => textOf(other.fields.name)),
  ];
  const seen = new Set<string>();
  return (stated as readonly Json[]).flatMap((item, index): readonly Finding[] => {
    const name = isObject(item) ? textOf(item.name) : '';
    const isTwice = seen.has(name);
    seen.add(name);
    if (known.includes(name) && !isTwice) return [];
    return [
      {
        code: 'wrong-value',
        severity: 'error',
        path: [field, String(index)],
        message: isTwice
          ? `the profile field "${name}" stands in ${field} twice, which Logto refuses`
          : `there is no profile field "${name}"`,
        hint: isTwice ? 'take one of the two out' : 'declare it under customProfileFields',
      },
    ];
  });
}
