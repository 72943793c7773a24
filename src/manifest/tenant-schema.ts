import { flag, list, text, type Fields, type TextField } from '../kinds/field.js';
import { fieldsSchema, type JsonSchema } from './field-schema.js';

const word = (description: string): TextField => text({ minLength: 1, description });
const required = (description: string): TextField => ({ ...word(description), required: true });

/** One tenant in a file of tenants: what the options of the command line say of one, under their names. */
const tenantFields: Fields = {
  endpoint: required('Address of the tenant.'),
  appId: required('The machine-to-machine application to sign in as.'),
  appSecret: {
    type: 'object',
    required: true,
    fields: { env: required('The environment variable that holds its secret.') },
    description: 'Where its secret is.',
  },
  tokenEndpoint: word('Where to sign in, if elsewhere.'),
  resource: word('Indicator of the Management API.'),
  file: list(word('A manifest, or a folder of them; from the folder of this file.'), {
    description: 'The manifests of the tenant; default: those of the command line.',
  }),
  overlay: list(word('An overlay.'), { description: 'Merged over the manifests.' }),
  var: { type: 'map', keys: { kind: 'variables' }, items: text({}), description: 'Values of variables.' },
  stack: word('Name of the stack, whatever the manifest says.'),
  recursive: flag({ description: 'Look into subfolders too.' }),
  ledger: word('Where the ledger is kept: tenant, file:PATH or none.'),
  ledgerApplication: word('The application whose custom data keeps the ledger.'),
};

export const tenantSchema = (): JsonSchema => fieldsSchema(tenantFields, 'strict');
