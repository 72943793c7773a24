import { setTimeout as wait } from 'node:timers/promises';

import { readOutputValues, type OutputOptions } from '../../src/output/output-values';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { session, apply } = testSession(emulator);
const stack = 'acme';

const read = async (options: OutputOptions = {}) => {
  const { values, ...told } = await readOutputValues(session, stack, options);
  return { ...told, values: Object.fromEntries(values.map(({ variable, value }) => [variable, value])) };
};

const idOf = async (address: string): Promise<string> =>
  (await session.home.read(stack)).entries.get(address)?.id ?? '';

type Secret = Readonly<Record<'name' | 'value', string>>;

const secretsOf = async (id: string): Promise<Readonly<Record<string, string>>> => {
  const { body } = await emulator.request('GET', `/api/applications/${id}/secrets`);
  return Object.fromEntries((body as readonly Secret[]).map(({ name, value }) => [name, value]));
};

const addSecret = async (id: string, name: string): Promise<string> => {
  // Logto tells in milliseconds when one was made.
  await wait(2);
  const { body } = await emulator.request('POST', `/api/applications/${id}/secrets`, { name });
  return (body as Secret).value;
};

test('ids, addresses and secrets are those that Logto has, read without a write', async () => {
  await apply(`
stack: acme
apiResources:
  orders: { name: Orders, indicator: 'https://orders.example.com' }
applications:
  web: { name: Web, type: SPA }
  worker: { name: Worker, type: MachineToMachine }
samlApplications:
  crm: { name: CRM, entityId: 'urn:crm' }
webhooks:
  audit: { name: Audit, events: [User.Created], config: { url: 'https://audit.example.com' } }
signInExperience: { color: { primaryColor: '#112233' } }
`);
  const [worker, crm, audit] = await Promise.all([
    idOf('applications.worker'),
    idOf('samlApplications.crm'),
    idOf('webhooks.audit'),
  ]);
  const { body: hook } = await emulator.request('GET', `/api/hooks/${audit}`);
  const { body: certificates } = await emulator.request('GET', `/api/saml-applications/${crm}/secrets`);
  const [{ certificate } = { certificate: '' }] = certificates as readonly { readonly certificate: string }[];
  await emulator.resetRequests();
  expect(await read({ secrets: true })).toEqual({
    hidden: 0,
    ownsNothing: false,
    omissions: [],
    values: {
      LOGTO_ENDPOINT: emulator.url,
      LOGTO_ISSUER: `${emulator.url}/oidc`,
      LOGTO_JWKS_URI: `${emulator.url}/oidc/jwks`,
      API_RESOURCES_ORDERS_ID: await idOf('apiResources.orders'),
      API_RESOURCES_ORDERS_INDICATOR: 'https://orders.example.com',
      APPLICATIONS_WEB_CLIENT_ID: await idOf('applications.web'),
      APPLICATIONS_WORKER_CLIENT_ID: worker,
      APPLICATIONS_WORKER_CLIENT_SECRET: (await secretsOf(worker))['Default secret'],
      SAML_APPLICATIONS_CRM_ID: crm,
      SAML_APPLICATIONS_CRM_IDP_ENTITY_ID: `${emulator.url}/saml/${crm}`,
      SAML_APPLICATIONS_CRM_SINGLE_SIGN_ON_URL: `${emulator.url}/api/saml/${crm}/authn`,
      SAML_APPLICATIONS_CRM_METADATA_URL: `${emulator.url}/api/saml-applications/${crm}/metadata`,
      SAML_APPLICATIONS_CRM_CERTIFICATE: certificate.replaceAll('\r\n', '\n').trim(),
      WEBHOOKS_AUDIT_ID: audit,
      WEBHOOKS_AUDIT_SIGNING_KEY: (hook as { readonly signingKey: string }).signingKey,
    },
  });
  expect((await emulator.requests()).writes).toBe(0);
});

test('of several secrets it is the newest in force, and of those that the stack owns where it owns any', async () => {
  await apply('stack: acme\napplications: { worker: { name: Worker, type: MachineToMachine } }');
  const id = await idOf('applications.worker');
  const only = ['applications.worker.clientSecret', 'applications.worker'];
  const clientSecret = async () =>
    (await read({ only, secrets: true })).values['APPLICATIONS_WORKER_CLIENT_SECRET'];

  const byHand = await addSecret(id, 'made in the Console');
  expect(await clientSecret()).toBe(byHand);

  await wait(2);
  await apply(`
stack: acme
applications:
  worker: { name: Worker, type: MachineToMachine, secrets: { main: {} } }
`);
  await addSecret(id, 'made in the Console later');
  expect(await clientSecret()).toBe((await secretsOf(id))['main']);
  expect((await read({ only: ['applications.worker.secrets.main'], secrets: true })).values).toEqual({
    APPLICATIONS_WORKER_SECRETS_MAIN_VALUE: (await secretsOf(id))['main'],
  });
});

test('a secret that has ended is not handed on: an older one in force is, or it is told that there is none', async () => {
  await apply('stack: acme\napplications: { worker: { name: Worker, type: MachineToMachine } }');
  const id = await idOf('applications.worker');
  const secret = (name: string, createdAt: number, expiresAt: number | null) => ({
    name,
    value: `value of ${name}`,
    createdAt,
    expiresAt,
  });
  const tells = (...body: readonly object[]) =>
    emulator.faults([
      {
        type: 'status',
        method: 'GET',
        path: `/api/applications/${id}/secrets`,
        count: 'always',
        status: 200,
        body,
      },
    ]);
  const now = Date.now();
  const ended = secret('ended', now - 1_000, now - 5_000);
  await tells(secret('older', now - 9_000, now + 90_000), secret('newer', now - 5_000, null), ended);
  expect(await read({ only: ['applications'], secrets: true })).toMatchObject({
    omissions: [],
    values: { APPLICATIONS_WORKER_CLIENT_SECRET: 'value of newer' },
  });
  await tells(ended);
  expect(await read({ only: ['applications'], secrets: true })).toMatchObject({
    omissions: ['applications.worker.clientSecret: none of its secrets is in force'],
    values: { APPLICATIONS_WORKER_CLIENT_ID: id },
  });
  await expect(read({ only: ['applications.worker'], secrets: true })).rejects.toThrow(
    'there is no applications.worker.clientSecret to hand on: none of its secrets is in force',
  );
});

test('a secret that is rotated keeps its address, and is the newest of those that followed each other', async () => {
  const manifest = `
stack: acme
applications:
  worker:
    name: Worker
    type: MachineToMachine
    secrets: { main: { rotate: { every: 90d, overlap: 7d } } }
`;
  const secrets = async () => (await read({ only: ['applications'], secrets: true })).values;
  await apply(manifest);
  const id = await idOf('applications.worker');
  const valueOf = async (name: string) => (await secretsOf(id))[name];
  const values = (newest: string | undefined) => ({
    APPLICATIONS_WORKER_CLIENT_ID: id,
    APPLICATIONS_WORKER_CLIENT_SECRET: newest,
    APPLICATIONS_WORKER_SECRETS_MAIN_VALUE: newest,
  });
  expect(await secrets()).toEqual(values(await valueOf('main')));

  await emulator.age('91d');
  await apply(manifest);
  const second = await valueOf('main:2');
  expect(second).toMatch(/^\w{32}$/);
  expect(await secrets()).toEqual(values(second));

  await emulator.age('8d');
  await apply(manifest);
  expect(Object.keys(await secretsOf(id)).sort()).toEqual(['Default secret', 'main:2']);
  expect(await secrets()).toEqual(values(second));
});

test('what somebody deleted is told, and refused where it is asked for by its name', async () => {
  await apply('stack: acme\napplications: { web: { name: Web, type: SPA } }');
  await emulator.request('DELETE', `/api/applications/${await idOf('applications.web')}`);
  expect(await read({ only: ['applications'], secrets: true })).toEqual({
    hidden: 0,
    ownsNothing: false,
    omissions: [
      'applications.web.clientId: somebody deleted it from the tenant',
      'applications.web.clientSecret: somebody deleted it from the tenant',
    ],
    values: {},
  });
  await expect(read({ only: ['applications.web'] })).rejects.toThrow(
    'there is no applications.web.clientId to hand on: somebody deleted it from the tenant',
  );
});

test('a secret of an application that can have none is refused where it is asked for', async () => {
  await apply('stack: acme\napplications: { web: { name: Web, type: SPA } }');
  await expect(read({ only: ['applications.web.clientSecret'], secrets: true })).rejects.toThrow(
    'there is no applications.web.clientSecret to hand on: objects of its sort have none',
  );
});

test('a stack that owns nothing is told apart from one with nothing to tell', async () => {
  expect(await read({ only: ['tenant.issuer'] })).toEqual({
    hidden: 0,
    ownsNothing: true,
    omissions: [],
    values: { LOGTO_ISSUER: `${emulator.url}/oidc` },
  });
});

test('without a ledger it is refused', async () => {
  const { session: forgetful } = testSession(emulator, { in: 'nowhere' });
  await expect(readOutputValues(forgetful, stack)).rejects.toThrow(
    'without a ledger it is not known which object is which',
  );
});
