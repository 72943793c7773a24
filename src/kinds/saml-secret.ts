import { isObject, type Json } from '../json.js';
import type { ReadApi } from '../management-api/api.js';
import { asList, asTenantObject, orGone, pathSegment } from './endpoints.js';
import { flag, integer } from './field.js';
import { defineKind, type Endpoints, type TenantObject } from './kind.js';
import type { Output } from './output.js';

const path = (applicationId = '', id?: string): string =>
  `/api/saml-applications/${pathSegment(applicationId)}/secrets${id === undefined ? '' : `/${pathSegment(id)}`}`;

const yearMilliseconds = 365.25 * 24 * 3600 * 1000;

/** Logto tells when a certificate begins and ends, not for how many years it was asked. */
function asSecret(value: Json): TenantObject {
  const { id, fields } = asTenantObject(value);
  const { active = false, createdAt, expiresAt } = fields;
  const years = (Number(expiresAt) - Number(createdAt)) / yearMilliseconds;
  return {
    id,
    fields: { active, lifeSpanInYears: Math.round(years) },
    ...(typeof createdAt === 'number' && { createdAt }),
  };
}

const listOf = async (api: ReadApi, applicationId: string): Promise<readonly TenantObject[]> =>
  asList((await orGone(() => api.get(path(applicationId)))) ?? []).map(asSecret);

const endpoints: Endpoints = {
  listOf,
  get: async (api, id, applicationId = '') =>
    (await listOf(api, applicationId)).find((secret) => secret.id === id),
  create: async (api, fields, applicationId) => asSecret(await api.post(path(applicationId), fields)),
  // PATCH with the value that it has already answers 500 (routes/saml-application/index.ts: no fingerprints).
  update: async (api, id, { active = false }, applicationId = '') => {
    const secret = (await listOf(api, applicationId)).find((one) => one.id === id);
    if (secret?.fields.active !== active) await api.patch(path(applicationId, id), { active });
  },
  remove: (api, id, applicationId) => api.delete(path(applicationId, id)),
};

/** The certificate of an application that signs assertions at this moment, as PEM. */
export const activeCertificate: Output = {
  lacking: 'none of its certificates is active',
  read: async ({ id }, { api }) => {
    const active = asList(await api.get(path(id))).find(
      (secret) => isObject(secret) && secret.active === true,
    );
    const certificate = isObject(active) ? active.certificate : undefined;
    // Logto writes PEM with the line breaks of Windows (node-forge does).
    return typeof certificate === 'string' ? certificate.replaceAll('\r\n', '\n').trim() : undefined;
  },
};

export const samlSecret = defineKind({
  name: 'samlApplications.secrets',
  singular: 'certificate',
  summary:
    'A certificate with which assertions for a SAML application are signed. Logto makes one with the application; certificates that the manifest does not name stay.',
  fields: {
    lifeSpanInYears: integer({
      required: true,
      immutable: true,
      minimum: 1,
      maximum: 100,
      description: 'How long it is valid.',
    }),
    active: flag({
      late: true,
      exclusive: true,
      default: false,
      description:
        'true for the one that is in use: the others of the application stop being it. false is not stated: it is the one that another takes over from.',
    }),
  },
  key: [],
  title: 'lifeSpanInYears',
  isReadByParent: true,
  goesWithParent: true,
  // Three years, and in use (libraries/saml-application/utils.ts).
  comesWithParent: ({ fields }) => fields.active === true && fields.lifeSpanInYears === 3,
  isAnonymous: true,
  endpoints,
  check: ({ active }) =>
    active === false
      ? [
          {
            code: 'wrong-value' as const,
            severity: 'error' as const,
            path: ['active'],
            message: 'active: false would leave the application without a certificate to sign with',
            hint: 'leave active out, and state active: true on the certificate that is to be used instead',
          },
        ]
      : [],
  checkAll: (secrets) => {
    const active = [...secrets].filter(([, fields]) => fields.active === true).map(([key]) => key);
    return active.slice(1).map((key) => ({
      key,
      code: 'conflict',
      severity: 'error',
      path: ['active'],
      message: `the certificates "${active[0] ?? ''}" and "${key}" are both active; an application signs with one`,
      hint: 'keep active: true on one of them',
    }));
  },
  replacement: ['service providers have to be given the new certificate'],
});
