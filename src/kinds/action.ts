import { choice, flag } from './field.js';
import { defineKind } from './kind.js';
import { contextSample, environmentVariables, script, scripts } from './scripts.js';

const types = ['action.postSignIn', 'action.postFirstFactorVerification'] as const;

export const action = defineKind({
  name: 'actions',
  singular: 'action',
  summary: 'A script that Logto runs at a point of the sign-in. Its key says at which.',
  fields: {
    actionType: choice(types, { required: true, immutable: true, description: 'When it is run.' }),
    script,
    environmentVariables,
    contextSample,
    enabled: flag({ nullable: true, description: 'Whether it is run.' }),
    onExecutionError: choice(['block', 'allow'], {
      nullable: true,
      description: 'What becomes of the sign-in when the script fails.',
    }),
  },
  key: ['actionType'],
  title: 'actionType',
  keyField: 'actionType',
  endpoints: scripts(
    '/api/configs/actions',
    'actionType',
    Object.fromEntries(types.map((type) => [type, type])),
  ),
});
