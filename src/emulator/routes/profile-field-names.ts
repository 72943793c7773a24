import type { Queries } from '../database/database.js';
import { among, sql } from '../database/sql.js';
import { assertThat } from '../http/request-error.js';

/**
 * Refuses a list of profile fields that names one twice or one that does not exist.
 *
 * @see packages/core/src/libraries/custom-profile-fields/index.ts in logto-io/logto: validateProfileFieldsList
 */
export async function refuseUnknownProfileFields(
  queries: Queries,
  fields: readonly { readonly name: string }[] | null | undefined,
): Promise<void> {
  const names = (fields ?? []).map(({ name }) => name);
  if (names.length === 0) return;
  const { rows } = await queries.query<{ name: string }>(
    sql`select name from custom_profile_fields where name ${among([...new Set(names)])}`,
  );
  const missing = [...new Set(names)].filter((name) => !rows.some((row) => row.name === name));
  assertThat(missing.length === 0, 'custom_profile_fields.entity_not_exists_with_names', {
    words: { names: missing.join(', ') },
  });
  const duplicateNames = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  assertThat(duplicateNames.length === 0, 'request.invalid_input', { data: { duplicateNames } });
}
