import { connect } from './management-api/connect.js';
import type { Connection } from './management-api/connection.js';
import type { Session } from './reconcile.js';
import { tenantLedger } from './state/tenant-ledger.js';

/**
 * A tenant to plan for and to apply to, with its ledger in the custom data of the application that is signed in with.
 * Sends nothing yet. Close it with `session.tenant.close()`.
 *
 * @throws {UsageError} the endpoint is no address, or a number makes no sense
 */
export function openSession(connection: Connection): Session {
  const tenant = connect(connection);
  return {
    tenant,
    home: tenantLedger(tenant.read, () => tenant.write, connection.appId),
    ownApplicationId: connection.appId,
    hashKey: connection.appSecret,
  };
}
