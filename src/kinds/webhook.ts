import { isObject, type JsonObject } from '../json.js';
import { collection } from './endpoints.js';
import { choice, flag, integer, json, list, object, text } from './field.js';
import { defineKind, type Finding } from './kind.js';
import { fieldOutput, idOutput } from './output.js';

const events = [
  'PostRegister',
  'PostSignIn',
  'PostSignInAdaptiveMfaTriggered',
  'PostResetPassword',
  'User.Created',
  'User.Deleted',
  'User.Data.Updated',
  'User.SuspensionStatus.Updated',
  'Role.Created',
  'Role.Deleted',
  'Role.Data.Updated',
  'Role.Scopes.Updated',
  'Scope.Created',
  'Scope.Deleted',
  'Scope.Data.Updated',
  'Organization.Created',
  'Organization.Deleted',
  'Organization.Data.Updated',
  'Organization.Membership.Updated',
  'OrganizationRole.Created',
  'OrganizationRole.Deleted',
  'OrganizationRole.Data.Updated',
  'OrganizationRole.Scopes.Updated',
  'OrganizationScope.Created',
  'OrganizationScope.Deleted',
  'OrganizationScope.Data.Updated',
  'Identifier.Lockout',
  'Message.RateLimited',
  'Grant.LimitExceeded',
] as const;

export const webhook = defineKind({
  name: 'webhooks',
  singular: 'webhook',
  summary: 'A request that Logto sends when something happens.',
  fields: {
    name: text({
      required: true,
      minLength: 1,
      maxLength: 256,
      description: 'Shown in the Console. Not unique in Logto.',
    }),
    events: list(choice(events, {}), {
      required: true,
      unordered: true,
      insteadOfNull: 'at least one event, or enabled: false',
      description: 'What it is sent for: at least one.',
    }),
    config: object(
      {
        url: text({ required: true, description: 'Where it is sent.' }),
        headers: json({
          nullable: true,
          sensitive: true,
          description: 'More headers of the request. Treated as secret: they often hold a key.',
        }),
        retries: integer({ nullable: true, minimum: 0, maximum: 3, description: 'Deprecated by Logto.' }),
      },
      { required: true, insteadOfNull: 'config with a url', description: 'The request.' },
    ),
    enabled: flag({ default: true, description: 'Whether it is sent at all.' }),
  },
  key: [],
  title: 'name',
  lookupBy: ['name'],
  endpoints: collection('/api/hooks', { unpaged: true }),
  comesLast: true,
  outputs: { id: idOutput, signingKey: fieldOutput('signingKey', true) },
  check: checkWebhook,
  replacement: ['it gets a new signing key'],
});

function checkWebhook({ events: stated, config }: JsonObject): readonly Finding[] {
  const findings: Finding[] = [];
  if (Array.isArray(stated) && stated.length === 0) {
    findings.push({
      code: 'wrong-value',
      severity: 'error',
      path: ['events'],
      message: 'a webhook needs at least one event',
      hint: 'name one, or set enabled: false',
    });
  }
  const headers = isObject(config) && isObject(config.headers) ? config.headers : {};
  for (const [name, value] of Object.entries(headers)) {
    // null takes the header away.
    if (typeof value === 'string' || value === null) continue;
    findings.push({
      code: 'wrong-type',
      severity: 'error',
      path: ['config', 'headers', name],
      message: `the header "${name}" must be a text`,
      hint: 'put it in quotes',
    });
  }
  return findings;
}
