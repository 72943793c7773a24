import type { SamlApplicationSecret } from '@logto/schemas' with { 'resolution-mode': 'import' };

import type { Queries } from '../database/database.js';
import { NotFound } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Schemas } from '../packages.js';
import { fingerprintsOf, newCertificate } from '../saml/certificate.js';
import type { Area } from './areas.js';

/** The certificates with which assertions are signed; one of them is active. */
export const addSamlApplicationSecrets: Area = (api, { database, packages: { schemas, z } }) => {
  const { SamlApplicationSecrets, samlApplicationSecretResponseGuard: response } = schemas;
  const secrets = tableOf(database, SamlApplicationSecrets);
  const path = '/saml-applications/:id/secrets';
  const shown = (secret: SamlApplicationSecret): object => ({
    ...secret,
    fingerprints: fingerprintsOf(secret.certificate),
  });
  const find = async (applicationId: string, id: string): Promise<SamlApplicationSecret> => {
    const secret = await secrets.selectOne(sql`where application_id = ${applicationId} and id = ${id}`);
    if (secret === undefined) throw new NotFound();
    return secret;
  };

  api.on('GET', path, { response: response.array() }, async ({ parameters: { id } }) =>
    (await secrets.select(sql`where application_id = ${id}`)).map(shown),
  );

  api.on(
    'POST',
    path,
    { body: z.object({ lifeSpanInYears: z.number().int().gte(1) }), response, status: 201 },
    async ({ parameters: { id }, body: { lifeSpanInYears } }) =>
      shown(await insertSecret(database, schemas, id, { lifeSpanInYears, active: false })),
  );

  api.on(
    'PATCH',
    `${path}/:secretId`,
    { body: SamlApplicationSecrets.createGuard.pick({ active: true }), response },
    async ({ parameters: { id, secretId }, body: { active } }) => {
      const secret = await find(id, secretId);
      // Logto leaves the fingerprints out here, and its own guard refuses the answer: a 500.
      if (secret.active === active) return secret;
      return shown(
        await database.transaction(async (transaction) => {
          if (active) await deactivate(transaction, id);
          const table = tableOf(transaction, SamlApplicationSecrets);
          return table.update({ id: secretId, applicationId: id }, { active }, 'replace');
        }),
      );
    },
  );

  api.on('DELETE', `${path}/:secretId`, { status: 204 }, async ({ parameters: { id, secretId } }) => {
    const { active } = await find(id, secretId);
    assertThat(!active, 'application.saml.can_not_delete_active_secret');
    await secrets.deleteById(secretId);
  });
};

export async function insertSecret(
  queries: Queries,
  schemas: Schemas,
  applicationId: string,
  { lifeSpanInYears, active }: { readonly lifeSpanInYears: number; readonly active: boolean },
): Promise<SamlApplicationSecret> {
  const certificate = await newCertificate(lifeSpanInYears);
  const row = { id: newId(), applicationId, active, ...certificate };
  return tableOf(queries, schemas.SamlApplicationSecrets).insert(row);
}

const deactivate = async (queries: Queries, applicationId: string): Promise<void> => {
  await queries.query(
    sql`update saml_application_secrets set active = false where application_id = ${applicationId}`,
  );
};
