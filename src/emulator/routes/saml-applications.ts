import { NotFound } from '../database/errors.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/saml-application/anonymous.ts in logto-io/logto; there are none yet */
export const addSamlApplications: Area = (api) => {
  api.on('GET', '/saml-applications/:id/metadata', { isAnonymous: true }, () => {
    throw new NotFound();
  });
};
