import { collection, nested } from './endpoints.js';
import { textOf } from '../json.js';
import { flag, integer, text } from './field.js';
import { defineKind } from './kind.js';
import { fieldOutput, idOutput } from './output.js';

/**
 * Indicators of this shape belong to Management APIs. Logto lets one be created, and then refuses to change or delete
 * it for ever (packages/schemas/src/utils/management-api.ts in logto-io/logto).
 */
export const managementApiIndicator = /^https:\/\/[^.]+\.logto\.app\/api$/;

/** API resources that stand for the lock of a stack: never shown, never touched by a plan. */
export const lockIndicatorPrefix = 'urn:logto-iac:lock:';

const scope = defineKind({
  name: 'apiResources.scopes',
  singular: 'permission',
  summary:
    'A permission of an API resource. Its key is its name; scopes that the manifest does not name stay.',
  fields: {
    name: text({
      required: true,
      minLength: 1,
      maxLength: 256,
      pattern: '^\\S*$',
      patternMeans: 'must not contain white space',
      description: 'The name of the permission, as it appears in access tokens.',
    }),
    description: text({ nullable: true, description: 'What the permission allows, for people.' }),
  },
  key: ['name'],
  title: 'name',
  keyField: 'name',
  endpoints: nested('/api/resources', 'scopes'),
  access: { node: 'permission' },
  replacement: ['every role loses this permission, and gets it again only where a manifest states it'],
});

export const apiResource = defineKind({
  name: 'apiResources',
  singular: 'API resource',
  summary: 'An API that access tokens are issued for, with its permissions (scopes).',
  fields: {
    name: text({ required: true, minLength: 1, description: 'Shown in the Console.' }),
    indicator: text({
      required: true,
      immutable: true,
      minLength: 1,
      description:
        'The `resource` that clients ask a token for, and the `aud` of the token. Unique in the tenant.',
      examples: ['https://orders.example.com'],
    }),
    accessTokenTtl: integer({
      default: 3600,
      // The column is a bigint, and numbers beyond this one are not kept exactly.
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Life of an access token, in seconds.',
    }),
    isDefault: flag({
      late: true,
      exclusive: true,
      default: false,
      description:
        'Used when a client names no resource. At most one API resource of a tenant is the default.',
    }),
  },
  key: ['indicator'],
  outputs: { id: idOutput, indicator: fieldOutput('indicator') },
  title: 'name',
  lookupBy: ['indicator', 'name'],
  access: { node: 'apiResource', detail: 'indicator' },
  children: { scopes: scope },
  // is-default is no column that PATCH accepts; it clears the previous default in one transaction.
  endpoints: collection('/api/resources', {
    query: { includeScopes: true },
    unpaged: true,
    children: ['scopes'],
    ownEndpoint: { isDefault: 'is-default' },
    hides: ({ indicator }) => textOf(indicator).startsWith(lockIndicatorPrefix),
  }),
  builtIns: {
    'management-api': {
      is: (fields) => managementApiIndicator.test(textOf(fields.indicator)),
      title: 'Logto Management API',
      summary: 'The Logto Management API of this tenant, with its permission `all`. It is never changed.',
      children: { scopes: ['all'] },
    },
  },
  untouchable: (fields) =>
    managementApiIndicator.test(textOf(fields.indicator))
      ? "it is the tenant's Management API, which Logto keeps as it is"
      : undefined,
  check: ({ indicator, accessTokenTtl }) => [
    ...(textOf(indicator).startsWith(lockIndicatorPrefix)
      ? [
          {
            code: 'wrong-value' as const,
            severity: 'error' as const,
            path: ['indicator'],
            message: `indicators that begin with "${lockIndicatorPrefix}" are the locks of logto-iac`,
            hint: 'choose another indicator',
          },
        ]
      : []),
    ...(managementApiIndicator.test(textOf(indicator))
      ? [
          {
            code: 'wrong-value' as const,
            severity: 'error' as const,
            path: ['indicator'],
            message: `the indicator "${textOf(indicator)}" has the shape of a Logto Management API; Logto would create it and never let it be changed or deleted again`,
            hint: 'refer to the Management API of the tenant by the key "management-api", or choose another indicator',
          },
        ]
      : []),
    ...(typeof accessTokenTtl === 'number' && accessTokenTtl <= 0
      ? [
          {
            code: 'dangerous-value' as const,
            severity: 'warning' as const,
            path: ['accessTokenTtl'],
            message: `accessTokenTtl ${accessTokenTtl} makes every access token expired from the start (Logto accepts it)`,
          },
        ]
      : []),
  ],
  checkAll: (resources) => {
    const defaults = [...resources].filter(([, fields]) => fields.isDefault === true).map(([key]) => key);
    return defaults.slice(1).map((key) => ({
      key,
      code: 'conflict' as const,
      severity: 'error' as const,
      path: ['isDefault'],
      message: `apiResources.${key} and apiResources.${defaults[0] ?? ''} are both the default API resource; a tenant has one at most`,
      hint: 'keep isDefault: true on one of them',
    }));
  },
  replacement: [
    'all its permissions are deleted with it and created anew',
    'roles lose those permissions, and get them again only where a manifest states them',
  ],
  sideEffects: ({ isDefault }, id, others) =>
    isDefault === true
      ? others
          .filter((other) => other.fields.isDefault === true && other.id !== id)
          .map((other) => `"${textOf(other.fields.name)}" stops being the default API resource`)
      : [],
});
