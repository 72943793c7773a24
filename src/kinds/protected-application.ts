import { ApiError } from '../errors.js';
import { isObject, type JsonObject } from '../json.js';
import type { ReadApi } from '../management-api/api.js';
import { collection } from './endpoints.js';
import { list, number, object, text } from './field.js';
import type { Finding, TenantObject } from './kind.js';

export const protectedAppMetadata = object(
  {
    subDomain: text({
      immutable: true,
      minLength: 1,
      description: 'Subdomain of the protected application.',
    }),
    origin: text({ minLength: 1, description: 'The origin server behind it.' }),
    sessionDuration: number({
      late: true,
      default: 1_209_600,
      description: 'Life of a session, in seconds.',
    }),
    pageRules: list(object({ path: text({ required: true }) }, {}), {
      late: true,
      default: [],
      description: 'Paths (regular expressions) that need sign-in.',
    }),
    additionalScopes: list(text({}), {
      late: true,
      unordered: true,
      default: [],
      description: 'More scopes to ask for.',
    }),
  },
  {
    insteadOfNull: 'nothing: a protected application keeps it',
    description: 'Protected applications only.',
  },
);

/** Asked without pages, the list answers whole, newest first, with SAML applications, which are another kind. */
export const applicationEndpoints = collection('/api/applications', {
  unpaged: true,
  read: withSubDomain,
  hides: ({ type }) => type === 'SAML',
});

/** Logto tells the host of a protected application, not the subdomain that it was made from. */
function withSubDomain(application: TenantObject): TenantObject {
  const metadata = application.fields.protectedAppMetadata;
  if (!isObject(metadata) || typeof metadata.host !== 'string') return application;
  const protectedAppMetadata = { ...metadata, subDomain: metadata.host.split('.')[0] ?? '' };
  return { ...application, fields: { ...application.fields, protectedAppMetadata } };
}

/** Where protected applications are not set up (everywhere but in Logto Cloud), Logto answers 501: with this code. */
async function refusalOfProtected(api: ReadApi): Promise<string | undefined> {
  try {
    await api.get('/api/systems/application');
    return undefined;
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 501) throw cause;
    return cause.code;
  }
}

export const unofferedTypes = async (api: ReadApi): Promise<readonly string[]> =>
  (await refusalOfProtected(api)) === undefined ? [] : ['protected applications (they need Logto Cloud)'];

export async function checkProtectedOffered(
  api: ReadApi,
  resources: ReadonlyMap<string, JsonObject>,
): Promise<readonly (Finding & { address: string })[]> {
  const asked = [...resources].filter(([, { type }]) => type === 'Protected');
  if (asked.length === 0) return [];
  const code = await refusalOfProtected(api);
  if (code === undefined) return [];
  return asked.map(([address]) => ({
    address,
    code: 'not-supported',
    severity: 'error',
    path: ['type'],
    message: `${address}: this Logto does not offer protected applications (${code})`,
    hint: 'they need Logto Cloud; use another type',
  }));
}
