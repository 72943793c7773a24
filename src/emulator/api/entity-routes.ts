import type { z } from 'zod';

import { newId } from '../database/new-id.js';
import type { Relation } from '../database/relation.js';
import type { Sql } from '../database/sql.js';
import type { Entity, Table } from '../database/table.js';
import type { Zod } from '../packages.js';
import type { Api } from './api.js';

/** A generated schema of `@logto/schemas` with its guards. */
export interface GuardedEntity<Row> extends Entity<Row> {
  readonly guard: z.ZodType<Row>;
  readonly createGuard: z.AnyZodObject;
  readonly updateGuard: z.ZodType<object>;
}

export interface EntityRoutes {
  /** The fields that `q` looks in. */
  readonly searchFields: readonly string[];
  readonly orderBy?: Sql;
  readonly idLength?: number;
  readonly isPagingOptional?: boolean;
  /** Endpoints that the area writes itself. */
  readonly without?: readonly ('list' | 'create' | 'read')[];
}

/**
 * List, create, read, update and delete of one kind of entity.
 *
 * @see packages/core/src/utils/SchemaRouter.ts in logto-io/logto
 */
export function addEntityRoutes<Row>(
  api: Api,
  z: Zod,
  entity: GuardedEntity<Row>,
  table: Table<Row>,
  { searchFields, orderBy, idLength, isPagingOptional, without = [] }: EntityRoutes,
): void {
  const path = `/${pathOf(entity.table)}` as const;
  const byId = `${path}/:id` as const;

  if (!without.includes('list')) {
    api.on(
      'GET',
      path,
      {
        paging: isPagingOptional === true ? 'optional' : 'always',
        query: z.object({ q: z.string().optional() }),
        response: entity.guard.array(),
      },
      async ({ slice, query: { q }, setTotal }) => {
        const search = keywordSearch(searchFields, q);
        if (slice !== undefined) setTotal(await table.countMatches(search));
        return table.list({ slice, search, ...(orderBy === undefined ? {} : { orderBy }) });
      },
    );
  }
  if (!without.includes('create')) {
    api.on(
      'POST',
      path,
      { body: entity.createGuard.omit({ id: true }), response: entity.guard, status: 201 },
      ({ body }) => table.insert({ id: newId(idLength), ...body }),
    );
  }
  if (!without.includes('read')) {
    api.on('GET', byId, { response: entity.guard }, ({ parameters: { id } }) => table.findById(id));
  }
  // An `id` in the body is a column like others: it moves the row. `tenantId` violates row-level security.
  api.on(
    'PATCH',
    byId,
    { body: entity.updateGuard, response: entity.guard },
    ({ parameters: { id }, body }) => table.updateById(id, body),
  );
  api.on('DELETE', byId, { status: 204 }, ({ parameters: { id } }) => table.deleteById(id));
}

export const keywordSearch = (
  fields: readonly string[],
  keyword: string | undefined,
): { readonly fields: readonly string[]; readonly keyword: string } | undefined =>
  keyword === undefined || keyword === '' ? undefined : { fields, keyword };

export interface RelationRoutes {
  /** Behind the owner's id; the related entity's own path unless given. */
  readonly path?: string;
  /** Fails when the owner does not exist. */
  readonly findOwner: (id: string) => Promise<unknown>;
}

/** List, add, replace and remove of the entities that are related to one entity. */
export function addRelationRoutes(
  api: Api,
  z: Zod,
  owner: Entity<unknown>,
  related: GuardedEntity<unknown>,
  relation: Relation,
  { path = pathOf(related.table), findOwner }: RelationRoutes,
): void {
  const base = `/${pathOf(owner.table)}/:id/${path}`;
  const idKey = `${camelCaseOf(related.tableSingular)}Id`;
  const ids = z.string().min(1).array();
  const ownerColumn = `${owner.tableSingular}_id`;

  api.on(
    'GET',
    base as `/:id`,
    { paging: 'optional', response: related.guard.array() },
    async ({ parameters: { id }, slice, setTotal }) => {
      await findOwner(id);
      if (slice !== undefined) setTotal(await relation.countEntities(related, { [ownerColumn]: id }));
      return relation.entities(related, { [ownerColumn]: id }, slice);
    },
  );
  api.on(
    'POST',
    base as `/:id`,
    { body: z.object({ [`${idKey}s`]: ids.nonempty() }), status: 201 },
    async ({ parameters: { id }, body }) => {
      await relation.insert((body[`${idKey}s`] ?? []).map((relatedId) => [id, relatedId]));
    },
  );
  api.on(
    'PUT',
    base as `/:id`,
    { body: z.object({ [`${idKey}s`]: ids }), status: 204 },
    ({ parameters: { id }, body }) => relation.replace(id, body[`${idKey}s`] ?? []),
  );
  api.on('DELETE', `${base}/:relatedId` as `/:id/:relatedId`, { status: 204 }, ({ parameters }) =>
    relation.delete([parameters.id, parameters.relatedId]),
  );
}

const pathOf = (table: string): string => table.replaceAll('_', '-');

const camelCaseOf = (snakeCase: string): string =>
  snakeCase.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
