import { textOf, type Json, type JsonObject } from '../json.js';
import type { WriteApi } from '../management-api/api.js';
import { asList, asTenantObject, orGone, pathSegment } from './endpoints.js';
import { choice, object, text } from './field.js';
import { defineKind, type Endpoints, type TenantObject } from './kind.js';

const collectionPath = '/api/email-templates';
const path = (id: string): string => `${collectionPath}/${pathSegment(id)}`;

/** PUT creates or replaces templates by language and type, and keeps their ids (routes/email-template/index.ts). */
async function put(api: WriteApi, template: JsonObject): Promise<TenantObject> {
  const { languageTag = null, templateType = null, details = null } = template;
  const [stored]: readonly Json[] = asList(
    await api.put(collectionPath, { templates: [{ languageTag, templateType, details }] }),
  );
  return asTenantObject(stored ?? null);
}

const endpoints: Endpoints = {
  list: async (api) => asList(await api.get(collectionPath)).map(asTenantObject),
  get: (api, id) => orGone(async () => asTenantObject(await api.get(path(id)))),
  create: put,
  // PATCH can add keys to the details and never take one away, so the whole template is put.
  update: async (api, id, fields) => {
    const { fields: stored } = asTenantObject(await api.get(path(id)));
    await put(api, { ...stored, ...fields });
  },
  remove: (api, id) => api.delete(path(id)),
};

export const emailTemplate = defineKind({
  name: 'emailTemplates',
  singular: 'e-mail template',
  summary:
    'What an e-mail of one type says in one language, for e-mail connectors that use templates of the tenant.',
  fields: {
    languageTag: text({
      required: true,
      immutable: true,
      minLength: 1,
      maxLength: 16,
      description: 'The language. Logto does not check it.',
      examples: ['en', 'de'],
    }),
    templateType: choice(
      [
        'SignIn',
        'Register',
        'ForgotPassword',
        'OrganizationInvitation',
        'Generic',
        'UserPermissionValidation',
        'BindNewIdentifier',
        'MfaVerification',
        'BindMfa',
      ],
      { required: true, immutable: true, description: 'What the e-mail is for.' },
    ),
    details: object(
      {
        subject: text({ required: true, description: 'The subject.' }),
        content: text({
          required: true,
          content: 'html',
          description: 'The body. {{code}} and other variables are filled in.',
        }),
        contentType: choice(['text/html', 'text/plain'], {
          nullable: true,
          description: 'What the body is.',
        }),
        replyTo: text({ nullable: true, description: 'Where answers go.' }),
        sendFrom: text({ nullable: true, description: 'Who it comes from.' }),
      },
      { required: true, insteadOfNull: 'details with a subject and a content', description: 'The e-mail.' },
    ),
  },
  key: ['languageTag', 'templateType'],
  title: 'templateType',
  keyFrom: ({ languageTag, templateType }) =>
    `${textOf(templateType).replace(/(?<=[a-z])(?=[A-Z])/g, '-')}-${textOf(languageTag)}`,
  endpoints,
});
