import { newId } from '../database/new-id.js';
import { empty, join, sql, when, type Sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/email-template/index.ts in logto-io/logto */
export const addEmailTemplates: Area = (api, { database, packages: { schemas, z } }) => {
  const { EmailTemplates } = schemas;
  const templates = tableOf(database, EmailTemplates);
  const path = '/email-templates';
  const query = EmailTemplates.guard.pick({ languageTag: true, templateType: true }).partial();

  api.on('GET', path, { query, response: EmailTemplates.guard.array() }, ({ query: filter }) =>
    templates.select(sql`${matching(filter)} order by language_tag, template_type`),
  );

  api.on(
    'PUT',
    path,
    {
      body: z.object({
        templates: EmailTemplates.createGuard
          .omit({ id: true, tenantId: true, createdAt: true })
          .array()
          .min(1),
      }),
      response: EmailTemplates.guard.array(),
    },
    ({ body }) =>
      database.transaction(async (transaction) => {
        const within = tableOf(transaction, EmailTemplates);
        const written = [];
        // One after the other: of two with one language and type, the later one is what stays.
        for (const template of body.templates) {
          const rows = await within.insertMany(
            [{ id: newId(), ...template }],
            sql`on conflict (tenant_id, language_tag, template_type) do update set details = excluded.details`,
          );
          written.push(...rows);
        }
        return written;
      }),
  );

  api.on(
    'DELETE',
    path,
    { query, response: z.object({ rowCount: z.number() }) },
    async ({ query: filter }) => {
      assertThat(
        filter.languageTag ?? filter.templateType,
        'connector.email_connector.bulk_deletion_no_filter',
        { status: 422 },
      );
      return { rowCount: await templates.delete(matching(filter)) };
    },
  );

  api.on('GET', `${path}/:id`, { response: EmailTemplates.guard }, ({ parameters: { id } }) =>
    templates.findById(id),
  );

  api.on(
    'PATCH',
    `${path}/:id/details`,
    { body: schemas.emailTemplateDetailsGuard.partial(), response: EmailTemplates.guard },
    async ({ parameters: { id }, body }) => {
      const { details } = await templates.findById(id);
      return templates.updateById(id, { details: { ...details, ...body } });
    },
  );

  api.on('DELETE', `${path}/:id`, { status: 204 }, async ({ parameters: { id } }) => {
    await templates.findById(id);
    await templates.deleteById(id);
  });
};

interface Filter {
  readonly languageTag?: string | undefined;
  readonly templateType?: string | undefined;
}

function matching({ languageTag, templateType }: Filter): Sql {
  const conditions = [
    when(languageTag, () => sql`language_tag = ${languageTag ?? ''}`),
    when(templateType, () => sql`template_type = ${templateType ?? ''}`),
  ].filter((condition) => condition !== empty);
  return conditions.length === 0 ? empty : sql`where ${join(conditions, ' and ')}`;
}
