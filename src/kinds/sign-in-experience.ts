import type { JsonObject } from '../json.js';
import type { WriteApi } from '../management-api/api.js';
import { asObject, settings } from './endpoints.js';
import { defineKind } from './kind.js';
import { signInExperienceDefaults } from './sign-in-experience-defaults.js';
import { signInExperienceFields } from './sign-in-experience-fields.js';
import { checkSignInExperience, checkSignInInTenant } from './sign-in-experience-rules.js';
import { textsOf } from './sets.js';

const path = '/api/sign-in-exp';
const endpoints = settings(path, 'sign-in-exp');

/** Of these two the one that is not sent is taken for changed: routes/sign-in-experience/index.ts resets adaptive MFA. */
const together = ['mfa', 'adaptiveMfa'] as const;

async function update(api: WriteApi, id: string, fields: JsonObject): Promise<void> {
  const sent = together.filter((name) => fields[name] !== undefined);
  if (sent.length !== 1) return endpoints.update(api, id, fields);
  const stored = asObject(await api.get(path));
  const both = Object.fromEntries(together.map((name) => [name, fields[name] ?? stored[name] ?? {}]));
  return endpoints.update(api, id, { ...fields, ...both });
}

export const signInExperience = defineKind({
  name: 'signInExperience',
  singular: 'sign-in experience',
  summary:
    'How users sign in and sign up, what they see, and what protects them. There is one in each tenant.',
  fields: signInExperienceFields,
  key: [],
  title: 'signInMode',
  singleton: { defaults: signInExperienceDefaults },
  endpoints: { ...endpoints, update },
  comesAfter: ['connectors', 'customPhrases', 'customProfileFields', 'captchaProvider', 'ssoConnectors'],
  looksInto: ['connectors', 'customPhrases', 'customProfileFields', 'captchaProvider'],
  // The deletion of a social connector takes its target out (core/routes/connector/index.ts).
  losesBy: ({ socialSignInConnectorTargets: targets }, replaced) => {
    const gone = replaced('connectors')
      .filter(({ fields }) => fields.type === 'Social')
      .map(({ fields }) => fields.target);
    const left = textsOf(targets).filter((target) => !gone.includes(target));
    return gone.length === 0 ? {} : { socialSignInConnectorTargets: left };
  },
  check: checkSignInExperience,
  checkTenant: checkSignInInTenant,
});
