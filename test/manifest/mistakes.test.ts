import { load, places, problemsOf, sentences } from './manifest-texts.js';

/** The sentences of everything that is wrong with a text. */
const mistakes = async (text: string): Promise<readonly string[]> => sentences(await problemsOf(load(text)));

test('every mistake of a manifest is found at once, in the order of the text', async () => {
  const text = `stack: ac me
aplications: {}
apiResources:
  orders:
    name: Orders API
    indicator: https://x.logto.app/api
    accessTokenTtl: "3600"
    isDefault: true
    scopes:
      "orders read":
      orders:write: { descripton: x, name: a }
  billing: { name: "", indicator: http://b, isDefault: true, accessTokenTtl: null }
roles:
  clerk:
    name: Clerk
    type: User
    scopes:
      orders: [orders:writ]
      ordrs: [a]
applications:
  worker:
    name: \${var.nmae}
    type: MachineToMachine
    roles: [clerk, auditor]
    lifecycle: { protect: yes, ignore: [custmData] }
  shop:
    name: Shop
    type: Spa
    oidcClientMetadata:
      redirectUris: [not-a-uri]
roleAssignments:
  - { application: legacy, role: clerk }
  - hello
`;
  expect(places(await problemsOf(load(text)))).toEqual([
    'a.yaml:1:8 wrong-value',
    'a.yaml:2:1 unknown-field',
    'a.yaml:6:16 wrong-value',
    'a.yaml:7:21 wrong-type',
    'a.yaml:10:7 wrong-value',
    'a.yaml:11:23 unknown-field',
    'a.yaml:11:38 unknown-field',
    'a.yaml:12:20 wrong-value',
    'a.yaml:12:56 conflict',
    'a.yaml:12:78 not-clearable',
    'a.yaml:14:3 missing-field',
    'a.yaml:18:16 unknown-reference',
    'a.yaml:19:7 unknown-reference',
    'a.yaml:22:11 unknown-variable',
    'a.yaml:24:13 wrong-value',
    'a.yaml:24:20 unknown-reference',
    'a.yaml:25:27 wrong-type',
    'a.yaml:28:11 wrong-value',
    'a.yaml:30:22 wrong-value',
    'a.yaml:32:20 unknown-reference',
    'a.yaml:32:34 wrong-value',
    'a.yaml:33:5 wrong-type',
  ]);
});

describe('fields', () => {
  test('an unknown field is told at its key, at every depth, with what was meant', async () => {
    const text = `applications:
  a:
    name: a
    tipe: SPA
    type: SPA
    oidcClientMetadata: { redirectUri: [] }
    customData: { any: { thing: 1 } }
    zzz: 1
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:4:5 applications.a has no field "tipe" (did you mean "type"?)',
      'a.yaml:6:27 oidcClientMetadata of applications.a has no field "redirectUri" (did you mean "redirectUris"?)',
      expect.stringMatching(/^a\.yaml:8:5 applications\.a has no field "zzz" \(the fields are name, type, /),
    ]);
  });

  test('null where Logto holds none says what to write instead', async () => {
    const text = `applications:
  a:
    name: null
    type: SPA
    description: null
    oidcClientMetadata: { redirectUris: ~, logoUri: null }
    roles: null
apiResources:
  b: { name: b, indicator: c, scopes: { d: { description: null } }, accessTokenTtl: null }
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:3:11 name of applications.a cannot be null (write a text; or leave it out, and it stays as it is)',
      'a.yaml:6:41 oidcClientMetadata.redirectUris of applications.a cannot be null (write []; or leave it out, and it stays as it is)',
      'a.yaml:7:12 roles of applications.a cannot be null (write [] for no role at all; or leave it out, and it stays as it is)',
      'a.yaml:9:85 accessTokenTtl of apiResources.b cannot be null (write its usual value 3600; or leave it out, and it stays as it is)',
    ]);
  });

  test('a value of another type is quoted, with the likely remedy', async () => {
    const text = `applications:
  a: { name: 12, type: SPA, isThirdParty: "true", customClientMetadata: { maxAllowedGrants: 1.5 }, customData: [] }
  b: { name: b, type: SPA, oidcClientMetadata: { redirectUris: https://b.example } }
  c: text
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:2:14 name of applications.a must be a text, not 12 (put it in quotes)',
      'a.yaml:2:43 isThirdParty of applications.a must be true or false, not the text "true" (write true)',
      'a.yaml:2:93 customClientMetadata.maxAllowedGrants of applications.a must be a whole number or null, not 1.5',
      'a.yaml:2:100 customData of applications.a must be a map, not a list',
      'a.yaml:3:64 oidcClientMetadata.redirectUris of applications.b must be a list, not the text "https://b.example" (write [ ] around it, or - before each item)',
      'a.yaml:4:6 applications.c must be a map, not the text "text"',
    ]);
  });

  test('limits are counted in UTF-16 units, as Logto counts', async () => {
    const role = (name: string) => `roles:\n  a: { name: ${name}, description: x }\n`;
    await load(role('😀'.repeat(64)));
    expect(await mistakes(role('😀'.repeat(65)))).toEqual([
      'a.yaml:2:14 name of roles.a has 130 characters (an emoji counts as 2 or more); Logto takes 128 at most',
    ]);
  });

  test('texts that no database of Logto holds are refused wherever they stand', async () => {
    const text = String.raw`roles:
  a: { name: "a\0b", description: x }
applications:
  b:
    name: "b \ud800"
    type: SPA
    customData: { "k\0": { deep: [ok, "\udc00"] }, fine: "\ud83d\ude00" }
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:2:14 this text holds the character NUL, which Logto cannot store (take it out)',
      'a.yaml:5:11 this text holds half of a character (a lone surrogate), which Logto cannot store (take it out)',
      'a.yaml:7:19 this key holds the character NUL, which Logto cannot store (take it out)',
      'a.yaml:7:39 this text holds half of a character (a lone surrogate), which Logto cannot store (take it out)',
    ]);
  });

  test('values that Logto refuses are told before', async () => {
    const text = `apiResources:
  a: { name: a, indicator: a, accessTokenTtl: 1e300 }
applications:
  b: { name: b, type: SPA, oidcClientMetadata: { backchannelLogoutUri: shop.example.com/logout } }
webhooks:
  c: { name: c, events: [User.Created], config: { url: https://c.example, headers: { Retries: 3, Gone: null, Key: a } } }
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:2:47 accessTokenTtl of apiResources.a must be 9007199254740991 or less',
      'a.yaml:4:72 applications.b: Logto refuses "shop.example.com/logout" for oidcClientMetadata.backchannelLogoutUri: it is no absolute URL (write one such as https://shop.example.com/path)',
      'a.yaml:6:95 webhooks.c: the header "Retries" must be a text (put it in quotes)',
    ]);
  });

  test('a missing field is told at the key of its object', async () => {
    expect(await mistakes('applications:\n  a:\n  b: { type: SPA }\n')).toEqual([
      'a.yaml:2:3 applications.a has no name (add name:)',
      'a.yaml:2:3 applications.a has no type (add type: Native, SPA, Traditional, MachineToMachine or Protected)',
      'a.yaml:3:3 applications.b has no name (add name:)',
    ]);
  });

  test('a section of the wrong shape is told at its name', async () => {
    expect(
      places(
        await problemsOf(
          load('roles: [a]\nroleAssignments: {}\nexternal: { roles: 1, people: {} }\nmoved: x\n'),
        ),
      ),
    ).toEqual([
      'a.yaml:1:1 wrong-type',
      'a.yaml:2:1 wrong-type',
      'a.yaml:3:13 wrong-type',
      'a.yaml:3:23 unknown-field',
      'a.yaml:4:1 wrong-type',
    ]);
  });

  test('a wrong choice hides no mistake that every choice would have', async () => {
    const text = `applications:
  a: { name: a, type: Machine2Machine, roles: [r], oidcClientMetadata: { redirectUris: [x] } }
roles:
  r: { name: r, description: r, type: MachineToMachine }
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:2:23 type of applications.a cannot be "Machine2Machine" (did you mean "MachineToMachine"?)',
      'a.yaml:2:89 applications.a: Logto refuses the redirect URI "x": it is not an absolute URL',
    ]);
  });
});

test('what is wrong or unknown is stated all the same', async () => {
  const text = `users:
  robot: { username: "\${var.nobody}" }
  nobody: {}
applications:
  shop: { name: Shop, type: Protected, protectedAppMetadata: none }
`;
  expect(await mistakes(text)).toEqual([
    'a.yaml:2:23 there is no variable "nobody" (declare it: variables: { nobody: {} })',
    'a.yaml:3:3 users.nobody: a user needs something to be known by (state username, or primaryEmail, or primaryPhone)',
    'a.yaml:5:62 protectedAppMetadata of applications.shop must be a map, not the text "none"',
  ]);
});

describe('references', () => {
  const api = 'apiResources:\n  orders: { name: o, indicator: o, scopes: { read: } }\n';
  const role = (scopes: string) =>
    `roles:\n  r: { name: r, description: r, type: MachineToMachine, scopes: ${scopes} }\n`;

  test('a permission that the manifest does not declare is unknown, if it declares the API resource', async () => {
    expect(await mistakes(api + role('{ orders: [raed, admin] }'))).toEqual([
      'a.yaml:4:76 unknown permission "raed" of apiResources.orders in roles.r (did you mean "read"?)',
      'a.yaml:4:82 unknown permission "admin" of apiResources.orders in roles.r (declare apiResources.orders.scopes.admin)',
    ]);
  });

  test('what Logto keeps unique is stated once', async () => {
    const text = `roles:
  a: { name: Clerk, description: x }
  b: { name: Clerk, description: y }
apiResources:
  c: { name: C, indicator: https://x.example }
  d: { name: D, indicator: https://x.example, scopes: { read: {} } }
  e: { name: E, indicator: https://e.example, scopes: { read: {} } }
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:3:14 roles.b has the same name "Clerk" as roles.a, at a.yaml:2:3; Logto keeps it unique (keep one of the two, or give this one another)',
      'a.yaml:6:28 apiResources.d has the same indicator "https://x.example" as apiResources.c, at a.yaml:5:3; Logto keeps it unique (keep one of the two, or give this one another)',
    ]);
  });

  test('the Management API has one permission', async () => {
    expect(await mistakes(role('{ management-api: [everything] }'))).toEqual([
      expect.stringMatching(
        /unknown permission "everything" of apiResources\.management-api in roles\.r \(it has: all\)$/,
      ),
    ]);
  });

  test('permissions of external API resources are known to the tenant only', async () => {
    const external = 'external:\n  apiResources:\n    stock: { indicator: https://stock.example }\n';
    const { desired } = await load(external + role('{ stock: [any], management-api: [all] }'));
    expect([...desired.keys()]).toEqual(['roles.r', 'external.apiResources.stock']);
  });

  test('a key is one thing only', async () => {
    const text = `${api}external:
  apiResources:
    orders: { indicator: x }
    management-api: { indicator: y }
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:5:5 apiResources.orders is both managed and external; managed at a.yaml:2:3 (remove or rename one of them)',
      expect.stringMatching(/^a\.yaml:6:5 the key "management-api" is taken: /),
    ]);
  });

  test('a link that is stated twice is told at the second', async () => {
    const text = `external:
  applications: { a: { name: a } }
  roles: { r: { name: r } }
roleAssignments:
  - { application: a, role: r }
  - { application: a, role: r }
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:6:5 roleAssignments.a.r is declared twice; first at a.yaml:5:5 (remove one of them)',
    ]);
  });

  test('an external needs an id or something to find it by', async () => {
    const text =
      'external:\n  roles:\n    a:\n    b: { type: User }\n    c: { id: x }\nroles:\n  d: { name: d, description: d }\n';
    expect(await mistakes(text)).toEqual([
      'a.yaml:3:5 external.roles.a says nothing (state name or id)',
      'a.yaml:4:10 external.roles.b has no field "type" (the fields are name, id)',
    ]);
  });
});

describe('addresses', () => {
  test('a move needs a free old address and a declared new one of the same kind', async () => {
    const text = `roles:
  here: { name: a, description: a }
applications:
  app: { name: a, type: SPA }
moved:
  - { from: roles.old, to: roles.here }
  - { from: roles.old, to: roles.her }
  - { from: roles.here, to: applications.app }
  - { from: 'roles["\\q"]', to: nonsense }
  - { from: roles.x }
`;
    expect(await mistakes(text)).toEqual([
      'a.yaml:7:13 roles.old is moved away twice',
      'a.yaml:7:28 roles.her is not declared, so nothing can be moved to it (did you mean "roles.here"?)',
      'a.yaml:8:13 roles.here is still declared, so it cannot have been moved away (take this move out, or rename the resource)',
      'a.yaml:8:29 roles.here is one of roles and applications.app one of applications: a move keeps the kind',
      'a.yaml:9:13 roles["\\q"] is no address of a resource (write section.key, such as applications.worker)',
      'a.yaml:9:32 nonsense is no address of a resource (write section.key, such as applications.worker)',
      'a.yaml:10:5 an item of moved has no to (add to:)',
    ]);
  });

  test('moves are handed on with their place', async () => {
    const { moved } = await load(
      'apiResources: { a: { name: a, indicator: a, scopes: { "b.c": } } }\nmoved:\n  - { from: apiResources.a.scopes.x, to: \'apiResources.a.scopes["b.c"]\' }\n',
    );
    expect(moved).toEqual([
      {
        from: 'apiResources.a.scopes.x',
        to: 'apiResources.a.scopes["b.c"]',
        source: expect.objectContaining({ file: 'a.yaml', line: 3, column: 5 }) as unknown,
      },
    ]);
  });

  test('two resources cannot be pinned to one id', async () => {
    const text = 'roles:\n  a: { id: x, name: a, description: a }\n  b: { id: x, name: b, description: b }\n';
    expect(await mistakes(text)).toEqual([
      'a.yaml:3:12 roles.b and roles.a are pinned to the same id; first at a.yaml:2:12 (let one of them go)',
    ]);
  });

  test('a moved address means the same however it is spelt', async () => {
    const web = 'applications: { web: { name: Web, type: SPA } }\n';
    const { moved } = await load(
      `${web}moved:\n  - { from: 'applications["old"]', to: 'applications["web"]' }\n`,
    );
    expect(moved).toMatchObject([{ from: 'applications.old', to: 'applications.web' }]);
    expect(
      await mistakes(
        `${web}moved:\n  - { from: applications.a, to: applications.web }\n  - { from: 'applications["a"]', to: applications.web }\n`,
      ),
    ).toEqual([
      'a.yaml:4:13 applications.a is moved away twice',
      'a.yaml:4:38 applications.web is moved to twice',
    ]);
  });

  test('what an object holds moves to another one only together with that', async () => {
    const text = (moves: string) => `apiResources: { b: { name: b, indicator: b, scopes: { x: } } }
moved:
${moves}  - { from: apiResources.a.scopes.y, to: apiResources.b.scopes.x }
`;
    expect(await mistakes(text(''))).toEqual([
      'a.yaml:3:42 apiResources.a.scopes.y cannot be moved to apiResources.b: Logto cannot move a permission into another object (take this move out, and apiResources.b.scopes.x is created anew and the old one deleted; where apiResources.a itself was renamed, add { from: apiResources.a, to: apiResources.b })',
    ]);
    const { moved } = await load(text('  - { from: apiResources.a, to: apiResources.b }\n'));
    // The parent takes along what it holds under the old key, so the permission goes first.
    expect(moved.map(({ from }) => from)).toEqual(['apiResources.a.scopes.y', 'apiResources.a']);
  });

  test('lifecycle names fields that exist', async () => {
    const text = `applications:
  a:
    name: a
    type: SPA
    lifecycle:
      ignore: [customData.team, oidcClientMetadata.redirectUris, custmData, name.x]
      exact: [customData, oidcClientMetadata.nope]
      onRemove: keep
apiResources:
  b: { name: b, indicator: b, lifecycle: { exact: [scopes] } }
`;
    expect(places(await problemsOf(load(text)))).toEqual(['a.yaml:8:17 wrong-value']);
    expect(await mistakes(text.replace('keep', 'release'))).toEqual([
      'a.yaml:6:66 lifecycle.ignore of applications.a names "custmData", which applications do not have (did you mean "customData"?)',
      'a.yaml:6:77 lifecycle.ignore of applications.a names "name.x", which applications do not have (name is managed as a whole)',
      expect.stringMatching(
        /^a\.yaml:7:27 lifecycle\.exact of applications\.a names "oidcClientMetadata\.nope"/,
      ),
    ]);
  });

  test('lifecycle names only what can be ignored, or be wholly ours', async () => {
    const text = `apiResources:
  b: { name: b, indicator: b, scopes: { x: { lifecycle: { ignore: [name, description] } } }, lifecycle: { ignore: [scopes, scopes.x, indicator, accessTokenTtl], exact: [scopes.x, name] } }
roles:
  r: { name: r, description: r, lifecycle: { ignore: [scopes, scopes.o, type], exact: [scopes] } }
applications:
  a: { name: a, type: SPA, lifecycle: { ignore: [customClientMetadata.isDeviceFlow, customData.a.b, ' '], exact: [oidcClientMetadata.redirectUris, oidcClientMetadata, customData.a] } }
webhooks:
  w: { name: w, events: [User.Created], config: { url: https://w.example }, lifecycle: { ignore: [config, config.url, config.headers] } }
`;
    expect((await mistakes(text)).map((mistake) => mistake.replace(/^\S+ lifecycle\./, ''))).toEqual([
      'ignore of apiResources.b.scopes.x names "name", which is required, so the manifest always says what it is (take it out of lifecycle.ignore, and state what the tenant has)',
      'ignore of apiResources.b names "scopes", which holds resources of their own (leave out what you do not want to manage: what the manifest does not name stays as it is)',
      'ignore of apiResources.b names "scopes.x", which holds resources of their own (leave out what you do not want to manage: what the manifest does not name stays as it is)',
      'ignore of apiResources.b names "indicator", which is required, so the manifest always says what it is (take it out of lifecycle.ignore, and state what the tenant has)',
      'exact of apiResources.b names "scopes.x", which is one resource of a section (write scopes for all of them)',
      'exact of apiResources.b names "name", which is managed as a whole already (take it out: stating it states all of it)',
      'ignore of roles.r names "scopes.o", which is a part of a set that is managed as a whole (write scopes)',
      'ignore of roles.r names "type", which nobody can change once the object exists (take it out of lifecycle.ignore, and state what the tenant has)',
      'exact of roles.r names "scopes", which is managed as a whole already (take it out: stating it states all of it)',
      'ignore of applications.a names "customClientMetadata.isDeviceFlow", which nobody can change once the object exists (take it out of lifecycle.ignore, and state what the tenant has)',
      'ignore of applications.a names " ", which is no path (write a path such as customData.team)',
      'exact of applications.a names "oidcClientMetadata.redirectUris", which is managed as a whole already (take it out: stating it states all of it)',
      'ignore of webhooks.w names "config", which is required, so the manifest always says what it is (take it out of lifecycle.ignore, and state what the tenant has)',
      'ignore of webhooks.w names "config.url", which is required, so the manifest always says what it is (take it out of lifecycle.ignore, and state what the tenant has)',
    ]);
  });

  test('paths of lifecycle are handed on in one spelling', async () => {
    const { desired } = await load(
      `applications: { a: { name: a, type: SPA, lifecycle: { ignore: ['["customData"]["a"].b', 'customData["x.y"]'], exact: ['["customData"]'] } } }\n`,
    );
    expect(desired.get('applications.a')?.lifecycle).toEqual({
      ignore: ['customData.a.b', 'customData["x.y"]'],
      exact: ['customData'],
    });
  });
});

test('a doubt is a warning, and does not stop the manifest from loading', async () => {
  const { warnings } = await load(
    'applications:\n  a: { name: a, type: SPA, oidcClientMetadata: { redirectUris: ["javascript:alert(1)"] } }\n',
  );
  expect(warnings).toEqual([
    expect.objectContaining({
      code: 'dangerous-value',
      severity: 'warning',
      at: expect.objectContaining({ line: 2, column: 65 }) as unknown,
    }),
  ]);
});
