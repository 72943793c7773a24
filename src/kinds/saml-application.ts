import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import {
  accessControl,
  accessControlPart,
  appLevelAccessControlEnabled,
  checkAccessControl,
  checkAccessRoles,
  writeAccessControl,
} from './access-control.js';
import { asList, asTenantObject, orGone, pathSegment } from './endpoints.js';
import { choice, flag, json, object, text } from './field.js';
import { defineKind, type Endpoints, type Finding, type TenantObject } from './kind.js';
import { idOutput } from './output.js';
import { activeCertificate, samlSecret } from './saml-secret.js';

const path = (id: string): string => `/api/saml-applications/${pathSegment(id)}`;

const get = (api: ReadApi, id: string): Promise<TenantObject | undefined> =>
  orGone(async () => asTenantObject(await api.get(path(id))));

/** There is no list of them, only of applications, which leaves out what makes them SAML applications. */
async function list(api: ReadApi): Promise<readonly TenantObject[]> {
  const applications = asList(await api.get('/api/applications', { types: 'SAML' })).map(asTenantObject);
  const read = await Promise.all(applications.map(({ id }) => get(api, id)));
  return read.filter((application) => application !== undefined);
}

/** Their custom data can only be merged (routes/saml-application/index.ts): what is to go becomes null. */
async function withNulls(api: ReadApi, id: string, customData: Json | undefined): Promise<JsonObject> {
  if (!isObject(customData)) return {};
  const stored = (await get(api, id))?.fields.customData;
  const gone = Object.keys(isObject(stored) ? stored : {}).filter((key) => !Object.hasOwn(customData, key));
  return { customData: { ...Object.fromEntries(gone.map((key) => [key, null])), ...customData } };
}

async function update(api: WriteApi, id: string, fields: JsonObject): Promise<void> {
  const { accessControl: rules, ...columns } = fields;
  const body = { ...columns, ...(await withNulls(api, id, columns.customData)) };
  await writeAccessControl(api, id, rules, body, async (changed) => {
    await api.patch(path(id), changed);
  });
}

const endpoints: Endpoints = {
  list,
  get,
  create: async (api, fields) => asTenantObject(await api.post('/api/saml-applications', fields)),
  update,
  remove: (api, id) => api.delete(path(id)),
};

const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

const attributes = [
  'sub',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'email_verified',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'phone_number_verified',
  'address',
  'updated_at',
  'username',
  'roles',
  'organizations',
  'organization_data',
  'organization_roles',
  'custom_data',
  'identities',
  'sso_identities',
  'created_at',
] as const;

const attribute = text({ nullable: true, description: 'The name of the attribute in assertions.' });

export const samlApplication = defineKind({
  name: 'samlApplications',
  singular: 'SAML application',
  summary: 'A service provider that signs users in by SAML. A self-hosted Logto takes three of them.',
  fields: {
    name: text({ required: true, minLength: 1, maxLength: 256, description: 'Not unique in Logto.' }),
    description: text({ nullable: true, description: 'What the application is for.' }),
    customData: json({
      insteadOfNull: 'the keys that you want to clear',
      default: {},
      description: 'Any JSON. Only the keys that are stated are managed.',
    }),
    entityId: text({ nullable: true, maxLength: 128, description: 'The entity id of the service provider.' }),
    acsUrl: object(
      {
        binding: choice([post, 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'], {
          required: true,
          description: 'Logto takes HTTP-POST only when the application is made.',
        }),
        url: text({ required: true, format: 'url', description: 'Where assertions are sent.' }),
      },
      { nullable: true, description: 'The assertion consumer service.' },
    ),
    attributeMapping: object(
      Object.fromEntries(attributes.map((name) => [name, attribute])) as Readonly<
        Record<(typeof attributes)[number], typeof attribute>
      >,
      {
        insteadOfNull: 'the keys that you want to clear',
        description: 'What of a user goes into assertions, and under which name.',
      },
    ),
    encryption: object(
      {
        encryptAssertion: flag({ nullable: true, description: 'Whether assertions are encrypted.' }),
        encryptThenSign: flag({ nullable: true, description: 'Whether they are signed after that.' }),
        certificate: text({
          nullable: true,
          content: 'pem',
          description: 'The certificate of the service provider.',
        }),
      },
      { nullable: true, description: 'Encryption of assertions.' },
    ),
    nameIdFormat: choice(
      [
        'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
        'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
        'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
      ],
      {
        default: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        description: 'What users are called in assertions.',
      },
    ),
    appLevelAccessControlEnabled,
    accessControl,
  },
  key: [],
  title: 'name',
  lookupBy: ['name', 'entityId'],
  children: { secrets: samlSecret },
  endpoints,
  parts: { accessControl: accessControlPart },
  // What a service provider is given (libraries/saml-application/utils.ts).
  outputs: {
    id: idOutput,
    idpEntityId: { read: ({ id }, { endpoint }) => `${endpoint}/saml/${id}` },
    singleSignOnUrl: { read: ({ id }, { endpoint }) => `${endpoint}/api/saml/${id}/authn` },
    metadataUrl: { read: ({ id }, { endpoint }) => `${endpoint}${path(id)}/metadata` },
    certificate: activeCertificate,
  },
  check: (fields, lookup) => [...checkSamlApplication(fields), ...checkAccessRoles(fields, lookup)],
  checkTenant: (applications, view) => [
    ...checkAccessControl(applications, view),
    ...[...applications].flatMap(([address, { acsUrl }]) => {
      if (!isObject(acsUrl) || acsUrl.binding === post || view.current(address)) return [];
      return [
        {
          address,
          code: 'wrong-value' as const,
          severity: 'error' as const,
          path: ['acsUrl', 'binding'],
          message: `${address}: Logto makes a SAML application only with the binding HTTP-POST`,
          hint: `write ${post}`,
        },
      ];
    }),
  ],
  replacement: ['service providers have to be given its new metadata and certificate'],
});

function checkSamlApplication({ encryption }: JsonObject): readonly Finding[] {
  if (!isObject(encryption) || encryption.encryptAssertion !== true) return [];
  const missing = ['encryptThenSign', 'certificate'].filter((name) => encryption[name] === undefined);
  return missing.map((name) => ({
    code: 'missing-field',
    severity: 'error',
    path: ['encryption'],
    message: `encryption.encryptAssertion is true, and encryption.${textOf(name)} is not stated`,
    hint: `state encryption.${name}`,
  }));
}
