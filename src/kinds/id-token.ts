import { settings } from './endpoints.js';
import { choice, list } from './field.js';
import { defineKind } from './kind.js';

export const idToken = defineKind({
  name: 'idToken',
  singular: 'ID token configuration',
  summary: 'What is in ID tokens. There is one in each tenant.',
  fields: {
    enabledExtendedClaims: list(
      choice(
        [
          'custom_data',
          'identities',
          'sso_identities',
          'roles',
          'organizations',
          'organization_data',
          'organization_roles',
        ],
        {},
      ),
      {
        unordered: true,
        insteadOfNull: '[]',
        default: ['roles', 'organizations', 'organization_roles'],
        description: 'What ID tokens hold besides, where the scope asks for it.',
      },
    ),
  },
  key: [],
  title: 'enabledExtendedClaims',
  singleton: {
    // As recorded from a new tenant of 1.42.0.
    defaults: { enabledExtendedClaims: ['roles', 'organizations', 'organization_roles'] },
  },
  endpoints: settings('/api/configs/id-token', 'id-token', 'put'),
});
