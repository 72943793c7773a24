import type { Queries } from '../database/database.js';
import { sql } from '../database/sql.js';

export interface UsernameConflicts {
  readonly totalConflicts: number;
  readonly samples: readonly { readonly usernameLower: string; readonly userIds: readonly string[] }[];
}

/** User names that would be one if upper and lower case were. */
export async function findUsernameConflicts(queries: Queries, limit: number): Promise<UsernameConflicts> {
  const { rows } = await queries.query<{ usernameLower: string; userIds: string[]; total: number }>(sql`
    select lower(username) as username_lower, array_agg(id) as user_ids, count(*) over () as total
    from users where username is not null
    group by lower(username) having count(*) > 1 order by min(created_at) limit ${limit}`);
  return {
    totalConflicts: rows[0]?.total ?? 0,
    samples: rows.map(({ usernameLower, userIds }) => ({ usernameLower, userIds })),
  };
}
