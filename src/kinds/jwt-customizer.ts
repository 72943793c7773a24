import { any, choice, flag } from './field.js';
import { defineKind } from './kind.js';
import { contextSample, environmentVariables, script, scripts } from './scripts.js';

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
    contextSample,
    tokenSample: any({ nullable: true, description: 'The token that it is tried with in the Console.' }),
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
});
