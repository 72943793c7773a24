import { customClientMetadata, oidcClientMetadata } from './application-metadata.js';
import { checkApplication } from './application-rules.js';
import { choice, flag, json, list, text } from './field.js';
import { defineKind } from './kind.js';
import {
  applicationEndpoints,
  checkProtectedOffered,
  protectedAppMetadata,
} from './protected-application.js';
import { rolesOfApplication } from './roles-of-application.js';

export const application = defineKind({
  name: 'applications',
  singular: 'application',
  summary: 'A client that signs users in, or a machine that calls APIs.',
  fields: {
    name: text({
      required: true,
      minLength: 1,
      maxLength: 256,
      description: 'Shown in the Console and on consent pages. Not unique in Logto.',
    }),
    type: choice(['Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected'], {
      required: true,
      immutable: true,
      description: 'What kind of client it is. Protected needs Logto Cloud.',
    }),
    isThirdParty: flag({
      immutable: true,
      default: false,
      description:
        'Belongs to somebody else, so users are asked for consent (Traditional, SPA and Native only).',
    }),
    description: text({ nullable: true, description: 'What the application is for.' }),
    oidcClientMetadata,
    customClientMetadata,
    customData: json({
      insteadOfNull: 'the keys that you want to clear',
      default: {},
      description: 'Any JSON. Only the keys that are stated are managed.',
    }),
    protectedAppMetadata,
    appLevelAccessControlEnabled: flag({
      late: true,
      lostWithObject: 'the access rules are lost with the old application',
      default: false,
      description:
        'Let only those sign in whom the access rules of the application name. Logto refuses true while there are no rules.',
    }),
    roles: list(text({ reference: { kind: 'roles' } }), {
      unordered: true,
      relation: true,
      insteadOfNull: '[] for no role at all',
      description:
        'The machine-to-machine roles of the application: the whole set. Use roleAssignments to add single ones.',
    }),
  },
  key: [],
  title: 'name',
  lookupBy: ['name'],
  endpoints: applicationEndpoints,
  relations: { roles: rolesOfApplication },
  holdsCredentials: true,
  check: checkApplication,
  preflight: checkProtectedOffered,
  replacement: [
    'it gets a new client id and new secrets: everything that signs in with the old ones stops',
    'consents, organization memberships and role assignments that no manifest states are lost',
  ],
});
