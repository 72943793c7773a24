import { load, places, problemsOf, sentences } from './manifest-texts.js';

const base = `variables:
  url: { default: https://dev.example }
external:
  roles:
    auditor: { name: Auditor }
apiResources:
  orders:
    name: Orders
    indicator: https://orders.example
    accessTokenTtl: 600
    scopes: { read: { description: Read }, write: }
applications:
  web:
    name: Web
    type: SPA
    description: for people
    oidcClientMetadata: { redirectUris: ["\${var.url}/a", "\${var.url}/b"], postLogoutRedirectUris: [] }
    customData: { team: shop, flags: { a: 1, b: 2 } }
  debug: { name: Debug, type: SPA }
`;

test('an overlay merges maps deep, replaces lists, clears fields and takes things out', async () => {
  const overlay = `variables:
  url: { default: https://prod.example }
external: { roles: { auditor: null } }
apiResources:
  orders:
    accessTokenTtl: !remove
    scopes: { write: null, admin: {} }
applications:
  web:
    description: null
    oidcClientMetadata: { redirectUris: ["\${var.url}"] }
    customData: { flags: { a: null, c: 3 } }
    lifecycle: { protect: true }
  debug: null
`;
  const { document, locate } = await load(base, { overlays: [overlay] });
  expect(document).toEqual({
    stack: 'default',
    external: { roles: {} },
    apiResources: {
      orders: {
        name: 'Orders',
        indicator: 'https://orders.example',
        scopes: { read: { description: 'Read' }, admin: {} },
      },
    },
    applications: {
      web: {
        name: 'Web',
        type: 'SPA',
        description: null,
        oidcClientMetadata: { redirectUris: ['https://prod.example'], postLogoutRedirectUris: [] },
        customData: { team: 'shop', flags: { a: null, b: 2, c: 3 } },
        lifecycle: { protect: true },
      },
    },
  });
  const at = (path: readonly string[]) => {
    const range = locate('applications.web', path);
    return `${range?.file ?? ''}:${range?.line ?? 0}:${range?.column ?? 0}`;
  };
  expect([at(['description']), at(['name']), at(['customData', 'flags', 'c']), at([])]).toEqual([
    'overlay.yaml:10:18',
    'a.yaml:14:11',
    'overlay.yaml:12:40',
    'a.yaml:13:3',
  ]);
});

test('overlays are applied in order', async () => {
  const overlay = (name: string) => `applications: { web: { name: ${name} } }\n`;
  const { desired } = await load(base, { overlays: [overlay('one'), overlay('two')] });
  expect(desired.get('applications.web')?.fields.name).toBe('two');
});

test('mistakes in an overlay are told in the overlay', async () => {
  const overlay = `applications:
  web: { typ: SPA, type: Spa, isThirdParty: !remove }
  debag: null
  new: { name: x, customData: { a: !remove } }
apiResources: null
roleAssignments: [!remove ]
rolls: {}
`;
  expect(sentences(await problemsOf(load(base, { overlays: [overlay] })))).toEqual([
    'overlay.yaml:2:10 applications.web has no field "typ" (did you mean "type"?)',
    'overlay.yaml:2:26 type of applications.web cannot be "Spa" (did you mean "SPA"?)',
    'overlay.yaml:2:31 applications.web.isThirdParty is not there, so nothing is removed',
    'overlay.yaml:3:3 applications.debag is not there, so nothing is removed (write {} to add it without any field)',
    'overlay.yaml:4:3 applications.new has no type (add type: Native, SPA, Traditional, MachineToMachine or Protected)',
    'overlay.yaml:4:33 applications.new.customData.a is not there, so nothing is removed',
    'overlay.yaml:5:1 apiResources says nothing here (write !remove to take the section out, or {} where it is meant to be empty)',
    'overlay.yaml:6:27 !remove cannot take an item out of a list, because an overlay replaces lists (state the whole list)',
    'overlay.yaml:7:1 there is no section "rolls" (did you mean "roles"?)',
  ]);
});

test('!remove takes a whole section out, whatever stands behind it', async () => {
  const { desired } = await load(base, { overlays: ['applications: !remove { a: 1 }\nexternal: !remove\n'] });
  expect([...desired.keys()]).toEqual([
    'apiResources.orders',
    'apiResources.orders.scopes.read',
    'apiResources.orders.scopes.write',
  ]);
});

test('!remove means nothing in a manifest', async () => {
  expect(places(await problemsOf(load(base.replace('for people', '!remove'))))).toEqual([
    'a.yaml:16:25 wrong-overlay',
  ]);
});
