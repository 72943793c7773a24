import { connect, type Tenant } from './management-api/connect.js';
import type { Connection } from './management-api/connection.js';
import type { Session } from './reconcile.js';
import { fileLedger, noLedger } from './state/file-ledger.js';
import type { LedgerHome } from './state/ledger.js';
import { tenantLedger } from './state/tenant-ledger.js';

/** Where the ledger is kept: in the tenant (by default with the application that signs in), in a file, or not at all. */
export type LedgerChoice =
  | { readonly in: 'tenant'; readonly applicationId?: string }
  | { readonly in: 'file'; readonly path: string }
  | { readonly in: 'nowhere' };

/**
 * A tenant to plan for and to apply to, and its ledger. Sends nothing yet. Close it with `session.tenant.close()`.
 *
 * @throws {UsageError} the endpoint is no address, or a number makes no sense
 */
export function openSession(connection: Connection, ledger: LedgerChoice = { in: 'tenant' }): Session {
  const tenant = connect(connection);
  return {
    tenant,
    home: homeOf(ledger, tenant, connection.appId),
    ownApplicationId: connection.appId,
    hashKey: connection.appSecret,
  };
}

function homeOf(ledger: LedgerChoice, tenant: Tenant, ownApplicationId: string): LedgerHome {
  switch (ledger.in) {
    case 'tenant':
      return tenantLedger(tenant.read, () => tenant.write, ledger.applicationId ?? ownApplicationId);
    case 'file':
      return fileLedger(ledger.path);
    case 'nowhere':
      return noLedger;
  }
}
