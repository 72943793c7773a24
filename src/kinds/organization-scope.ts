import { collection } from './endpoints.js';
import { text } from './field.js';
import { defineKind } from './kind.js';

export const organizationScope = defineKind({
  name: 'organizationScopes',
  singular: 'organization permission',
  summary: 'A permission inside an organization, part of the template that all organizations share.',
  fields: {
    name: text({ required: true, minLength: 1, maxLength: 128, description: 'Unique in the tenant.' }),
    description: text({
      nullable: true,
      maxLength: 256,
      description: 'What the permission allows, for people.',
    }),
  },
  key: ['name'],
  title: 'name',
  lookupBy: ['name'],
  // Asked without pages, the list answers whole.
  endpoints: collection('/api/organization-scopes', { unpaged: true }),
  access: { node: 'organizationPermission' },
  replacement: ['organization roles lose the permission, and get it again only where a manifest states it'],
});
