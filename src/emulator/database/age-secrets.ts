import type { Database } from './database.js';
import { sql } from './sql.js';

/**
 * Makes all client secrets older by so much. Nothing else in a tenant hangs on its age, so this is what time does to it,
 * and nobody's clock has to be set.
 */
export async function ageSecrets(database: Database, seconds: number): Promise<void> {
  const past = sql`${seconds}::double precision * interval '1 second'`;
  await database.query(
    sql`update application_secrets set created_at = created_at - ${past}, expires_at = expires_at - ${past}`,
  );
}
