import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';
import { accepted, applied } from './accepting';

const emulator = useEmulator();
const { session } = testSession(emulator);

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** The object of a list that has this name. */
async function named(list: string, name: string): Promise<Row> {
  const { body } = await emulator.request('GET', `${list}${list.includes('?') ? '&' : '?'}page_size=100`);
  const found = (body as readonly Row[]).find((row) => row['name'] === name);
  if (!found) throw new Error(`no ${name} in ${list}`);
  return found;
}

async function change(method: string, path: string, body?: unknown): Promise<void> {
  const { status } = await emulator.request(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status}`);
}

const patch = async (list: string, name: string, body: object): Promise<void> =>
  change('PATCH', `${list}/${(await named(list, name)).id}`, body);

const remove = async (list: string, name: string): Promise<void> =>
  change('DELETE', `${list}/${(await named(list, name)).id}`);

const nothingLeft = { left: [], pending: 0, unknown: 0, actions: [] };

test('what differs is stated as the tenant has it; the same set in another order does not differ', async () => {
  const text = `
apiResources:
  orders: { name: Orders, indicator: 'https://orders.example.com', scopes: { read: , write: , pay: } }
roles:
  # Who sells
  clerk:
    name: Clerk
    description: Sells # all day
    type: User
    scopes: { orders: [write, read] }
applications:
  web:
    name: Web
    type: SPA
    description: Sells
    customData: { team: shop, cost: { center: 12 } }
`;
  await applied(text, session);
  await patch('/api/roles', 'Clerk', { description: 'Sells: all' });
  await patch('/api/applications', 'Web', {
    description: null,
    customData: { team: 'shop', cost: { center: 13 } },
  });
  const [role, api] = [
    await named('/api/roles', 'Clerk'),
    await named('/api/resources?includeScopes=true', 'Orders'),
  ];
  const scopes = api['scopes'] as readonly Row[];
  const idOf = (name: string) => scopes.find((scope) => scope['name'] === name)?.id ?? '';
  await change('DELETE', `/api/roles/${role.id}/scopes/${idOf('read')}`);
  await change('POST', `/api/roles/${role.id}/scopes`, { scopeIds: [idOf('pay')] });
  expect(await accepted(text, session)).toEqual({
    ...nothingLeft,
    text: text
      .replace('Sells # all day', "'Sells: all' # all day")
      .replace('[write, read]', '[write, pay]')
      .replace('description: Sells\n    customData', 'description: null\n    customData')
      .replace('center: 12', 'center: 13'),
    accepted: [
      'roles.clerk: description',
      'roles.clerk: scopes.orders',
      'applications.web: description',
      'applications.web: customData.cost.center',
    ],
  });
});

test('what an expression, an anchor or a secret gives is told and left, and the rest is taken over', async () => {
  const text = `
variables:
  url: { default: 'https://web.example.com' }
  token: { env: TOKEN, sensitive: true }
applications:
  web:
    name: &name Web
    type: SPA
    description: *name
    oidcClientMetadata: { redirectUris: ['\${var.url}/cb'], postLogoutRedirectUris: ['\${var.url}'] }
webhooks:
  audit:
    name: Audit
    events: [PostSignIn]
    config: { url: 'https://audit.example.com', headers: { authorization: '\${var.token}' } }
`;
  const options = { environment: { TOKEN: 'canary-5f1c2d' } };
  await applied(text, session, options);
  await patch('/api/applications', 'Web', {
    name: 'Shop',
    description: 'Shop',
    oidcClientMetadata: {
      redirectUris: ['https://web.example.com/cb', 'https://new.example.com/cb'],
      postLogoutRedirectUris: ['https://new.example.com'],
    },
  });
  await patch('/api/hooks', 'Audit', {
    events: ['PostSignIn', 'PostRegister'],
    config: { url: 'https://audit.example.com', headers: { authorization: 'canary-9a7b3e' } },
  });
  expect(await accepted(text, session, options)).toEqual({
    text: text
      .replace("['${var.url}/cb']", "['${var.url}/cb', 'https://new.example.com/cb']")
      .replace("['${var.url}/cb', 'https", "['${var.url}/cb', https")
      .replace("com/cb']", 'com/cb]')
      .replace('[PostSignIn]', '[PostSignIn, PostRegister]'),
    accepted: ['applications.web: oidcClientMetadata.redirectUris', 'webhooks.audit: events'],
    left: [
      'webhooks.audit: config.headers.authorization has another value in the tenant; it is or holds a secret, so it is not written down',
      'applications.web: name is marked by &name, and used again at logto.yaml:9:18; the tenant has "Shop"',
      'applications.web: description is given by *name, which stands for what is stated elsewhere; the tenant has "Shop"',
      'applications.web: oidcClientMetadata.postLogoutRedirectUris is given by an expression, which is not overwritten; the tenant has ["https://new.example.com"]',
    ],
    pending: 0,
    unknown: 0,
    actions: ['update applications.web', 'update webhooks.audit'],
  });
});

test('what is accepted counts as applied: the next change of the tenant is drift again', async () => {
  const text = 'roles:\n  clerk: { name: Clerk, description: Sells, type: User }\n';
  await applied(text, session);
  await patch('/api/roles', 'Clerk', { description: 'Buys' });
  const first = await accepted(text, session);
  await patch('/api/roles', 'Clerk', { description: 'Packs' });
  expect(await accepted(first.text, session)).toEqual({
    ...nothingLeft,
    text: text.replace('Sells', 'Packs'),
    accepted: ['roles.clerk: description'],
  });
});

test('what is not applied yet is left alone, and counted', async () => {
  await applied('roles:\n  clerk: { name: Clerk, description: Sells, type: User }\n', session);
  await patch('/api/roles', 'Clerk', { description: 'Buys' });
  const text = 'roles:\n  clerk: { name: Clerk, description: Packs, type: User }\n';
  expect(await accepted(text, session)).toEqual({
    text,
    accepted: [],
    left: [],
    pending: 1,
    unknown: 0,
    actions: ['update roles.clerk'],
  });
});

test('a role that the tenant also gives and nobody declares is told, not forgotten', async () => {
  const text = 'applications:\n  worker: { name: Worker, type: MachineToMachine, roles: [] }\n';
  await applied(text, session);
  await change('POST', '/api/roles', { name: 'Reader', description: 'Reads', type: 'MachineToMachine' });
  const [worker, reader] = [await named('/api/applications', 'Worker'), await named('/api/roles', 'Reader')];
  await change('POST', `/api/applications/${worker.id}/roles`, { roleIds: [reader.id] });
  expect(await accepted(text, session)).toMatchObject({
    text,
    left: [
      `applications.worker: roles: the tenant also has Reader (${reader.id}), which no manifest declares`,
    ],
    actions: ['update applications.worker'],
  });
  const declared = `${text}external:\n  roles:\n    reader: { name: Reader }\n`;
  expect(await accepted(declared, session)).toEqual({
    ...nothingLeft,
    text: declared.replace('roles: []', 'roles: [reader]'),
    accepted: ['applications.worker: roles'],
  });
});

describe('what is gone from the tenant', () => {
  const text = `
apiResources:
  # What is sold
  orders: { name: Orders, indicator: 'https://orders.example.com', scopes: { read: } }

  stock: { name: Stock, indicator: 'https://stock.example.com' }
roles:
  clerk: { name: Clerk, description: Sells, type: MachineToMachine, scopes: { orders: [read] } }
  boss: { name: Boss, description: Buys, type: MachineToMachine }
applications:
  worker: { name: Worker, type: MachineToMachine, roles: [clerk, boss] }
  ledger: { name: Ledger, type: MachineToMachine, lifecycle: { protect: true } }
roleAssignments:
  # for the night
  - { application: ledger, role: clerk }
  - { application: ledger, role: boss }
`;
  beforeEach(async () => {
    await applied(text, session);
  });

  test('stays in the manifest, with all that names it', async () => {
    await remove('/api/resources', 'Orders');
    await remove('/api/roles', 'Boss');
    expect(await accepted(text, session)).toMatchObject({
      text,
      accepted: [],
      left: [
        'apiResources.orders is gone from the tenant',
        'apiResources.orders.scopes.read is gone from the tenant',
        'roles.boss is gone from the tenant',
        'roleAssignments.ledger.boss is gone from the tenant',
      ],
    });
  });

  test('goes where that is accepted, out of all that names it, but for what is protected', async () => {
    await remove('/api/resources', 'Orders');
    await remove('/api/roles', 'Boss');
    await remove('/api/applications', 'Ledger');
    const result = await accepted(text, session, { deletions: true });
    expect(result).toMatchObject({
      text: text
        .replace(/ {2}# What is sold\n.*\n\n/, '')
        .replace('scopes: { orders: [read] }', 'scopes: {}')
        .replace(/ {2}boss: .*\n/, '')
        .replace('[clerk, boss]', '[clerk]')
        .replace(/ {2}- .*boss }\n/, ''),
      left: [
        'applications.ledger is gone from the tenant, and protected: it stays in the manifest',
        'roleAssignments.ledger.clerk is not taken over: it goes with applications.ledger',
      ],
      actions: ['create applications.ledger', 'create roleAssignments.ledger.clerk'],
    });
  });

  test('stays where something names it that is not taken over', async () => {
    const given = text.replace('roles: [clerk, boss]', "roles: [clerk, '${var.second}']");
    const manifest = `variables: { second: { default: boss } }\n${given}`;
    await remove('/api/roles', 'Boss');
    await applied(manifest, session);
    await remove('/api/roles', 'Boss');
    expect(await accepted(manifest, session, { deletions: true })).toMatchObject({
      left: [
        'applications.worker: roles is given by an expression, which is not overwritten; the tenant has ["clerk"]',
        'roles.boss is not taken over: applications.worker: roles still names it',
        'roleAssignments.ledger.boss is not taken over: it goes with roles.boss',
      ],
      actions: ['create roles.boss', 'update applications.worker', 'create roleAssignments.ledger.boss'],
    });
  });
});

test('where what is gone is needed, only that stays: it is found by trial', async () => {
  const text = `
connectors:
  mail: { connectorId: mailgun-email, config: { endpoint: 'https://api.mailgun.net', domain: example.com, apiKey: '\${var.key}', from: a@example.com, deliveries: {} } }
roles:
  clerk: { name: Clerk, description: Sells, type: User }
  boss: { name: Boss, description: Buys, type: User }
signInExperience:
  signUp: { identifiers: [email], password: true, verify: true }
  signIn: { methods: [{ identifier: email, password: true, verificationCode: true, isPasswordPrimary: true }] }
variables: { key: { env: KEY, sensitive: true } }
`;
  const options = { environment: { KEY: 'canary-77aa01' } };
  await applied(text, session, options);
  await remove('/api/roles', 'Clerk');
  await patch('/api/roles', 'Boss', { description: 'Sells' });
  const { body } = await emulator.request('GET', '/api/connectors');
  const [connector] = body as readonly Row[];
  await change('DELETE', `/api/connectors/${connector?.id ?? ''}`);
  expect(await accepted(text, session, { ...options, deletions: true })).toEqual({
    text: text.replace(/ {2}clerk: .*\n/, '').replace('Buys', 'Sells'),
    accepted: ['roles.clerk', 'roles.boss: description'],
    left: [
      'connectors.mail is not taken over: signInExperience: signUp.identifiers needs an e-mail connector, and the tenant will have none',
    ],
    pending: 0,
    unknown: 0,
    actions: ['create connectors.mail'],
  });
});
