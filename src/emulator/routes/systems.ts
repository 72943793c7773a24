import { RequestError } from '../http/request-error.js';
import type { Area } from './areas.js';

/** Services around Logto, none of which an open-source server has before somebody configures it. */
export const addSystems: Area = (api) => {
  api.on('GET', '/systems/application', {}, () => {
    throw new RequestError('application.protected_app_not_configured', { status: 501 });
  });
  api.on('GET', '/user-assets/service-status', {}, () => ({
    status: 'not_configured',
    isExperienceAvatarUploadEnabled: true,
  }));
};
