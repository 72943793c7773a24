import type { Session } from '../reconcile.js';
import type { TenantFlags } from './options.js';
import { progressFromFlags, type Progress } from './progress.js';
import { sessionFromFlags } from './session-from-flags.js';

/**
 * Does something with the tenant that the flags name, and closes the connection. Whoever writes to a terminal or asks
 * something in between pauses the progress first.
 *
 * @throws {UsageError} something is missing: all of it is named at once
 */
export async function withSession<T>(
  flags: TenantFlags,
  work: (session: Session, progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = progressFromFlags(flags);
  const session = await sessionFromFlags(flags, progress);
  try {
    progress.stage('reading the tenant', { unit: 'requests' });
    return await work(session, progress);
  } finally {
    session.tenant.close();
    progress.end(session.tenant.statistics());
  }
}
