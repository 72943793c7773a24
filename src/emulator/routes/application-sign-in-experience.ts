import { sql } from '../database/sql.js';
import { notExistsWithId, tableOf } from '../database/table.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/applications/application-sign-in-experience.ts in logto-io/logto */
export const addApplicationSignInExperience: Area = (api, { database, packages: { schemas } }) => {
  const { Applications, ApplicationSignInExperiences } = schemas;
  const applications = tableOf(database, Applications);
  const experiences = tableOf(database, ApplicationSignInExperiences);
  const path = '/applications/:applicationId/sign-in-experience';
  const response = ApplicationSignInExperiences.guard;
  const find = async (applicationId: string) => {
    await applications.findById(applicationId);
    return experiences.selectOne(sql`where application_id = ${applicationId}`);
  };

  api.on('GET', path, { response }, async ({ parameters: { applicationId } }) => {
    const experience = await find(applicationId);
    if (experience === undefined) throw notExistsWithId(ApplicationSignInExperiences.table, applicationId);
    return experience;
  });

  api.on(
    'PUT',
    path,
    { body: schemas.applicationSignInExperienceCreateGuard, response },
    async ({ parameters: { applicationId }, body, setStatus }) => {
      // The second time it is no replacement: columns that are absent keep their values.
      if (await find(applicationId)) return experiences.update({ applicationId }, body, 'replace');
      setStatus(201);
      return experiences.insert({ ...body, applicationId });
    },
  );
};
