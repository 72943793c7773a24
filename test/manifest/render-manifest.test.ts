import * as fc from 'fast-check';
import { formatAddress, parseAddress } from '../../src/address.js';
import { formatProblem } from '../../src/manifest/format-problem.js';
import { renderManifest } from '../../src/manifest/render-manifest.js';
import { load, problemsOf } from './manifest-texts.js';

test('render prints files, overlays and variables put together', async () => {
  const text = `stack: acme
variables: { url: { default: https://x.example } }
moved: [{ from: roles.b, to: roles.a }]
roles:
  a: { name: "\${var.url} $\${literal}", description: "yes: 1" }
`;
  expect(renderManifest(await load(text))).toBe(`stack: acme
moved:
  - from: roles.b
    to: roles.a
roles:
  a:
    name: https://x.example $\${literal}
    description: "yes: 1"
`);
});

const secretText = `variables:
  password: { env: PASSWORD, sensitive: true }
  pin: { type: number, env: PIN, sensitive: true }
  list: { type: json, env: LIST, sensitive: true }
external: { applications: { m: { name: "\${var.password}" } }, roles: { r: { name: x } } }
roleAssignments: [{ application: m, role: r, lifecycle: { protect: true } }]
applications:
  a:
    name: a
    type: SPA
    description: smtp://me:\${var.password}@mail
    customData: { pin: "\${var.pin}", list: "\${var.list}", same: canary-password, seven: 7 }
`;
const environment = { PASSWORD: 'canary-password', PIN: '7', LIST: '["canary-item", {"k": "canary-leaf"}]' };

test('sensitive values are masked in a render, also where they are only a part of a text', async () => {
  const manifest = await load(secretText, { environment });
  expect(renderManifest(manifest)).toBe(`stack: default
external:
  applications:
    m:
      name: (sensitive)
  roles:
    r:
      name: x
applications:
  a:
    name: a
    type: SPA
    description: smtp://me:(sensitive)@mail
    customData:
      pin: (sensitive)
      list:
        - (sensitive)
        - k: (sensitive)
      same: (sensitive)
      seven: 7
roleAssignments:
  - application: m
    role: r
    lifecycle:
      protect: true
`);
  expect(JSON.parse(renderManifest(manifest, 'json'))).toMatchObject({
    applications: { a: { customData: { pin: '(sensitive)', seven: 7 } } },
  });
  expect([...manifest.sensitivePaths]).toEqual([
    [
      'applications.a',
      [['description'], ['customData', 'pin'], ['customData', 'list', '0'], ['customData', 'list', '1', 'k']],
    ],
    ['external.applications.m', [['name']]],
  ]);
  expect([...manifest.secrets].sort()).toEqual(
    ['7', '["canary-item", {"k": "canary-leaf"}]', 'canary-item', 'canary-leaf', 'canary-password'].sort(),
  );
});

test('no problem shows a sensitive value', async () => {
  const text = `variables:
  secret: { env: SECRET, sensitive: true }
  inline: { default: canary-inline, sensitive: true, typ: x }
  number: { type: number, env: SECRET, sensitive: true }
  json: { type: json, env: SECRET, sensitive: true }
  file: { file: "canary\${var.secret}" }
stack: "\${var.secret}"
apiResources:
  a: { name: a, indicator: "https://\${var.secret}.logto.app/api", accessTokenTtl: "\${var.secret}", scopes: { x: "\${var.secret}" } }
roles:
  b: { name: "#internal:\${var.secret}", description: "", type: "\${var.secret}", scopes: { a: ["\${var.secret}"] } }
applications:
  c: { name: c, type: SPA, oidcClientMetadata: { redirectUris: ["\${var.secret}"] }, isThirdParty: "\${var.secret}", lifecycle: { ignore: ["\${var.secret}"] } }
  d: "\${var.secret}"
moved: [{ from: "\${var.secret}", to: "roles.\${var.secret}" }]
nope: canary-secret
`;
  for (const SECRET of ['canary-secret', 'canary secret', 'qzx']) {
    const problems = await problemsOf(load(text, { environment: { SECRET } }));
    expect(problems.length).toBeGreaterThan(10);
    expect(problems.map(formatProblem).join('\n')).not.toContain(SECRET);
    expect(JSON.stringify(problems)).not.toContain(SECRET);
  }
});

const oddKeys = [
  '<<',
  'true',
  'null',
  '~',
  '1.0',
  '0x1',
  '---',
  '- a',
  'a: b',
  '#c',
  '!x',
  '&a',
  '*a',
  'toString',
];
const key = fc.oneof(
  fc.constantFrom(...oddKeys),
  fc.stringMatching(/^[a-z0-9:_-]{1,8}$/),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const safeKey = key.filter((text) => text !== '__proto__' && text !== 'management-api');

test('what is rendered loads to the same manifest', async () => {
  const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
  const application = fc.record(
    {
      name: fc.string({ minLength: 1, maxLength: 30 }),
      type: fc.constant('SPA'),
      description: fc.option(
        fc.oneof(fc.string(), fc.constantFrom('${var.x}', '$${', 'yes', '1', '~', 'a: b')),
      ),
      customData: fc.dictionary(safeKey, json),
      lifecycle: fc.record({ protect: fc.boolean() }),
    },
    { requiredKeys: ['name', 'type'] },
  );
  const role = fc.record({
    name: fc.string({ minLength: 1, maxLength: 30 }).filter((name) => !name.startsWith('#')),
    description: fc.string({ minLength: 1, maxLength: 30 }),
  });
  const manifest = fc.record({
    applications: fc.dictionary(safeKey, application, { minKeys: 1, maxKeys: 4 }),
    roles: fc.dictionary(safeKey, role, { maxKeys: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(manifest, async (written) => {
      // JSON is YAML; only the escape of expressions is ours.
      const first = await load(JSON.stringify(written).replaceAll('${', '$$${'));
      const again = await load(renderManifest(first));
      expect(again.document).toEqual(first.document);
      expect(fieldsOf(again)).toEqual(fieldsOf(first));
    }),
    { numRuns: 200 },
  );
});

const fieldsOf = ({ desired }: Awaited<ReturnType<typeof load>>) =>
  [...desired.values()].map(({ address, fields, lifecycle }) => ({ address, fields, lifecycle }));

test('an address is read as it was written, and nothing else is one', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (segments) => {
      expect(parseAddress(formatAddress(segments))).toEqual(segments);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', '.', '["', '"]', '\\', '\n', '[', 'b')), (pieces) => {
      const segments = parseAddress(pieces.join(''));
      if (segments) expect(parseAddress(formatAddress(segments))).toEqual(segments);
    }),
  );
});
