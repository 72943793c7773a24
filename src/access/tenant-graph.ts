import { formatAddress } from '../address.js';
import { describeTenant } from '../export/describe-tenant.js';
import { readEverything } from '../export/read-everything.js';
import type { OnRead } from '../export/reads.js';
import { exportScope } from '../export/scope.js';
import { kinds } from '../kinds/index.js';
import type { ReadApi } from '../management-api/api.js';
import { makeLedger } from '../state/ledger.js';
import type { AccessGraph } from './access-graph.js';
import { accessGraph } from './make-graph.js';

/** Sections of the manifest in which there is somebody or something to reach. */
const sections = kinds.filter(({ access }) => access?.node !== undefined);

export interface TenantGraphOptions {
  /** Users too: there may be very many. */
  readonly users?: boolean;
  readonly onRead?: OnRead;
}

/**
 * Who can reach what in a tenant, whoever manages it. Sends nothing that writes.
 *
 * @throws {ApiError} Logto does not answer, or refuses
 */
export async function tenantGraph(
  api: ReadApi,
  { users = false, onRead }: TenantGraphOptions = {},
): Promise<AccessGraph> {
  // What is read only when somebody names it is what there may be very much of.
  const wanted = sections.filter(({ endpoints }) => users || !endpoints?.findAll);
  const scope = exportScope(wanted.map(({ name }) => name));
  const everything = await readEverything(api, scope.kinds, onRead);
  // Keys come from names: no ledger is asked, so what other stacks own is there too, and so is the tool itself.
  const ledger = makeLedger('');
  const { resources } = describeTenant(everything, { stack: '', scope, ledger, isOurs: () => false });
  return accessGraph(
    resources.map(({ kind, path, spec }) => ({ kind, address: formatAddress(path), fields: spec })),
  );
}
