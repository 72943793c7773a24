import { isObject, textOf, type JsonObject } from '../json.js';
import type { WriteApi } from '../management-api/api.js';
import { roleLinks } from './access.js';
import {
  accessControl,
  accessControlPart,
  appLevelAccessControlEnabled,
  checkAccessControl,
  writeAccessControl,
} from './access-control.js';
import { applicationSecret, newestSecret, typesWithSecrets } from './application-secret.js';
import {
  applicationSignInExperience,
  applicationSignInExperiencePart,
  writeApplicationSignInExperience,
} from './application-sign-in-experience.js';
import { consentLinks, consentScopesPart, userConsentScopes, writeConsentScopes } from './consent-scopes.js';
import { customClientMetadata, oidcClientMetadata } from './application-metadata.js';
import { checkApplication } from './application-rules.js';
import { choice, flag, json, list, text } from './field.js';
import { defineKind } from './kind.js';
import { idOutput } from './output.js';
import {
  applicationEndpoints,
  checkProtectedOffered,
  protectedAppMetadata,
  unofferedTypes,
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
    appLevelAccessControlEnabled,
    accessControl,
    signInExperience: applicationSignInExperience,
    userConsentScopes,
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
  children: { secrets: applicationSecret },
  endpoints: { ...applicationEndpoints, update: updateApplication },
  parts: {
    accessControl: accessControlPart,
    signInExperience: applicationSignInExperiencePart,
    userConsentScopes: consentScopesPart,
  },
  relations: { roles: rolesOfApplication },
  holdsCredentials: true,
  check: checkApplication,
  preflight: checkProtectedOffered,
  unoffered: unofferedTypes,
  access: {
    node: 'application',
    detail: 'type',
    links: (address, { roles, userConsentScopes: scopes }) => [
      ...roleLinks(address, roles),
      ...consentLinks(address, scopes),
    ],
  },
  outputs: {
    clientId: idOutput,
    clientSecret: { ...newestSecret, appliesTo: ({ type }) => typesWithSecrets.includes(textOf(type)) },
  },
  checkTenant: checkAccessControl,
  replacement: [
    'it gets a new client id and new secrets: everything that signs in with the old ones stops',
    'consents, organization memberships and role assignments that no manifest states are lost',
    'so are its sign-in experience, its access rules and what it may ask consent to, unless a manifest states them',
  ],
});

async function updateApplication(api: WriteApi, id: string, fields: JsonObject): Promise<void> {
  const { accessControl: rules, signInExperience, userConsentScopes: scopes, ...columns } = fields;
  await writeAccessControl(api, id, rules, columns, (body) => applicationEndpoints.update(api, id, body));
  if (isObject(signInExperience)) await writeApplicationSignInExperience(api, id, signInExperience);
  if (isObject(scopes)) await writeConsentScopes(api, id, scopes);
}
