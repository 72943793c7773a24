import { settings } from './endpoints.js';
import { integer } from './field.js';
import { defineKind } from './kind.js';

export const session = defineKind({
  name: 'session',
  singular: 'session configuration',
  summary: 'How long users stay signed in. There is one in each tenant.',
  fields: {
    ttl: integer({
      minimum: 1,
      maximum: 31_536_000,
      default: 1_209_600,
      description: 'How long a session lives, in seconds.',
    }),
  },
  key: [],
  title: 'ttl',
  singleton: { defaults: { ttl: 1_209_600 } },
  endpoints: settings('/api/configs/oidc/session', 'oidc-session'),
});
