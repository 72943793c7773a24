import type { Queries } from '../database/database.js';
import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { RequestError } from '../http/request-error.js';
import type { Schemas } from '../packages.js';
import type { Area } from './areas.js';

/** What the rest of Logto needs to know of a connector. */
export interface InstalledConnector {
  readonly id: string;
  readonly type: 'Email' | 'Sms' | 'Social';
  readonly target: string;
}

/**
 * The connectors whose factory is installed. The emulator has no factories yet, and Logto hides a connector
 * whose factory is missing.
 */
export async function installedConnectors(
  queries: Queries,
  { Connectors }: Schemas,
): Promise<readonly InstalledConnector[]> {
  const rows = await tableOf(queries, Connectors).select(sql`order by id`);
  return rows.flatMap(({ id, connectorId }) => {
    const factory = factories.get(connectorId);
    return factory === undefined ? [] : [{ id, ...factory }];
  });
}

const factories = new Map<string, Omit<InstalledConnector, 'id'>>();

/** @see packages/core/src/routes/connector in logto-io/logto */
export const addConnectors: Area = (api, { database, packages: { schemas } }) => {
  const notFound = (): never => {
    throw new RequestError('entity.not_found', { status: 404 });
  };
  api.on('GET', '/connectors', {}, () => installedConnectors(database, schemas));
  api.on('GET', '/connectors/:id', {}, notFound);
  api.on('GET', '/connector-factories', {}, () => []);
  api.on('GET', '/connector-factories/:id', {}, notFound);
};
