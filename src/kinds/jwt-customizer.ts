import { isObject, textOf, type JsonObject } from '../json.js';
import { choice, flag } from './field.js';
import { contextSampleOfTokens, tokenSample } from './jwt-samples.js';
import { defineKind, type Finding } from './kind.js';
import { environmentVariables, script, scripts } from './scripts.js';

export const jwtCustomizer = defineKind({
  name: 'jwtCustomizers',
  singular: 'token script',
  summary:
    'A script that adds claims to access tokens. Its key says to which: those of users, or of machines.',
  fields: {
    tokenTypePath: choice(['access-token', 'client-credentials'], {
      required: true,
      immutable: true,
      description: 'Tokens of users, or of machine-to-machine applications.',
    }),
    script,
    environmentVariables,
    contextSample: contextSampleOfTokens,
    tokenSample,
    blockIssuanceOnError: flag({
      nullable: true,
      description: 'Whether no token is issued when the script fails.',
    }),
  },
  key: ['tokenTypePath'],
  title: 'tokenTypePath',
  keyField: 'tokenTypePath',
  endpoints: scripts('/api/configs/jwt-customizer', 'tokenTypePath', {
    'access-token': 'jwt.accessToken',
    'client-credentials': 'jwt.clientCredentials',
  }),
  check: checkSamples,
});

/** What there is of a token that no user asked for. */
const ofMachines: Readonly<Record<'contextSample' | 'tokenSample', readonly string[]>> = {
  contextSample: ['application'],
  tokenSample: ['jti', 'aud', 'scope', 'clientId', 'kind'],
};

function checkSamples(fields: JsonObject): readonly Finding[] {
  const { tokenTypePath, contextSample: context, tokenSample: token } = fields;
  const error = (path: readonly string[], message: string, hint: string): Finding => ({
    code: 'wrong-value',
    severity: 'error',
    path,
    message,
    hint,
  });
  const kindOfToken = tokenTypePath === 'access-token' ? 'AccessToken' : 'ClientCredentials';
  const stated = isObject(token) ? token.kind : undefined;
  const findings: Finding[] = [];
  if (stated !== undefined && stated !== null && stated !== kindOfToken) {
    const message = `a token of ${textOf(tokenTypePath)} is of the kind ${kindOfToken}`;
    findings.push(error(['tokenSample', 'kind'], message, `write ${kindOfToken}`));
  }
  if (tokenTypePath === 'access-token') {
    if (!isObject(context) || isObject(context.user)) return findings;
    return [...findings, error(['contextSample'], 'a sample of access-token has a user', 'state user: {}')];
  }
  for (const [name, known] of Object.entries(ofMachines)) {
    const sample = fields[name];
    for (const [key, value] of Object.entries(isObject(sample) ? sample : {})) {
      if (known.includes(key) || value === null) continue;
      const message = `a token of machines has no ${key}`;
      findings.push(error([name, key], message, `there is ${known.join(', ')}`));
    }
  }
  return findings;
}
