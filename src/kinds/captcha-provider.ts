import { isObject, textOf, type JsonObject } from '../json.js';
import { settings } from './endpoints.js';
import { choice, object, text } from './field.js';
import { defineKind, type Finding } from './kind.js';

const setting = (description: string) => text({ nullable: true, minLength: 1, description });

export const captchaProvider = defineKind({
  name: 'captchaProvider',
  singular: 'captcha provider',
  summary:
    'Who tells users from machines, once signInExperience.captchaPolicy is enabled. There is one at most in each tenant.',
  fields: {
    config: object(
      {
        type: choice(['Turnstile', 'RecaptchaEnterprise'], { required: true, description: 'Who it is.' }),
        siteKey: text({ required: true, minLength: 1, description: 'The key that browsers see.' }),
        secretKey: text({
          required: true,
          minLength: 1,
          sensitive: true,
          description: 'The key that Logto uses.',
        }),
        projectId: setting('RecaptchaEnterprise: the project at Google Cloud.'),
        domain: setting('RecaptchaEnterprise: where the script comes from.'),
        mode: choice(['invisible', 'checkbox'], {
          nullable: true,
          description: 'RecaptchaEnterprise: what users see.',
        }),
      },
      { required: true, insteadOfNull: 'a config', description: 'How it is asked.' },
    ),
  },
  key: [],
  title: 'config',
  singleton: { defaults: null },
  // PUT replaces it whole, and what the other type has is left out (routes/captcha-provider/index.ts).
  endpoints: settings('/api/captcha-provider', 'captcha-provider', 'put'),
  check: checkCaptchaProvider,
});

const ofRecaptcha = ['projectId', 'domain', 'mode'];

function checkCaptchaProvider({ config }: JsonObject): readonly Finding[] {
  if (!isObject(config)) return [];
  const error = (path: readonly string[], message: string, hint: string): Finding => ({
    code: 'wrong-value',
    severity: 'error',
    path: ['config', ...path],
    message,
    hint,
  });
  if (config.type === 'RecaptchaEnterprise') {
    if (config.projectId !== undefined && config.projectId !== null) return [];
    return [error([], 'RecaptchaEnterprise needs a projectId', 'state config.projectId')];
  }
  return ofRecaptcha
    .filter((name) => config[name] !== undefined && config[name] !== null)
    .map((name) => error([name], `${textOf(config.type)} has no ${name}`, 'take it out'));
}
