import { tableOf } from '../database/table.js';
import type { Area } from './areas.js';
import { refuseUnknownProfileFields } from './profile-field-names.js';

/** @see packages/core/src/routes/account-center/index.ts in logto-io/logto */
export const addAccountCenter: Area = (api, { database, packages: { schemas, z } }) => {
  const { AccountCenters } = schemas;
  const table = tableOf(database, AccountCenters);

  for (const isAnonymous of [false, true]) {
    const path = isAnonymous ? '/.well-known/account-center' : '/account-center';
    api.on('GET', path, { isAnonymous, response: AccountCenters.guard }, () => table.findById('default'));
  }

  api.on(
    'PATCH',
    '/account-center',
    {
      body: z.object({
        enabled: z.boolean().optional(),
        fields: schemas.accountCenterFieldControlGuard.optional(),
        webauthnRelatedOrigins: schemas.webauthnRelatedOriginsGuard.optional(),
        deleteAccountUrl: schemas.deleteAccountUrlGuard.nullable().optional(),
        customCss: z.string().nullish(),
        profileFields: schemas.accountCenterProfileFieldsGuard.nullable().optional(),
      }),
      response: AccountCenters.guard,
    },
    async ({ body: { webauthnRelatedOrigins, ...body } }) => {
      await refuseUnknownProfileFields(database, body.profileFields);
      const origins = webauthnRelatedOrigins && {
        webauthnRelatedOrigins: [...new Set(webauthnRelatedOrigins)],
      };
      return table.updateById('default', { ...body, ...origins });
    },
  );
};
