import type { Connector } from '@logto/schemas' with { 'resolution-mode': 'import' };

import type { Queries } from '../database/database.js';
import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import type { Packages } from '../packages.js';
import { findFactory, metadataOf } from './connector-catalogue.js';
import type { ConnectorFactory } from './connector-factory.js';

/** A connector with the factory that it was made by. */
export interface InstalledConnector {
  readonly id: string;
  readonly type: ConnectorFactory['type'];
  readonly target: string;
  readonly row: Connector;
  readonly factory: ConnectorFactory;
}

/** In the order of ids. Logto hides a connector whose factory is not installed. */
export async function installedConnectors(
  queries: Queries,
  { schemas: { Connectors } }: Packages,
): Promise<readonly InstalledConnector[]> {
  const rows = await tableOf(queries, Connectors).select(sql`order by id`);
  return rows.flatMap((row) => {
    const factory = findFactory(row.connectorId);
    if (factory === undefined) return [];
    return [{ id: row.id, type: factory.type, target: row.metadata.target ?? factory.target, row, factory }];
  });
}

/** A connector as it is shown: what its factory says, what it says itself, and its settings, secrets included. */
export const shownConnector = ({ row, factory }: InstalledConnector, { z }: Packages): object => {
  const { id, connectorId, config, metadata, syncProfile, enableTokenStorage } = row;
  return {
    type: factory.type,
    ...metadataOf(factory, z),
    ...metadata,
    id,
    connectorId,
    config,
    metadata,
    syncProfile,
    enableTokenStorage,
    isDemo: false,
    extraInfo: {},
  };
};
