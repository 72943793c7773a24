import { NotFound } from '../database/errors.js';
import { newId } from '../database/new-id.js';
import { empty } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/captcha-provider/index.ts in logto-io/logto */
export const addCaptchaProvider: Area = (api, { database, packages: { schemas, z } }) => {
  const { CaptchaProviders, SignInExperiences } = schemas;
  const providers = tableOf(database, CaptchaProviders);
  const experiences = tableOf(database, SignInExperiences);
  const path = '/captcha-provider';

  api.on('GET', path, { response: CaptchaProviders.guard }, async () => {
    const provider = await providers.selectOne(empty);
    if (provider === undefined) throw new NotFound();
    return provider;
  });

  api.on(
    'PUT',
    path,
    { body: z.object({ config: schemas.captchaConfigGuard }), response: CaptchaProviders.guard },
    async ({ body }) => {
      const provider = await providers.selectOne(empty);
      return provider === undefined
        ? providers.insert({ ...body, id: newId() })
        : providers.updateById(provider.id, body);
    },
  );

  api.on('DELETE', path, { status: 204 }, async () => {
    await providers.delete(empty);
    await experiences.updateById('default', { captchaPolicy: { enabled: false } });
  });
};
