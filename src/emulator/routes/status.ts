import type { Area } from './areas.js';

export const addStatus: Area = (api) => {
  api.on('GET', '/status', { isAnonymous: true, status: 204 }, () => undefined);
};
