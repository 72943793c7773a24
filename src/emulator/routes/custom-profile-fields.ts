import { NothingDeleted, NotFound } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { join, sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import type { Area } from './areas.js';
import { refuseUnknownProfileFields } from './profile-field-names.js';
import { profileFieldRules } from './profile-field-rules.js';

const batchLimit = 20;

/** @see packages/core/src/routes/custom-profile-fields.ts in logto-io/logto */
export const addCustomProfileFields: Area = (api, { database, packages }) => {
  const { schemas, z } = packages;
  const { CustomProfileFields, SignInExperiences, AccountCenters } = schemas;
  const fields = tableOf(database, CustomProfileFields);
  const refuseInvalid = profileFieldRules(packages);
  const response = CustomProfileFields.guard;
  const path = '/custom-profile-fields';

  api.on('GET', path, { response: response.array() }, () => fields.select(sql`order by sie_order`));

  api.on('GET', `${path}/:name`, { response }, async ({ parameters: { name } }) => {
    const field = await fields.selectOne(sql`where name = ${name}`);
    if (field === undefined) throw new NotFound();
    return field;
  });

  api.on('POST', path, { body: schemas.customProfileFieldUnionGuard, response, status: 201 }, ({ body }) => {
    refuseInvalid(body);
    return fields.insert({ ...body, id: newId() });
  });

  api.on(
    'POST',
    `${path}/batch`,
    {
      body: schemas.customProfileFieldUnionGuard.array().max(batchLimit),
      response: response.array(),
      status: 201,
    },
    ({ body }) => {
      for (const field of body) refuseInvalid(field);
      return body.length === 0 ? [] : fields.insertMany(body.map((field) => ({ ...field, id: newId() })));
    },
  );

  api.on(
    'POST',
    `${path}/properties/sie-order`,
    {
      body: z.object({ order: schemas.updateCustomProfileFieldSieOrderGuard.array() }),
      response: response.array(),
    },
    async ({ body: { order } }) => {
      await refuseUnknownProfileFields(database, order);
      const values = join(order.map(({ name, sieOrder }) => sql`(${name}, ${sieOrder}::smallint)`));
      await database.query(sql`
        update custom_profile_fields set sie_order = wanted.sie_order
        from (values ${values}) as wanted (name, sie_order) where custom_profile_fields.name = wanted.name`);
      return fields.select(sql`where name in (${join(order.map(({ name }) => name))}) order by sie_order`);
    },
  );

  api.on(
    'PUT',
    `${path}/:name`,
    { body: schemas.updateCustomProfileFieldDataGuard, response },
    ({ parameters: { name }, body }) => {
      refuseInvalid({ ...body, name }, true);
      return fields.update({ name }, body, 'replace');
    },
  );

  api.on('DELETE', `${path}/:name`, { status: 204 }, ({ parameters: { name } }) =>
    database.transaction(async (transaction) => {
      const experiences = tableOf(transaction, SignInExperiences);
      const centers = tableOf(transaction, AccountCenters);
      const { signUpProfileFields } = await experiences.findById('default');
      const { profileFields } = await centers.findById('default');
      const others = (field: { readonly name: string }): boolean => field.name !== name;
      if (signUpProfileFields?.every(others) === false) {
        await experiences.updateById('default', { signUpProfileFields: signUpProfileFields.filter(others) });
      }
      if (profileFields?.every(others) === false) {
        await centers.updateById('default', { profileFields: profileFields.filter(others) });
      }
      const deleted = await tableOf(transaction, CustomProfileFields).delete(sql`where name = ${name}`);
      if (deleted < 1) throw new NothingDeleted('custom_profile_fields');
    }),
  );
};
